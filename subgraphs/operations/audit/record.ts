import { type AuditedEvent, AUDITED_TYPES, actorOf, MILESTONES } from '#domain/audit.ts'
import { ANYBODY } from '#domain/person.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import { SYSTEMS } from '../../stored.ts'
import { addRecords, lockTrail, readAudited, readDone, readLast } from '../audit-store.ts'
import { BEGINNING, recordAfter } from './chain.ts'

/** What is decided here, and in the books: reopening a period is no workflow, and a source may close one. */
export const AUDITED_SOURCES = ['operations', 'erp'] as const

/** An event with who is to answer for it. */
interface Attributed {
  readonly event: AuditedEvent
  readonly actor: string
}

/** Readers of the logs that put what was done on the trail, in the same transaction as how far they are. */
export const auditConsumers: readonly Consumer[] = AUDITED_SOURCES.map((source) => ({
  name: 'audit',
  source,
  types: AUDITED_TYPES.filter((type) => type.startsWith(`revgraph.${source}.`)),
  beginsWith: 'OLDEST',
  shares: 1,
  apply: (unit, event) => record(unit, [event]),
  applyAll: record,
}))

async function record(unit: UnitOfWork, logged: readonly LoggedEvent[]): Promise<void> {
  const [first] = logged
  if (first === undefined) return
  await lockTrail(unit)
  const events = await readAudited(
    unit,
    first.source,
    logged.map(({ aggregateId, version }) => ({ aggregateId, version })),
  )
  let last = (await readLast(unit)) ?? BEGINNING
  for (const { aggregateId, version } of logged) {
    const event = events.find((each) => each.aggregateId === aggregateId && each.version === version)
    if (event === undefined) throw new Error(`The event ${aggregateId}.${version} is not there`)
    const records = [...(await doneBy(unit, event)), { event, actor: actorOf(event) ?? ANYBODY }].map(
      (each) => {
        const next = recordAfter(last, each.event, each.actor)
        last = next
        return next
      },
    )
    await addRecords(unit, records)
  }
}

/** What a workflow that ended or waits had the systems do, but for what is put on the trail by itself. */
async function doneBy(unit: UnitOfWork, { type, aggregateId, after }: AuditedEvent): Promise<Attributed[]> {
  if (!MILESTONES.has(type)) return []
  const { requestedBy: actor } = after as { readonly requestedBy: string }
  const done = []
  for (const system of SYSTEMS) done.push(...(await readDone(unit, system, aggregateId)))
  return done
    .filter(({ type: own }) => !AUDITED_TYPES.includes(own))
    .toSorted((a, b) => Temporal.Instant.compare(a.recordedAt, b.recordedAt))
    .map((event) => ({ event, actor }))
}
