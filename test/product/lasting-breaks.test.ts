// What two systems do not hold alike for long is somebody's to mend; and comparing again costs what changed.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database, Transaction } from '#platform/database.ts'
import { recordCrmFacts } from '#subgraphs/crm/record.ts'
import { raiseExceptions } from '#subgraphs/operations/reconciliation/raise.ts'
import { RECONCILIATION_BATCH_SIZE, reconcileDue } from '#subgraphs/operations/reconciliation/run.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { customerFact } from '#test/support/facts.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'
import { createPlanter, type Planted } from './planter.ts'

const EXCEPTIONS = `{ exceptions(first: 10, orderBy: { field: OPENED_AT, direction: ASC }) { nodes {
  id class code step status owner dueAt moneyAtRisk { amount currency } message workflow { id } payload
  break { cause left { value { amount } } record { __typename } } } } }`
const STATUS = `{ reconciliationStatus { asOf waiting breakCount breaks { rule cause count owner oldestDays }
  lastRun { comparedCount } } }`
const RUNS = `{ reconciliationRuns(first: 5) { totalCount nodes {
  comparedCount readCount foundCount changedCount goneCount durationSeconds
  changes { rule before after break { message } } } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) {
  resolveException(input: $input) { exception { status } workflow { id } userErrors { code field } } }`

interface Listed {
  readonly id: string
  readonly class: string
  readonly status: string
}

let world: LiveWorld
let db: Database
let stopReading: () => Promise<void>
let planter: ReturnType<typeof createPlanter>
let planted = 0
beforeAll(async () => {
  world = await openLiveWorld()
  db = world.database.of('operations')
  const today = Temporal.PlainDate.from('2026-06-15')
  for (const facts of generateCompany({ customers: 12, seed: 7, today })) await world.record(facts)
  planter = createPlanter(world)
  stopReading = await world.startOperations(() => ({ stop: () => Promise.resolve() }))
}, 240_000)
afterAll(async () => {
  await stopReading()
  await world.close()
})

const ask = async <Data>(document: string, variables: object = {}): Promise<Data> => {
  const { data, errors } = await world.ask<Record<string, Data>>(document, variables)
  if (!data || errors) throw new Error(JSON.stringify(errors))
  const [answer] = Object.values(data)
  if (answer === undefined) throw new Error('no answer')
  return answer
}
const exceptions = async (): Promise<readonly Listed[]> =>
  (await ask<{ nodes: readonly Listed[] }>(EXCEPTIONS)).nodes

const behind = (): Promise<object[]> =>
  world.database.owner.rows({
    text: `SELECT FROM crm.outbox UNION ALL SELECT FROM billing.outbox UNION ALL SELECT FROM erp.outbox
      UNION ALL SELECT FROM operations.consumer c JOIN (SELECT 'crm' AS source, head FROM crm.relay
        UNION ALL SELECT 'billing', head FROM billing.relay UNION ALL SELECT 'erp', head FROM erp.relay) AS log
        USING (source) WHERE c.name LIKE 'reconciliation-%' AND c.position < log.head`,
    values: [],
  })

let runs = 0
/** Reads what was told, and compares it in a run of its own. */
async function compare(by = db): Promise<number> {
  await expect.poll(behind, { timeout: 60_000 }).toEqual([])
  runs += 1
  let compared = 0
  for (let batch = RECONCILIATION_BATCH_SIZE; batch === RECONCILIATION_BATCH_SIZE; compared += batch)
    batch = await reconcileDue(by, world.clock, `run-${runs}`)
  world.clock.advance({ seconds: 1 })
  return compared
}
const plant = async (cause: 'MISSING' | 'PRICE_DRIFT'): Promise<Planted> => {
  const broken = await planter[cause]((planted += 1))
  await compare()
  return broken
}
/** What the worker does between its looks. */
const raise = async (minutes: number): Promise<void> => {
  world.clock.advance({ minutes })
  await raiseExceptions(db, world.clock)
}

beforeEach(() => compare())

