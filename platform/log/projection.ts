import { isDeepStrictEqual } from 'node:util'
import type { CommandContext, UnitOfWork } from '#platform/command.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import { toJson } from '#platform/json.ts'
import type { Consumer } from './consumer.ts'
import type { LoggedEvent } from './event.ts'

/** A state that is another than before; null where there was or is none. */
export interface StateChange<State = unknown> {
  readonly key: string
  readonly before: State | null
  readonly after: State | null
}

/** From what something follows. */
export type Cause = Pick<CommandContext, 'correlationId' | 'causationId'>

/** A change with what it follows from. */
export interface CausedChange<State = unknown> extends StateChange<State> {
  readonly cause: Cause
}

/** What is known of events by a key, as a pure function of them. */
export interface Projection<State = unknown> {
  /** Unique in its subgraph, and for ever. */
  readonly name: string
  readonly source: SubgraphName
  readonly types?: readonly string[]
  readonly shares: number
  /** Whether an event tells of anything: the same for all events of an aggregate. All do where it is left out. */
  readonly concerns?: (event: LoggedEvent) => boolean
  /** Whose state an event changes: the same for all events of an aggregate. */
  readonly keyOf: (event: LoggedEvent) => string
  /** The state after an event, as JSON has it; the same for the same arguments. */
  readonly apply: (before: State | undefined, event: LoggedEvent) => State
  /**
   * What follows where states that are read become others, in the same transaction and in the order of the events, or
   * of the keys when the projection was built anew. Not called while it is being built.
   */
  readonly changed?: (unit: UnitOfWork, changes: readonly CausedChange<State>[]) => Promise<void>
  /** What is kept beside the states that are read, such as their sums, and can be had from them at any time. */
  readonly derived?: DerivedState<State>
}

/** What follows from states alone, whatever their cause: it is brought up to date once a transaction. */
interface DerivedState<State> {
  /** Takes changes over; of each key there is one, from before the transaction to its end. */
  readonly follow: (unit: UnitOfWork, changes: readonly StateChange<State>[]) => Promise<void>
  /** Makes it anew of all the states that are read: whatever was damaged is right again. */
  readonly remake: (unit: UnitOfWork) => Promise<void>
}

/** The consumer that keeps a projection up to date: what is read, or a generation that is built beside it. */
export function consumerOf<State>(
  projection: Projection<State>,
  generation?: number,
): Consumer & Required<Pick<Consumer, 'applyAll'>> {
  const { name, source, types, shares, keyOf } = projection
  const isRead = generation === undefined
  return {
    name: isRead ? name : shadowName(name, generation),
    source,
    ...(types !== undefined && { types }),
    beginsWith: 'OLDEST',
    shares,
    partitionKey: keyOf,
    apply: (unit, event) => applyEvents(projection, generation, unit, [event]),
    applyAll: (unit, events) => applyEvents(projection, generation, unit, events),
  }
}

/** Applies events in their order: whatever their number, states are read by one statement and written by another. */
async function applyEvents<State>(
  { name, concerns, keyOf, apply, changed, derived }: Projection<State>,
  wanted: number | undefined,
  unit: UnitOfWork,
  stretch: readonly LoggedEvent[],
): Promise<void> {
  const events = concerns === undefined ? stretch : stretch.filter(concerns)
  if (events.length === 0) return
  const keys = [...new Set(events.map(keyOf))]
  const { generation, states: before } = await readStatesOf<State>(unit, unit.subgraph, name, keys, wanted)
  const after = new Map(before)
  const told: CausedChange<State>[] = []
  for (const event of events) {
    const key = keyOf(event)
    const known = after.get(key)
    const next = apply(known, event)
    if (isDeepStrictEqual(known, next)) continue
    after.set(key, next)
    const cause = { correlationId: event.correlationId, causationId: event.id }
    told.push({ key, before: known ?? null, after: next, cause })
  }
  if (told.length === 0) return
  const changes = [...new Set(told.map(({ key }) => key))].map((key) => ({
    key,
    before: before.get(key) ?? null,
    after: after.get(key) ?? null,
  }))
  await saveStates(unit, unit.subgraph, { projection: name, generation }, changes)
  if (wanted !== undefined) return
  await changed?.(unit, told)
  await derived?.follow(unit, changes)
}

/** What the consumer of a generation that is being built is called. */
const shadowName = (name: string, generation: number): string => `${name}#${generation}`

const FIRST_GENERATION = 1

/** The generation of a projection that is read. */
export async function readGeneration(db: Queryable, subgraph: string, name: string): Promise<number> {
  const [row] = await db.rows<{ generation: number }>({
    name: `${subgraph} generation`,
    text: `SELECT generation FROM ${subgraph}.projection WHERE name = $1`,
    values: [name],
  })
  return row?.generation ?? FIRST_GENERATION
}

/** States of a projection by key; a key of which nothing is known is left out. */
export async function readStates<State>(
  db: Queryable,
  subgraph: string,
  name: string,
  keys: readonly string[],
): Promise<Map<string, State>> {
  const rows = await db.rows<{ key: string; state: State }>({
    name: `${subgraph} projection`,
    text: `SELECT key, state FROM ${subgraph}.projection_state
      WHERE projection = $1 AND key = ANY($2) AND generation =
        coalesce((SELECT generation FROM ${subgraph}.projection WHERE name = $1), ${FIRST_GENERATION})`,
    values: [name, keys],
  })
  return new Map(rows.map(({ key, state }) => [key, state]))
}

/** States by key, of a generation or of the one that is read. The consumer's place is their lock. */
async function readStatesOf<State>(
  db: Queryable,
  subgraph: string,
  projection: string,
  keys: readonly string[],
  generation: number | undefined,
): Promise<{ readonly generation: number; readonly states: Map<string, State> }> {
  const rows = await db.rows<{ generation: number; key: string | null; state: State }>({
    name: `${subgraph} projection states`,
    text: `SELECT wanted.generation, s.key, s.state
      FROM (SELECT coalesce($3::int, (SELECT generation FROM ${subgraph}.projection WHERE name = $1),
        ${FIRST_GENERATION}) AS generation) AS wanted
      LEFT JOIN ${subgraph}.projection_state s
        ON s.projection = $1 AND s.generation = wanted.generation AND s.key = ANY($2)`,
    values: [projection, keys, generation ?? null],
  })
  const [first] = rows
  if (first === undefined) throw new Error('A statement without a condition gave no row')
  const states = rows.flatMap(({ key, state }) => (key === null ? [] : [[key, state] as const]))
  return { generation: first.generation, states: new Map(states) }
}

async function saveStates(
  db: Queryable,
  subgraph: string,
  { projection, generation }: { readonly projection: string; readonly generation: number },
  changes: readonly StateChange[],
): Promise<void> {
  await db.rows({
    name: `${subgraph} projection save`,
    text: `INSERT INTO ${subgraph}.projection_state (projection, generation, key, state)
      SELECT $1, $2, key, state FROM unnest($3::text[], $4::jsonb[]) AS changed(key, state)
      ON CONFLICT (projection, generation, key) DO UPDATE SET state = excluded.state`,
    values: [
      projection,
      generation,
      changes.map(({ key }) => key),
      changes.map(({ after }) => toJson(after)),
    ],
  })
}
