/** Schemas of events that were published, each version in a file of its own: `published/billing.invoice.v1.0.json`. */
import { readdirSync, readFileSync } from 'node:fs'
import { incompatibilities } from './compatibility.ts'
import type { JsonSchema } from './type-schema.ts'

const folder = new URL('events/', import.meta.url)

/** A schema of the state of an aggregate, with its place in the line of versions. */
export interface PublishedSchema {
  /** Aggregate and major version, `billing.invoice.v1`. */
  readonly name: string
  /** From 0, one more each time that it changed within the major version. */
  readonly minor: number
  readonly schema: JsonSchema
}

/** Schemas as they are now, by name. */
export function readCurrent(): Map<string, JsonSchema> {
  return new Map(namesIn('states/').map((name) => [name, readSchema(`states/${name}.json`)]))
}

/** All that was published, oldest first within a name. */
export function readPublished(): PublishedSchema[] {
  return namesIn('published/')
    .map((file) => {
      const [, name = file, minor = ''] = /^(.*\.v\d+)\.(\d+)$/.exec(file) ?? []
      return { name, minor: Number(minor), schema: readSchema(`published/${file}.json`) }
    })
    .toSorted((a, b) => a.minor - b.minor)
}

/**
 * One line for each rule that a schema breaks towards an earlier version, for each type of event that has it:
 * `revgraph.billing.invoice.issued.v1: FIELD_REMOVED at /properties/dueDate (since 1.0)`. `upcast` are the types that
 * an upcaster reads, which need not be in the catalogue any more.
 */
export function brokenContracts(
  current: ReadonlyMap<string, JsonSchema>,
  published: readonly PublishedSchema[],
  upcast: ReadonlySet<string>,
): string[] {
  const lines = published.flatMap(({ name, minor, schema }) => {
    const now = current.get(name)
    const events = new Set(now === undefined ? [] : eventsOf(now))
    const [, major = ''] = /\.v(\d+)$/.exec(name) ?? []
    return eventsOf(schema).flatMap((event) => {
      const type = typeOf(name, event)
      if (now !== undefined && events.has(event))
        return incompatibilities(schema, now).map(
          ({ rule, path }) => `${type}: ${rule} at ${path} (published in ${major}.${minor})`,
        )
      return upcast.has(type) ? [] : [`${type}: TYPE_REMOVED at / (published in ${major}.${minor})`]
    })
  })
  return [...new Set(lines)]
}

/** Schemas that differ from what was published last, as the next versions to publish. */
export function unpublished(
  current: ReadonlyMap<string, JsonSchema>,
  published: readonly PublishedSchema[],
): PublishedSchema[] {
  return [...current].flatMap(([name, schema]) => {
    const last = published.findLast((earlier) => earlier.name === name)
    if (last === undefined) return [{ name, minor: 0, schema }]
    return JSON.stringify(last.schema) === JSON.stringify(schema)
      ? []
      : [{ name, minor: last.minor + 1, schema }]
  })
}

/** `billing.invoice.v1` and `issued` → `revgraph.billing.invoice.issued.v1`. */
const typeOf = (name: string, event: string): string => `revgraph.${name.replace(/(?=v\d+$)/, `${event}.`)}`

const eventsOf = (schema: JsonSchema): readonly string[] => schema['x-events'] as readonly string[]

const namesIn = (path: string): string[] =>
  readdirSync(new URL(path, folder)).map((file) => file.replace(/\.json$/, ''))

const readSchema = (file: string): JsonSchema =>
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as JsonSchema
