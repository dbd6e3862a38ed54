/** A subgraph of its own, with things on shelves: what platform promises is tested without anyone's business rules. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fact, Recorded } from '#domain/entity.ts'
import { violationIf } from '#domain/failure.ts'
import { manualClock } from '#platform/clock.ts'
import { type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { type FactAggregate, recordFacts } from '#platform/facts.ts'
import { migrate } from '#platform/migrate.ts'
import type { ListSpec } from '#platform/page.ts'
import { bigint, date, flag, instant, json, recorded, table, text } from '#platform/table.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { externalRef, type Stated } from '#test/support/facts.ts'

/** A thing on a shelf: a column of every type that aggregates have. */
export interface ThingFact extends Fact {
  readonly shelfId: string
  readonly name: string
  /** Minor units. */
  readonly worth: bigint
  readonly madeOn: Temporal.PlainDate
  readonly arrivedAt: Temporal.Instant
  readonly fragile: boolean
  readonly parts: readonly { readonly name: string; readonly worth: bigint }[]
}

export type Thing = ThingFact & Recorded

const MIGRATION = `-- Things of the tests of platform: one column of every type that aggregates have.
CREATE TABLE warehouse.thing (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  shelf_id text NOT NULL,
  name text NOT NULL,
  worth bigint NOT NULL,
  made_on date NOT NULL,
  arrived_at timestamptz NOT NULL,
  fragile boolean NOT NULL,
  parts jsonb NOT NULL
);`

const things = table<Thing>('warehouse.thing', {
  ...recorded,
  shelfId: text,
  name: text,
  worth: bigint,
  madeOn: date,
  arrivedAt: instant,
  fragile: flag,
  parts: json((parts) => parts.map((part) => ({ ...part, worth: BigInt(part.worth) }))),
})

/** Things can be put on a shelf, changed, and broken; none is worth less than nothing. */
export const thing: FactAggregate<ThingFact, Thing> = {
  name: 'thing',
  table: things,
  event: (before) => (before === undefined ? 'shelved' : 'changed'),
  check: ({ worth }) => violationIf(worth < 0n, 'AMOUNT_NEGATIVE', 'worth', 'Nothing is worth less than 0'),
  derive: (fact) => fact,
}

export const thingList: ListSpec<Thing> = {
  name: 'things',
  table: things,
  parent: null,
  sortKeys: {
    NAME: { column: 'name', type: 'text' },
    WORTH: { column: 'worth', type: 'bigint' },
    MADE_ON: { column: 'made_on', type: 'date' },
    ARRIVED_AT: { column: 'arrived_at', type: 'timestamptz' },
  },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
  filters: {
    name: { column: 'name', type: 'text' },
    madeOn: { column: 'made_on', type: 'date' },
    fragile: { column: 'fragile', type: 'boolean' },
  },
}

export const thingsOfShelf: ListSpec<Thing> = { ...thingList, name: 'Shelf.things', parent: 'shelf_id' }

/** A thing as its source states it: complete, so that a test names only what it is about. */
export function thingFact({ sourceVersion = 1n, ...fields }: Partial<ThingFact> & Stated = {}): ThingFact {
  const id = fields.id ?? 'thing-1'
  return {
    id,
    externalRefs: [externalRef('Thing', id, sourceVersion)],
    shelfId: 'shelf-1',
    name: 'Vase',
    worth: 12_00n,
    madeOn: Temporal.PlainDate.from('1987-05-01'),
    arrivedAt: Temporal.Instant.from('2026-01-02T03:04:05.006Z'),
    fragile: true,
    parts: [],
    ...fields,
  }
}

interface ThingEvent {
  readonly aggregateId: string
  readonly version: number
  readonly aggregate: string
  readonly type: string
  readonly recordedAt: Temporal.Instant
  readonly correlationId: string
  readonly data: { readonly name: string; readonly worth: string }
}

export interface Warehouse extends TestDatabase {
  /** The store as the subgraph's own role sees it. */
  readonly db: Database
  /** What every command is told of its surroundings: noon, June 15th, 2026. */
  readonly context: CommandContext
  /** Records facts in one transaction. */
  readonly record: (...facts: readonly ThingFact[]) => ReturnType<typeof recordFacts<ThingFact, Thing>>
  readonly things: () => Promise<Thing[]>
  readonly events: () => Promise<ThingEvent[]>
  /** The events as short as a story needs them. */
  readonly told: () => Promise<{ version: number; type: string; name: string; worth: string }[]>
  /** Forgets everything. */
  readonly empty: () => Promise<void>
}

/** A warehouse in a database of its own. */
export async function openWarehouse(): Promise<Warehouse> {
  const database = await openTestDatabase()
  await build(database.owner)
  const db = database.of('warehouse')
  const events = (): Promise<ThingEvent[]> =>
    database.owner.rows<ThingEvent>({
      text: `SELECT aggregate_id AS "aggregateId", version, aggregate, type, recorded_at AS "recordedAt",
          correlation_id AS "correlationId", data
        FROM warehouse.event ORDER BY aggregate_id, version`,
      values: [],
    })
  const context = {
    subgraph: 'warehouse',
    clock: manualClock('2026-06-15T12:00:00Z'),
    correlationId: 'delivery 7',
  }
  return {
    ...database,
    db,
    context,
    record: (...facts) => runCommand(db, context, (unit) => recordFacts(unit, thing, facts)),
    things: async () => {
      const rows = await database.owner.rows<Record<string, unknown>>({
        text: `SELECT ${things.select} FROM warehouse.thing t ORDER BY id`,
        values: [],
      })
      return rows.map(things.read)
    },
    events,
    told: async () =>
      (await events()).map(({ version, type, data: { name, worth } }) => ({
        version,
        type: type.split('.').at(-2) ?? '',
        name,
        worth,
      })),
    empty: async () => {
      await database.owner.rows({
        text: 'TRUNCATE warehouse.thing, warehouse.event, warehouse.outbox, warehouse.fact, warehouse.idempotency',
        values: [],
      })
      database.statements.length = 0
    },
  }
}

async function build(owner: Database): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'revgraph-warehouse-'))
  await mkdir(join(folder, 'warehouse', 'migrations'), { recursive: true })
  await writeFile(join(folder, 'warehouse', 'migrations', '0001_thing.sql'), MIGRATION)
  await migrate(owner, ['warehouse'], folder)
  await rm(folder, { recursive: true })
}
