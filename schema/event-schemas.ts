/** The catalogue and the types that it names in, the JSON Schemas in `schema/events` out. */
import { asyncApi } from './asyncapi.ts'
import {
  type AggregateEvents,
  aggregateEvents,
  type CataloguedEvent,
  eventCatalogue,
  stateName,
  typesOf,
} from './event-catalogue.ts'
import type { JsonSchema, SchemaOf } from './type-schema.ts'

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'

/** Fields whose words decide what a reader does next: a new word among them is a change that readers must know. */
const DECISIVE_FIELDS = new Set(['status', 'stage', 'lifecycle', 'outcome', 'before', 'after', 'level'])

/** Every generated file about events, by its name inside `schema/`. */
export function eventFiles(schemaOf: SchemaOf): Map<string, string> {
  const files: [string, JsonSchema][] = [['asyncapi.json', asyncApi()]]
  for (const about of aggregateEvents) {
    files.push([`events/states/${stateName(about)}.json`, stateSchema(about, schemaOf)])
    const types = new Set(typesOf(about).values())
    for (const event of eventCatalogue)
      if (types.has(event.type)) files.push([event.schema, eventSchema(about, event)])
  }
  return new Map(files.map(([file, schema]) => [file, `${JSON.stringify(schema, null, 2)}\n`]))
}

/** The schema of the state that an aggregate's events carry, with the names of these events. */
function stateSchema(about: AggregateEvents, schemaOf: SchemaOf): JsonSchema {
  const [path = '', name = ''] = about.state.split('#')
  const schema = withWords(schemaOf(path, name))
  return {
    $schema: DIALECT,
    title: stateName(about),
    description: about.description,
    'x-events': [...typesOf(about).keys()],
    ...(about.addedLater ?? []).reduce((whole, field) => withOptional(whole, field.split('/')), schema),
  }
}

/** The schema of `data` of one type of event. */
function eventSchema(about: AggregateEvents, event: CataloguedEvent): JsonSchema {
  return {
    $schema: DIALECT,
    title: event.type,
    description: event.description,
    'x-owner': event.owner,
    'x-consumers': event.consumers,
    $ref: `states/${stateName(about)}.json`,
  }
}

/** Marks enumerations that may get new words within a major version: a reader must bear one that it does not know. */
function withWords(schema: JsonSchema, field = ''): JsonSchema {
  const { properties, items } = schema
  return {
    ...schema,
    ...(schema.enum === undefined || DECISIVE_FIELDS.has(field) ? {} : { 'x-may-grow': true }),
    ...(items === undefined ? {} : { items: withWords(items, field) }),
    ...(properties === undefined ? {} : { properties: mapValues(properties, withWords) }),
  }
}

function withOptional(schema: JsonSchema, [field = '', ...rest]: readonly string[]): JsonSchema {
  if (schema.items !== undefined) return { ...schema, items: withOptional(schema.items, [field, ...rest]) }
  const { properties = {}, required = [] } = schema
  const part = properties[field]
  if (part === undefined) throw new Error(`addedLater names ${field}, which is no field`)
  if (rest.length === 0) return { ...schema, required: required.filter((name) => name !== field) }
  return { ...schema, properties: { ...properties, [field]: withOptional(part, rest) } }
}

function mapValues(
  object: Readonly<Record<string, JsonSchema>>,
  map: (schema: JsonSchema, field: string) => JsonSchema,
): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(object).map(([field, schema]) => [field, map(schema, field)]))
}
