/** Every invariant is broken by something that is planted: a check that finds nothing proves nothing. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkBooks, INVARIANTS } from '#commands/check-books.ts'
import { manualClock } from '#platform/clock.ts'
import { createRecordFacts } from '#product.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

const TODAY = Temporal.PlainDate.from('2026-11-23')
const LAST_MONTH_END = Temporal.PlainDate.from('2026-10-31')

let database: TestDatabase
const found = new Set<string>()

beforeAll(async () => {
  database = await openTestDatabase()
  const clock = manualClock(`${TODAY.toString()}T12:00:00Z`)
  const record = createRecordFacts(database.of, clock, 'seed')
  for (const facts of generateCompany({ customers: 40, seed: 7, today: TODAY })) await record(facts)
  const context = { subgraph: 'erp', clock, correlationId: 'seed' }
  await recognizeRevenue(database.of('erp'), context, { through: LAST_MONTH_END })
})
afterAll(() => database.close())

class RolledBack extends Error {}

/** Names of the invariants that break when statements run past all guards; nothing of them stays. */
async function brokenBy(statements: readonly string[]): Promise<string[]> {
  let broken: string[] = []
  const planted = database.owner.transaction(async (transaction) => {
    for (const text of ['SET LOCAL session_replication_role = replica', ...statements])
      await transaction.rows({ text, values: [] })
    const findings = await checkBooks({ owner: { ...database.owner, rows: transaction.rows } })
    broken = findings.filter(({ ids }) => ids.length > 0).map(({ invariant }) => invariant.name)
    throw new RolledBack()
  })
  await expect(planted).rejects.toThrow(RolledBack)
  return broken
}

/** One row of a table, the same every time. */
const one = (table: string, condition = 'true'): string =>
  `id = (SELECT id FROM ${table} WHERE ${condition} ORDER BY id LIMIT 1)`

const ANY_LINE = `entry_id = (SELECT min(id) FROM erp.journal_entry WHERE purpose = 'INVOICE_ISSUED')`