describe('A break', () => {
  it('is nobody’s exception for a quarter of an hour, and then one, with owner, deadline and money', async () => {
    const { mend } = await plant('MISSING')
    await raise(14)
    expect(await exceptions()).toEqual([])
    await raise(1)
    await raise(1)
    const opened = await exceptions()
    expect(opened).toMatchObject([
      {
        class: 'RECONCILIATION_BREAK',
        code: 'MISSING',
        step: 'INVOICE_POSTINGS',
        status: 'OPEN',
        owner: 'FINANCE',
        moneyAtRisk: { amount: '100.00', currency: 'USD' },
        message: expect.stringMatching(/^INVOICE_POSTINGS of inv_\w+: ERP holds nothing of it$/) as unknown,
        workflow: null,
        payload: null,
        break: { cause: 'MISSING', left: { value: { amount: '100.00' } }, record: { __typename: 'Invoice' } },
      },
    ])
    await mend()
    await compare()
    await raise(0)
    expect(await exceptions()).toMatchObject([{ id: opened[0]?.id, status: 'RESOLVED', break: null }])
  })

  it('that was gone before anybody was asked leaves nothing', async () => {
    const before = await exceptions()
    const { mend } = await plant('MISSING')
    await mend()
    await compare()
    await raise(60)
    expect(await exceptions()).toEqual(before)
  })

  it('is closed by a person once for its cause, can’t be retried, and is told again when it comes back', async () => {
    const { mend } = await plant('PRICE_DRIFT')
    await raise(15)
    const open = (await exceptions()).find(({ status }) => status === 'OPEN')
    const input = { exceptionId: open?.id, reason: 'As agreed', actor: 'jo' }
    for (const action of ['RETRY', 'COMPENSATE', 'EDIT_AND_RETRY'])
      expect(await ask(RESOLVE, { input: { ...input, action, idempotencyKey: action } })).toMatchObject({
        userErrors: [{ code: 'STATUS_FORBIDS', field: 'exceptionId' }],
      })
    await ask(RESOLVE, { input: { ...input, action: 'RESOLVE', idempotencyKey: 'resolve' } })
    await raise(60)
    expect(await exceptions()).toContainEqual(expect.objectContaining({ id: open?.id, status: 'RESOLVED' }))
    await mend()
    await compare()
    await raise(60)
    expect((await exceptions()).filter(({ status }) => status !== 'RESOLVED')).toEqual([])
  })
})

describe('A run', () => {
  it('is told with what it found, and what of it is gone', async () => {
    const { mend } = await plant('MISSING')
    expect((await ask<{ nodes: object[] }>(RUNS)).nodes[0]).toMatchObject({
      foundCount: '1',
      goneCount: '0',
      changes: [
        {
          rule: 'INVOICE_POSTINGS',
          before: null,
          after: 'MISSING',
          break: { message: 'ERP holds nothing of it' },
        },
      ],
    })
    expect(await ask(STATUS)).toMatchObject({
      waiting: 0,
      breakCount: 1,
      breaks: [{ rule: 'INVOICE_POSTINGS', cause: 'MISSING', count: 1, owner: 'FINANCE' }],
    })
    await mend()
    await compare()
    expect((await ask<{ nodes: object[] }>(RUNS)).nodes[0]).toMatchObject({
      goneCount: '1',
      changes: [{ before: 'MISSING', after: null, break: null }],
    })
    expect(await ask(STATUS)).toMatchObject({ breakCount: 0, breaks: [] })
  })

  it('after one customer changed reads as many rows, whatever else is held', async () => {
    const context = { subgraph: 'crm', clock: world.clock, correlationId: 'told' }
    let version = 1n
    const moved = async (): Promise<object> => {
      version += 1n
      await recordCrmFacts(world.database.of('crm'), context, {
        customers: [customerFact({ id: 'cus_moved', region: `R${version}`, sourceVersion: version })],
      })
      // As the server does by itself within a minute: a plan that was made for a smaller table is made anew.
      await world.database.owner.rows({ text: 'ANALYZE operations.reconciliation_item', values: [] })
      const { counting, rows } = countingReads(db)
      await compare(counting)
      return rows
    }
    const hold = async (name: string): Promise<void> => {
      const customers = Array.from({ length: 3_000 }, (_, index) =>
        customerFact({ id: `cus_${name}_${index}` }),
      )
      await recordCrmFacts(world.database.of('crm'), context, { customers })
      expect(await compare()).toBe(3_000)
    }
    await moved()
    await hold('some')
    const read = await moved()
    await hold('more')
    expect(await moved()).toEqual(read)
    expect(read).toEqual({ projection_state: 1, reconciliation_item: 2, reconciliation_tally: 0 })
  }, 240_000)
})

/** The rows that a session has read, by table. */
const counted = (transaction: Transaction) =>
  transaction.rows<{ name: string; read: number }>({
    text: `SELECT relname AS name, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int AS read
      FROM pg_stat_xact_user_tables WHERE schemaname = 'operations' AND relname IN
        ('projection_state', 'reconciliation_item', 'reconciliation_tally')`,
    values: [],
  })

/** A database whose transactions note the rows that PostgreSQL reads of what is compared, by its own count. */
function countingReads(database: Database) {
  const rows: Record<string, number> = {}
  const counting: Database = {
    ...database,
    transaction: (work) =>
      database.transaction(async (transaction) => {
        const before = await counted(transaction)
        const result = await work(transaction)
        for (const { name, read } of await counted(transaction)) {
          const earlier = before.find((each) => each.name === name)?.read ?? 0
          rows[name] = (rows[name] ?? 0) + read - earlier
        }
        return result
      }),
  }
  return { counting, rows }
}
