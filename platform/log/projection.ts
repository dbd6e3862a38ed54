import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import { toJson } from '#platform/json.ts'
import type { Consumer } from './consumer.ts'
import type { LoggedEvent } from './event.ts'

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
}

/** The consumer that keeps a projection up to date: what is read, or a generation that is built beside it. */
export function consumerOf<State>(projection: Projection<State>, generation?: number): Consumer {
  const { name, source, types, shares, keyOf } = projection
  return {
    name: generation === undefined ? name : shadowName(name, generation),
    source,
    ...(types !== undefined && { types }),
    beginsWith: 'OLDEST',
    shares,
    partitionKey: keyOf,
    apply: async (unit, event) => {
      const into = generation ?? (await readGeneration(unit, unit.subgraph, name))
      const place = { projection: name, generation: into, key: keyOf(event) }
      const before = await lockState<State>(unit, unit.subgraph, place)
      await saveState(unit, unit.subgraph, place, projection.apply(before, event))
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

async function lockState<State>(
  db: Queryable,
  subgraph: string,
  { projection, generation, key }: Place,
): Promise<State | undefined> {
  const [row] = await db.rows<{ state: State }>({
    name: `${subgraph} projection lock`,
    text: `SELECT state FROM ${subgraph}.projection_state
      WHERE projection = $1 AND generation = $2 AND key = $3 FOR UPDATE`,
    values: [projection, generation, key],
  })
  return row?.state
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