it.each<[name: string, planted: string, statements: readonly string[]]>([
  [
    '1 journal balance',
    'a debit that is too high',
    [`UPDATE erp.journal_line SET debit = debit + 1 WHERE ${ANY_LINE} AND line_number = 1`],
  ],
  [
    '2 revenue schedules',
    'a month that earns too much',
    [
      `UPDATE erp.schedule_entry SET amount = amount + 1
          WHERE schedule_id = (SELECT min(id) FROM erp.revenue_schedule)`,
    ],
  ],
  [
    '2 allocations',
    'a contract that is worth more than its promises',
    [
      `UPDATE crm.contract SET total_contract_value = total_contract_value + 1
          WHERE ${one('crm.contract', `status = 'ACTIVE'`)}`,
    ],
  ],
  [
    '3 deferred revenue',
    'a month that was posted in the schedule alone',
    [
      `UPDATE erp.schedule_entry SET status = 'POSTED', journal_entry_id = '?'
          WHERE status = 'PLANNED' AND superseded_by IS NULL`,
    ],
  ],
  [
    '3 roll-forward',
    'a month that the schedule has in another period than the journal',
    [
      `UPDATE erp.schedule_entry m SET journal_entry_id = other.id FROM erp.journal_entry own, erp.journal_entry other
      WHERE own.id = m.journal_entry_id AND other.purpose = 'REVENUE_RECOGNIZED' AND other.period > own.period
        AND m.schedule_id = (SELECT min(schedule_id) FROM erp.schedule_entry WHERE status = 'POSTED')`,
    ],
  ],
  [
    '4 receivables',
    'cash on account that the books do not know',
    [
      `UPDATE billing.payment SET unapplied = unapplied + 1
          WHERE ${one('billing.payment', `outcome = 'SUCCEEDED' AND unapplied = 0`)}`,
    ],
  ],
  [
    '4 intercompany',
    'a debt to another company that is not due to it',
    [`UPDATE erp.journal_line SET role = 'DUE_TO_AFFILIATES' WHERE ${ANY_LINE} AND role <> 'RECEIVABLES'`],
  ],
  [
    '5 invoice total',
    'an invoice without its lines',
    [`UPDATE billing.invoice SET lines = '[]' WHERE ${one('billing.invoice', 'subtotal <> 0')}`],
  ],
  [
    '5 invoice balance',
    'a settlement that no payment made',
    [
      `UPDATE billing.invoice SET allocated = allocated + 1, balance = balance - 1
      WHERE ${one('billing.invoice', `status = 'OPEN' AND balance > 0`)}`,
    ],
  ],
  [
    '6 payment',
    'a part that is more than the payment',
    [`UPDATE billing.allocation SET amount = amount * 2, applied = applied * 2`],
  ],
  [
    '6 refunds',
    'a refund that nobody paid',
    [
      `UPDATE billing.payment SET refunded = refunded + 1
          WHERE ${one('billing.payment', `outcome = 'SUCCEEDED' AND refunded = 0`)}`,
    ],
  ],
  [
    '6 credit notes',
    'more net given back than was invoiced',
    [`UPDATE billing.credit_note SET net = amount + 100000000, tax = -100000000 WHERE status = 'ISSUED'`],
  ],
  [
    '7 closed periods',
    'a period that was closed before its entries came',
    [
      `UPDATE erp.accounting_period SET status = 'CLOSED', recorded_at = '2020-01-01' WHERE period = '2026-01'`,
    ],
  ],
  [
    '7 late entries',
    'an entry of an open period in a later one',
    [
      `UPDATE erp.journal_entry SET period = '2026-11' WHERE ${one('erp.journal_entry', `period = '2026-01'`)}`,
    ],
  ],
  [
    '7 late entries',
    'an entry that does not remember the period of its date',
    [
      `UPDATE erp.journal_entry SET original_period = period, period = period, date = date - 400
      WHERE ${one('erp.journal_entry', `period = '2026-01'`)}`,
    ],
  ],
  [
    '7 seals',
    'a closed period without a seal',
    [`UPDATE erp.accounting_period SET status = 'CLOSED', seal_hash = NULL WHERE period = '2026-01'`],
  ],
  [
    '8 reversals',
    'an entry that mirrors another than it says',
    [
      `UPDATE erp.journal_entry SET reversal_of_id = (SELECT min(id) FROM erp.journal_entry)
      WHERE id = (SELECT max(id) FROM erp.journal_entry)`,
    ],
  ],
  ['8 crm history', 'a customer that was deleted', [`DELETE FROM crm.customer WHERE ${one('crm.customer')}`]],
  [
    '8 billing history',
    'a refund that was deleted',
    [`DELETE FROM billing.refund WHERE ${one('billing.refund')}`],
  ],
  [
    '8 erp history',
    'a schedule that was changed without an event',
    [`UPDATE erp.revenue_schedule SET version = version + 1 WHERE ${one('erp.revenue_schedule')}`],
  ],
  [
    '9 invoice numbers',
    'a number that was left out',
    [
      `UPDATE billing.invoice SET number = regexp_replace(number, '\\d+$', '999999')
      WHERE ${one('billing.invoice', `number ~ '000003$'`)}`,
    ],
  ],
  [
    '9 postings',
    'an invoice that is posted twice',
    [
      `ALTER TABLE erp.journal_entry DROP CONSTRAINT journal_entry_source_id_purpose_discriminator_key`,
      `UPDATE erp.journal_entry SET source_id = 'same', discriminator = '' WHERE purpose = 'INVOICE_ISSUED'`,
    ],
  ],
  [
    '9 journal numbers',
    'a number that was left out',
    [`UPDATE erp.journal_entry SET sequence = 99999999 WHERE sequence = 2`],
  ],
  [
    '9 documents',
    'a document that the books have not met as it is',
    [`UPDATE billing.refund SET version = version + 1 WHERE ${one('billing.refund')}`],
  ],
  [
    '10 contract lines',
    'a subscription of another quantity',
    [`UPDATE billing.subscription SET items = jsonb_set(items, '{0,quantity}', '"99999"')`],
  ],
  [
    '10 contract lines',
    'a subscription that ends on another day',
    [`UPDATE billing.subscription SET items = jsonb_set(items, '{0,endDate}', '"2031-01-01"')`],
  ],
  [
    '10 obligations',
    'a line that nothing is earned for',
    [`DELETE FROM erp.revenue_schedule WHERE ${one('erp.revenue_schedule', 'contract_id IS NOT NULL')}`],
  ],
  [
    '10 obligations',
    'a promise over other days than the line',
    [
      `UPDATE erp.revenue_schedule SET service_period = jsonb_set(service_period, '{end}', '"2031-01-01"')
      WHERE ${one('erp.revenue_schedule', 'contract_id IS NOT NULL')}`,
    ],
  ],
])('%s is broken by %s', async (name, _, statements) => {
  const broken = await brokenBy(statements)
  expect(broken).toContain(name)
  found.add(name)
})

it('nothing is broken while nothing is planted', async () => {
  expect(await brokenBy([])).toEqual([])
})

/** Planted where periods are closed: test/erp/seal.test.ts. */
const ELSEWHERE = ['7 sealed entries']

it('no invariant is left unproven', () => {
  const names = INVARIANTS.map(({ name }) => name)
  expect(names.filter((name) => !found.has(name))).toEqual(ELSEWHERE)
})
