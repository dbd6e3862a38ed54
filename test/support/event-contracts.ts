/** Whether events are what their schemas say: every event that a test writes is held to that. */
import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { upcast } from '#domain/upcast.ts'
import type { Database } from '#platform/database.ts'
import { STORED_SUBGRAPHS } from '#subgraphs/stored.ts'

/** What of a stored event its schema is about. */
interface StoredEvent {
  readonly type: string
  readonly data: unknown
}

const folder = new URL('../../schema/events/', import.meta.url)
const schemaAt = (file: string): object => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as object

const ajv = new Ajv2020({ strict: true, keywords: ['x-events', 'x-may-grow', 'x-owner', 'x-consumers'] })
ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/)
ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/)
ajv.addFormat('uri-reference', /^\S+$/)
for (const file of readdirSync(new URL('states/', folder)))
  ajv.addSchema(schemaAt(`states/${file}`), `states/${file}`)

/** What is wrong with an event by the schema of its type; undefined for a good one. */
export function contractBreach({ type, data }: StoredEvent): string | undefined {
  return breach(`${type}.json`, data)
}

/** What is wrong with a CloudEvents envelope; undefined for a good one. */
export function envelopeBreach(envelope: unknown): string | undefined {
  return breach('envelope.json', envelope)
}

function breach(file: string, value: unknown): string | undefined {
  if (ajv.getSchema(file) === undefined) {
    if (!readdirSync(folder).includes(file)) return `${file} is not in schema/events`
    ajv.addSchema(schemaAt(file), file)
  }
  const validate = ajv.getSchema(file)
  return validate?.(value) === true ? undefined : `${file}: ${ajv.errorsText(validate?.errors ?? [])}`
}

/** Throws where a database holds an event that is not in the catalogue or not as its schema says. */
export async function checkEventContracts(owner: Database): Promise<void> {
  const events = await owner.rows<StoredEvent>({
    text: STORED_SUBGRAPHS.map((name) => `SELECT type, data FROM ${name}.event`).join(' UNION ALL '),
    values: [],
  })
  const breaches = new Set(events.flatMap((event) => contractBreach(upcast(event)) ?? []))
  if (breaches.size > 0) throw new Error(`Events break their contracts:\n${[...breaches].join('\n')}`)
}
