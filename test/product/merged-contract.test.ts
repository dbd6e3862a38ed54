// A contract of a customer that was merged into another one: it is billed, metered and earned as one, whoever bears it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stated } from '#test/erp/books.ts'
import { customerFact } from '#test/support/facts.ts'
import { brokenRules } from './amending.ts'
import type { FlowPayload, FlowWorld } from './flows.ts'
import { lookOn as lookOnDay, openMonthlyWorld, signMonthly } from './monthly.ts'

const WORKFLOW = 'workflow { status } userErrors { code message field }'
const MERGE = `mutation ($input: MergeCustomersInput!) { payload: mergeCustomers(input: $input) { ${WORKFLOW} } }`
const USE = `mutation ($input: BillUsageInput!) { payload: billUsage(input: $input) {
  invoice { customer { id } lines { quantity } } ${WORKFLOW} } }`
const CLOSE = `mutation ($input: ClosePeriodInput!) { payload: closePeriod(input: $input) {
  period { status } ${WORKFLOW} } }`

/** Where nothing is charged on top. */
const address = { line1: '1 Main St', city: 'Portland', postalCode: '97201', region: 'OR', country: 'US' }

let world: FlowWorld
let contractId = ''
/** Support for 310.00 a month from 15 June on, billed to a customer that is merged into another one in July. */
beforeAll(async () => {
  world = await openMonthlyWorld()
  await world.record({ customers: [customerFact({ id: 'survivor', status: 'ACTIVE', address })] })
  ;({ contractId } = await signMonthly(world, 'merged', address))
})
afterAll(() => world.close())

const owner = <Row>(text: string): Promise<Row[]> =>
  world.database.owner.rows<Row>({ text, values: [contractId] })

const lookOn = (date: string): Promise<void> => lookOnDay(world, date)

const useUnits = (quantity: string): Promise<unknown> =>
  world.record({
    usage: [
      {
        ...stated(`use_${quantity}`),
        subscriptionId,
        subscriptionItemId,
        quantity,
        usedAt: Temporal.Instant.from('2026-07-20T12:00:00Z'),
      },
    ],
  })
let [subscriptionId, subscriptionItemId] = ['', '']
const billUse = (idempotencyKey: string): Promise<FlowPayload> =>
  world.start(USE, { subscriptionId, month: '2026-07', idempotencyKey })

it('is billed to the one that carries on, whatever was used and billed before', async () => {
  await lookOn('2026-07-16')
  const [subscription] = await owner<{ id: string; item: string }>(
    "SELECT id, items->0->>'id' AS item FROM billing.subscription WHERE contract_id = $1",
  )
  subscriptionId = subscription?.id ?? ''
  subscriptionItemId = subscription?.item ?? ''
  await useUnits('5')
  world.clock.set('2026-08-04T12:00:00Z')
  expect(await billUse('before')).toMatchObject({
    invoice: { customer: { id: 'cus_merged' }, lines: [{ quantity: '4' }] },
  })
  const merging = { survivorId: 'survivor', mergedId: 'cus_merged', idempotencyKey: 'merge' }
  expect(await world.start(MERGE, merging)).toMatchObject({ workflow: { status: 'COMPLETED' } })
  await lookOn('2026-08-16')
  expect(
    await owner(`SELECT customer_id AS customer, issue_date::text AS on FROM billing.invoice
      WHERE contract_id = $1 ORDER BY number`),
  ).toEqual([
    { customer: 'cus_merged', on: '2026-06-15' },
    { customer: 'cus_merged', on: '2026-07-16' },
    { customer: 'cus_merged', on: '2026-08-04' },
    { customer: 'survivor', on: '2026-08-16' },
  ])
  expect((await billUse('after')).userErrors).toMatchObject([{ code: 'LINES_MISSING' }])
})

it('is deferred as one at the close: nothing that was billed under the former name counts as unbilled', async () => {
  world.clock.set('2026-09-01T00:05:00Z')
  for (const period of ['01', '02', '03', '04', '05', '06', '07', '08'].map((month) => `2026-${month}`)) {
    const asked = { legalEntityId: 'entity-1', period, actor: 'Ada', idempotencyKey: period }
    expect(await world.start(CLOSE, asked)).toMatchObject({ period: { status: 'CLOSED' }, userErrors: [] })
  }
  // 14 days of September are billed and not earned.
  expect(
    await owner(`SELECT l.role, sum(l.credit - l.debit)::int AS balance FROM erp.journal_line l
      JOIN erp.journal_entry e ON e.id = l.entry_id
      WHERE e.contract_id = $1 AND e.period <= '2026-08' AND l.role IN ('CONTRACT_ASSETS', 'DEFERRED_REVENUE')
      GROUP BY 1`),
  ).toEqual([{ role: 'DEFERRED_REVENUE', balance: 140_00 }])
  expect(await brokenRules(world)).toEqual([])
})
