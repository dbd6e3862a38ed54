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

/** What is known of events by a key, as a pure function of them. */
export interface Projection<State = unknown> {
  /** Unique in its subgraph, and for ever. */
  readonly name: string
  readonly source: SubgraphName
  readonly types?: readonly string[]
  readonly shares: number
  /** Whose state an event changes: the same for all events of an aggregate. */
  readonly keyOf: (event: LoggedEvent) => string
  /** The state after an event, as JSON has it; the same for the same arguments. */
  readonly apply: (before: State | undefined, event: LoggedEvent) => State
  /**
   * What follows where states that are read become others, in the same transaction: one by an event, or many when the
   * projection was built anew. Not called while it is being built.
   */
  readonly changed?: (unit: UnitOfWork, changes: readonly StateChange<State>[], cause: Cause) => Promise<void>
}

/** The consumer that keeps a projection up to date: what is read, or a generation that is built beside it. */
export function consumerOf<State>(projection: Projection<State>, generation?: number): Consumer {
  const { name, source, types, shares, keyOf, changed } = projection
  const isRead = generation === undefined
  return {
    name: isRead ? name : shadowName(name, generation),
    source,
    ...(types !== undefined && { types }),
    beginsWith: 'OLDEST',
    shares,
    partitionKey: keyOf,
    apply: async (unit, event) => {
      const key = keyOf(event)
      const found = await readState(unit, unit.subgraph, { projection: name, generation, key })
      const before = found.state as State | null
      const after = projection.apply(before ?? undefined, event)
      if (isDeepStrictEqual(before, after)) return
      const place = { projection: name, generation: found.generation, key }
      await saveState(unit, unit.subgraph, place, after)
      const cause = { correlationId: event.correlationId, causationId: event.id }
      if (isRead) await changed?.(unit, [{ key, before, after }], cause)
    },
  }
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

interface Place {
  readonly projection: string
  readonly generation: number
  readonly key: string
}

/** A state, null where there is none, of a generation or of the one that is read. The consumer's place is its lock. */
async function readState(
  db: Queryable,
  subgraph: string,
  { projection, generation, key }: Omit<Place, 'generation'> & { readonly generation: number | undefined },
): Promise<{ readonly generation: number; readonly state: unknown }> {
  const [row] = await db.rows<{ generation: number; state: unknown }>({
    name: `${subgraph} projection state`,
    text: `SELECT generation, (SELECT state FROM ${subgraph}.projection_state s
        WHERE s.projection = $1 AND s.key = $2 AND s.generation = wanted.generation) AS state
      FROM (SELECT coalesce($3::int, (SELECT generation FROM ${subgraph}.projection WHERE name = $1),
        ${FIRST_GENERATION}) AS generation) AS wanted`,
    values: [projection, key, generation ?? null],
  })
  if (row === undefined) throw new Error('A statement without a condition gave no row')
  return row
}

async function saveState(
  db: Queryable,
  subgraph: string,
  { projection, generation, key }: Place,
  state: unknown,
): Promise<void> {
  await db.rows({
    name: `${subgraph} projection save`,
    text: `INSERT INTO ${subgraph}.projection_state (projection, generation, key, state) VALUES ($1, $2, $3, $4)
      ON CONFLICT (projection, generation, key) DO UPDATE SET state = excluded.state`,
    values: [projection, generation, key, toJson(state)],
  })
}
