// An invoice becomes overdue because a day passes: nobody states it, so it is noticed, told once, and met by the books.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { checkBooks } from '#commands/check-books.ts'
import { keepNoticingOverdue } from '#commands/overdue.ts'
import { manualClock } from '#platform/clock.ts'
import { createRecordFacts, noticeOverdueInvoices } from '#product.ts'
import { recordOverdue } from '#subgraphs/billing/overdue.ts'
import { eventsOf } from '#test/billing/support.ts'
import { day, invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { openingFacts } from '#test/erp/books.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { silentLog } from '#test/support/log.ts'

let database: TestDatabase
const clock = manualClock('2026-06-15T12:00:00Z')

beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  clock.set('2026-06-15T12:00:00Z')
  await record(openingFacts())
})
afterAll(() => database.close())

const record = (facts: Partial<Facts>) => createRecordFacts(database.of, clock, 'test')(facts)
const notice = () => noticeOverdueInvoices(database.of, clock, 'test')

const bill = invoiceFact({ id: 'bill', dueDate: day('2026-06-15'), lines: [invoiceLine(100n)] })
const payment = (amount: bigint) =>
  paymentFact({ amount, allocations: [{ id: 'a', invoiceId: 'bill', amount }] })

async function brokenInvariants(): Promise<string[]> {
  const findings = await checkBooks(database)
  return findings.filter(({ ids }) => ids.length > 0).map(({ invariant }) => invariant.name)
}

async function overdueSince(): Promise<string | undefined> {
  const [row] = await database.owner.rows<{ since: string }>({
    text: `SELECT data->>'overdueSince' AS since FROM billing.event WHERE aggregate_id = 'bill'
      ORDER BY version DESC LIMIT 1`,
    values: [],
  })
  return row?.since
}

describe('an invoice that is due on 15 June', () => {
  beforeEach(() => record({ invoices: [bill] }))

  it('is overdue on the 16th, once', async () => {
    expect(await notice()).toBe(0)
    clock.set('2026-06-16T00:00:00Z')
    expect(await notice()).toBe(1)
    expect(await notice()).toBe(0)
    clock.set('2026-07-31T00:00:00Z')
    expect(await notice()).toBe(0)
    expect(await eventsOf(database, 'bill')).toEqual(['invoice.issued', 'invoice.overdue'])
    expect(await overdueSince()).toBe('2026-06-16')
    expect(await brokenInvariants()).toEqual([])
  })

  it('was overdue also after it is paid, and after its source states it again', async () => {
    clock.set('2026-06-20T00:00:00Z')
    await notice()
    await record({ payments: [payment(40n)] })
    await record({ invoices: [{ ...bill, dueDate: day('2026-12-31') }] })
    await record({
      payments: [
        {
          ...payment(100n),
          id: 'rest',
          amount: 60n,
          allocations: [{ id: 'b', invoiceId: 'bill', amount: 60n }],
        },
      ],
    })
    expect(await notice()).toBe(0)
    expect(await eventsOf(database, 'bill')).toEqual([
      'invoice.issued',
      'invoice.overdue',
      'invoice.changed',
      'invoice.changed',
      'invoice.paid',
    ])
    expect(await overdueSince()).toBe('2026-06-16')
    expect(await brokenInvariants()).toEqual([])
  })

  it.each([
    ['it is paid', { payments: [payment(100n)] }],
    ['it is void', { invoices: [{ ...bill, lifecycle: 'VOID' as const, closedOn: day('2026-06-15') }] }],
  ])('is never overdue where %s in time', async (_, facts) => {
    await record(facts)
    clock.set('2026-07-01T00:00:00Z')
    expect(await notice()).toBe(0)
  })

  it('is met by the books after a crash that came before they were told', async () => {
    clock.set('2026-06-16T00:00:00Z')
    await recordOverdue(database.of('billing'), { subgraph: 'billing', clock, correlationId: 'test' })
    expect(await brokenInvariants()).toEqual(['9 documents'])
    clock.set('2026-06-16T01:00:00Z')
    expect(await notice()).toBe(0)
    expect(await brokenInvariants()).toEqual([])
  })

  it('is noticed by a server that runs on, which goes on after a failure', async () => {
    clock.set('2026-06-16T00:00:00Z')
    let failures = 2
    const unsteady = (name: string) => {
      failures -= 1
      if (failures >= 0) throw new Error('PostgreSQL is away')
      return database.of(name)
    }
    const stop = keepNoticingOverdue(unsteady, clock, silentLog, 5)
    await expect.poll(() => eventsOf(database, 'bill')).toContain('invoice.overdue')
    await stop()
    const told = await eventsOf(database, 'bill')
    expect(told).toEqual(['invoice.issued', 'invoice.overdue'])
  })
})

it('counts days where the legal entity is: on Kiritimati the 16th begins ten hours before noon in UTC', async () => {
  const [entity] = openingFacts().legalEntities
  if (entity === undefined) throw new Error('no legal entity')
  await record({ legalEntities: [{ ...entity, timeZone: 'Pacific/Kiritimati' }], invoices: [bill] })
  clock.set('2026-06-15T09:59:59Z')
  expect(await notice()).toBe(0)
  clock.set('2026-06-15T10:00:00Z')
  expect(await notice()).toBe(1)
})

it('notices any number of invoices', async () => {
  const invoices = Array.from({ length: 1_201 }, (_, n) =>
    invoiceFact({
      id: `bill-${n}`,
      number: `INV-${n}`,
      dueDate: day('2026-06-01'),
      lines: [invoiceLine(100n, { id: `line-${n}` })],
    }),
  )
  await record({ invoices })
  expect(await notice()).toBe(1_201)
  expect(await brokenInvariants()).toEqual([])
})
