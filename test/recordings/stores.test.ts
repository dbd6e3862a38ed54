import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkBooks } from '#commands/check-books.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import { createRecordFacts, createSubgraph } from '#product.ts'
import type { ImportResult } from '#subgraphs/billing/stripe/import.ts'
import { importPositions, rawObjects } from '#subgraphs/billing/store.ts'
import { SYSTEMS } from '#subgraphs/stored.ts'
import { installation } from '#test/stripe/memory.ts'
import { replayServer, type ReplayServer } from '#test/stripe/replay-server.ts'
import { ask } from '#test/support/ask.ts'
import { silentLog } from '#test/support/log.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { recordedExchanges, recordedList, recordingsPresent } from './recordings.ts'
import { balanceOf, byStatus, recordedOutcomes, STRIPE_STATUS, sums, tally } from './sums.ts'

/** What of a stored document is summed up. */
interface Row {
  readonly currency: string
  readonly status: string
  readonly amount: bigint
}

interface InvoiceNode {
  readonly status: string
  readonly total: { readonly currency: string; readonly minorUnits: string }
  readonly balance: { readonly minorUnits: string }
}

const inStripesWords = ({ currency, status }: Row) => [currency.toLowerCase(), status.toLowerCase()]
const ofInvoice = ({ status, total }: InvoiceNode) => [total.currency.toLowerCase(), STRIPE_STATUS[status]]
const byOutcome = ({ currency, status }: Row) => [currency.toLowerCase(), status]

describe.runIf(recordingsPresent())('a recorded account in the stores of the product', () => {
  const place = installation()
  const { clock } = place
  let server: ReplayServer
  let database: TestDatabase
  let first: ImportResult

  beforeAll(async () => {
    server = await replayServer(recordedExchanges())
    database = await openTestDatabase()
    first = await importOnce()
  })
  afterAll(async () => {
    await database.close()
    await server.close()
  })

  const importOnce = (): Promise<ImportResult> =>
    place.import(server.port, {
      record: createRecordFacts(database.of, clock, 'stripe-recorded'),
      raw: rawObjects(database.of('billing')),
      positions: importPositions(database.of('billing'), 'stripe/recorded'),
    })
  const read = (text: string): Promise<Row[]> => database.owner.rows<Row>({ text, values: [] })
  const countRows = async (table: string): Promise<number> => {
    const [row] = await database.owner.rows<{ count: bigint }>({
      text: `SELECT count(*) FROM ${table}`,
      values: [],
    })
    return Number(row?.count)
  }
  const countEvents = () => Promise.all(SYSTEMS.map((name) => countRows(`${name}.event`)))

  test.each([
    ['products', 'billing.product'],
    ['prices', 'billing.price'],
    ['subscriptions', 'billing.subscription'],
    ['invoices', 'billing.invoice'],
    ['credit_notes', 'billing.credit_note'],
  ])('all %s are stored', async (path, table) => {
    expect(await countRows(table)).toBe(recordedList(path).length)
  })

  test('customers are stored, and no more than the recording shows or refers to', async () => {
    const stored = await database.owner.rows<{ id: string }>({
      text: `SELECT external_refs->0->>'externalId' AS id FROM crm.customer`,
      values: [],
    })
    expect(stored.map(({ id }) => id).toSorted()).toEqual(
      recordedList('customers')
        .map(({ id }) => String(id))
        .toSorted(),
    )
  })

  test('the graph tells of invoices by currency and status what the recording does, in total and owed', async () => {
    const billing = createSubgraph('billing', database.of, clock, createLocalBus(), silentLog)
    const { invoices } = await ask<{ invoices: { nodes: InvoiceNode[] } }>(
      billing,
      `{ invoices(first: 100) { nodes { status total { currency minorUnits } balance { minorUnits } } } }`,
    )
    const theirs = recordedList('invoices').map((it) => ({ ...it, left: balanceOf(it) }))
    expect(sums(invoices.nodes, ofInvoice, ({ total }) => BigInt(total.minorUnits))).toEqual(
      tally(theirs, byStatus, 'total'),
    )
    expect(sums(invoices.nodes, ofInvoice, ({ balance }) => BigInt(balance.minorUnits))).toEqual(
      tally(theirs, byStatus, 'left'),
    )
  })

  test.each([
    ['credit_notes', 'total', 'SELECT currency, status, amount FROM billing.credit_note'],
    [
      'refunds',
      'amount',
      `SELECT currency, status, amount FROM billing.refund
        WHERE external_refs->0->>'objectType' = 'refund'`,
    ],
  ])('%s sum by currency and status', async (path, field, statement) => {
    const stored = await read(statement)
    expect(sums(stored, inStripesWords, (it) => it.amount)).toEqual(
      tally(recordedList(path), byStatus, field),
    )
  })

  test('payment intents sum by currency and outcome', async () => {
    const stored = await read(`SELECT currency, outcome AS status, amount FROM billing.payment
      WHERE external_refs->0->>'objectType' = 'payment_intent'`)
    expect(sums(stored, byOutcome, (it) => it.amount)).toEqual(recordedOutcomes())
  })

  test('the books of what was imported keep every invariant', async () => {
    const findings = await checkBooks(database)
    expect(findings.length).toBeGreaterThan(0)
    const broken = findings.filter(({ ids }) => ids.length > 0)
    expect(broken.map(({ invariant, ids }) => `${invariant.name}: ${ids.join(' ')}`)).toEqual([])
    expect(await countRows('erp.journal_entry')).toBeGreaterThan(0)
  })

  test('a second import appends no event in any system, and tells the same', async () => {
    const before = await countEvents()
    expect(before.every((count) => count > 0)).toBe(true)
    clock.advance({ hours: 1 })
    const again = await importOnce()
    expect(await countEvents()).toEqual(before)
    expect(again.totals).toEqual(first.totals)
    expect(again.gaps).toEqual(first.gaps)
  })
})
