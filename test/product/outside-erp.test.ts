// Where an outside system masters ERP: it opens the accounts of customers, and its general ledger gets each entry of
// our books once, whatever dies, answers late or refuses. Over the graph of real nodes; its own log is the witness.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { fxRate } from '#test/erp/books.ts'
import { day, invoiceFact, invoiceLine, paymentFact, range, refundFact } from '#test/domain/documents.ts'
import type { Fault } from '#test/simulators/faults.ts'
import { effectsOf, type LoggedEffect, readEffects } from '#test/simulators/log.ts'
import type { FlowPayload } from './flows.ts'
import { type Company, type DealWorld, openDealWorld, VISIBLE_AFTER_MS } from './outside-deals.ts'
import { SETTLED_MS, TIMEOUT_MS } from './outside-world.ts'

const ENTRIES = `query ($id: ID!) { answer: invoice(id: $id) {
  posting { entries: journalEntries { id number externalRefs { system objectType externalId } } } } }`
const EXCEPTIONS = `query { answer: exceptions(first: 100, filter: { status: { in: [OPEN] } }) {
  nodes { id class code owner field workflow { id status } } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { answer: resolveException(input: $input) {
  workflow { status } userErrors { code message } } }`
const CLOSE = `mutation ($input: ClosePeriodInput!) { answer: closePeriod(input: $input) {
  workflow { id status } replayed userErrors { code message field } } }`
const SETTLE = `mutation ($input: SettlePaymentInput!) { answer: settlePayment(input: $input) {
  workflow { id status } replayed userErrors { code message field } } }`

let world: DealWorld
beforeAll(async () => {
  world = await openDealWorld()
}, 60_000)
afterAll(() => world.shut())

let count = 0
beforeEach(async () => {
  count += 1
  const noFaults = { script: [], slowMs: 300, isDown: false }
  await world.ledgers.US.control({ ...noFaults, duplicates: 'REPLAYED' })
  await world.ledgers.DE.control({
    ...noFaults,
    duplicates: 'ACCEPTED',
    isSearchable: true,
    visibleAfterMs: VISIBLE_AFTER_MS,
  })
  await world.ledgers.JP.control({ ...noFaults, duplicates: 'ACCEPTED', isSearchable: false })
})

/** A deal of this test, closed; the id of its workflow. */
const sold = async (company: Company = 'US', node = 0): Promise<string> =>
  world.close(await world.offered(`deal${count}`, company), node)

/** What the graph says of the entries of a deal's documents. */
async function entriesOf(
  workflowId: string,
): Promise<{ id: string; number: string; externalRefs: object[] }[]> {
  const [invoice] = await world.database.owner.rows<{ id: string }>({
    text: `SELECT s->'result'->>'invoiceId' AS id FROM operations.workflow w, jsonb_array_elements(w.steps) s
      WHERE w.id = $1 AND s->'result'->>'invoiceId' IS NOT NULL`,
    values: [workflowId],
  })
  const { posting } = await world.ask<{
    posting: { entries: { id: string; number: string; externalRefs: object[] }[] }
  }>(ENTRIES, { id: invoice?.id })
  return posting.entries
}

interface Line {
  readonly account: string
  readonly debit: string
  readonly credit: string
}
const sourceOf = ({ payload }: LoggedEffect): string => (payload as { source: { id: string } }).source.id
const linesOf = ({ payload }: LoggedEffect): readonly Line[] => (payload as { lines: readonly Line[] }).lines

describe('a deal opens one account and brings its entry to the ledger once', () => {
  it.each<[string, Company, Fault[]]>([
    ['where all goes well', 'US', []],
    ['whose answers are lost', 'US', ['LOSE_ANSWER', 'LOSE_ANSWER', 'NONE', 'LOSE_ANSWER', 'LOSE_ANSWER']],
    ['in a burst of 503', 'US', ['NONE', 'UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE']],
    ['of which everything goes wrong', 'US', ['RATE_LIMIT', 'LOSE_ANSWER', 'FAIL_AFTER', 'LOSE_REQUEST']],
    ['where a lost answer is found by our reference, and late', 'DE', ['NONE', 'LOSE_ANSWER']],
    ['where a lost request is found to be absent', 'DE', ['LOSE_REQUEST', 'NONE', 'LOSE_REQUEST']],
    ['that answers 500 after all and knows no repetition', 'DE', ['FAIL_AFTER', 'FAIL_AFTER']],
  ])(
    '%s',
    async (_, company, script) => {
      await world.ledgers[company].control({ script })
      const id = await sold(company)
      await world.becomes(id, 'COMPLETED')
      const [account, document, ...more] = world.effectsFor(id, company)
      expect(more).toEqual([])
      expect(account).toMatchObject({
        operation: 'createAccount',
        effectKey: `${id}/openAccount`,
        payload: { customerId: `cus_deal${count}` },
      })
      const [entry, ...others] = await entriesOf(id)
      expect(others).toEqual([])
      expect(document).toMatchObject({
        operation: 'postDocument',
        effectKey: `${id}/postInvoice/${entry?.id}`,
        payload: { entryId: entry?.id, number: entry?.number, legalEntity: company },
      })
      expect(document && linesOf(document)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ account: '1100', debit: '1200000', credit: '0' }),
          expect.objectContaining({ debit: '0', credit: '1200000' }),
        ]),
      )
      expect(entry?.externalRefs).toContainEqual({
        system: `erp-${company.toLowerCase()}`,
        objectType: 'journalEntry',
        externalId: document?.externalId,
      })
    },
    SETTLED_MS,
  )

  it('whose nodes are killed after it was sent and before that was recorded', async () => {
    const slow = async (): Promise<number> => (await world.ledgers.US.control({})).met.SLOW ?? 0
    const before = await slow()
    await world.ledgers.US.control({ script: ['NONE', 'SLOW'], slowMs: TIMEOUT_MS })
    const opportunityId = await world.offered(`deal${count}`, 'US')
    const asked = world.close(opportunityId).then(
      () => 'ANSWERED',
      () => 'BROKEN OFF',
    )
    await expect.poll(slow).toBe(before + 1)
    await world.kill()
    expect(await asked).toBe('BROKEN OFF')
    await world.revive()
    const id = await world.close(opportunityId)
    await world.becomes(id, 'COMPLETED')
    expect(world.effectsFor(id)).toMatchObject([
      { operation: 'createAccount' },
      { operation: 'postDocument' },
    ])
  }, 180_000)
})

it('a customer has one account, however many deals', async () => {
  const [first, second] = [await sold(), `again${count}`]
  await world.becomes(first, 'COMPLETED')
  const id = await world.close(await world.offered(second, 'US', { customer: `deal${count}` }))
  await world.becomes(id, 'COMPLETED')
  expect(world.effectsFor(id)).toMatchObject([{ operation: 'postDocument' }])
})

async function exceptionOf(id: string, expected: object): Promise<string> {
  const { nodes: open } = await world.ask<{ nodes: { id: string; workflow: { id: string } | null }[] }>(
    EXCEPTIONS,
  )
  const exception = open.find(({ workflow }) => workflow?.id === id)
  expect(exception).toMatchObject(expected)
  return exception?.id ?? ''
}
const resolve = (exceptionId: string, action: string, fields: object = {}) =>
  world.ask(RESOLVE, {
    input: {
      exceptionId,
      action,
      reason: 'Mended',
      actor: 'mary',
      idempotencyKey: `${action}-${count}`,
      ...fields,
    },
  })

describe('what the ledger refuses is for finance', () => {
  it('who has it tried again: from the step at which it was refused, and once', async () => {
    await world.ledgers.US.control({ script: ['NONE', 'REFUSE'] })
    const id = await sold()
    await world.becomes(id, 'EXCEPTION')
    const [entry] = await entriesOf(id)
    const exceptionId = await exceptionOf(id, {
      class: 'POSTING_REJECTED',
      code: 'OUTSIDE_REFUSED',
      owner: 'FINANCE',
      field: entry?.id,
    })
    await resolve(exceptionId, 'RETRY')
    await world.becomes(id, 'COMPLETED')
    const [, document, ...more] = world.effectsFor(id)
    expect(more).toEqual([])
    expect(document?.idempotencyKey).toBe(`${id}/postInvoice/${entry?.id}~1`)
  })

  it('be it an account: the deal waits, and nothing of it is taken back', async () => {
    await world.ledgers.US.control({ script: ['REFUSE'] })
    const id = await sold()
    await world.becomes(id, 'EXCEPTION')
    await resolve(await exceptionOf(id, { class: 'POSTING_REJECTED', owner: 'FINANCE' }), 'RETRY')
    await world.becomes(id, 'COMPLETED')
    expect(world.effectsFor(id)).toHaveLength(2)
  })
})

it('an entry that our books could make only later goes to the ledger as well, whoever had it made', async () => {
  const id = await world.close(await world.offered(`deal${count}`, 'DE', { currency: 'USD' }))
  await world.becomes(id, 'EXCEPTION')
  const exceptionId = await exceptionOf(id, { code: 'RATE_MISSING' })
  await world.record({ fxRates: [fxRate('USD', 'EUR', '0.9', '2026-01-01')] })
  const [entry] = await entriesOf(id)
  await resolve(exceptionId, 'RETRY')
  await world.becomes(id, 'COMPLETED')
  // Whichever comes first brings it, the deal or whoever heard that it was posted.
  const brought = readEffects(world.ledgers.DE.logPath).filter(
    ({ payload }) => (payload as { number?: string }).number === entry?.number,
  )
  expect(brought).toMatchObject([{ operation: 'postDocument' }])
})

describe('where the ledger can neither be searched nor told repetitions', () => {
  it.each<[string, Fault, string]>([
    ['what was made is adopted', 'LOSE_ANSWER', 'ADOPT'],
    ['what was not made is sent again', 'LOSE_REQUEST', 'SEND_AGAIN'],
  ])('a person looks, and %s', async (_, fault, action) => {
    await world.ledgers.JP.control({ script: ['NONE', fault] })
    const id = await sold('JP')
    await world.becomes(id, 'EXCEPTION')
    const exceptionId = await exceptionOf(id, { class: 'OUTCOME_UNKNOWN' })
    expect(await resolve(exceptionId, 'EDIT_AND_RETRY', { payload: {} })).toMatchObject({ userErrors: [{}] })
    const externalId = world.effectsFor(id, 'JP')[1]?.externalId ?? null
    await resolve(exceptionId, action, { externalId })
    await world.becomes(id, 'COMPLETED')
    expect(world.effectsFor(id, 'JP')).toMatchObject([
      { operation: 'createAccount' },
      { operation: 'postDocument' },
    ])
  })
})

it('an entry that takes back another is a reversal there, and names what it reverses', async () => {
  const [invoiceId, paymentId] = [`inv_${count}`, `pay_${count}`]
  const lines = [invoiceLine(540_00n, { id: `line_${count}` })]
  const givenUp = { lifecycle: 'UNCOLLECTIBLE', closedOn: day('2026-10-31') } as const
  const allocations = [{ id: `alc_${count}`, invoiceId, amount: 100_00n }]
  await world.record({
    invoices: [invoiceFact({ id: invoiceId, number: `W-${count}`, lines, ...givenUp })],
    payments: [paymentFact({ id: paymentId, outcome: 'PENDING', amount: 100_00n, allocations })],
  })
  const settledAt = '2026-11-02T09:00:00Z'
  const input = { paymentId, outcome: 'SUCCEEDED', settledAt, idempotencyKey: `settle-${count}` }
  const { workflow } = await world.ask<FlowPayload>(SETTLE, { input })
  const id = workflow?.id ?? ''
  await world.becomes(id, 'COMPLETED')
  const effects = world.effectsFor(id)
  const reversal = effects.find(({ operation }) => operation === 'reverseEntry')
  expect(reversal?.payload).toMatchObject({
    purpose: 'INVOICE_WRITTEN_OFF',
    reverses: { number: expect.stringMatching(/^US-/) as unknown },
  })
  expect(effects.map(({ payload }) => (payload as { purpose: string }).purpose).toSorted()).toEqual([
    'INVOICE_WRITTEN_OFF',
    'INVOICE_WRITTEN_OFF',
    'PAYMENT_RECEIVED',
  ])
})

it('what our books post by themselves is brought there too: a payment that was told of, and its refund', async () => {
  const [invoiceId, paymentId, refundId] = [`inv_${count}`, `pay_${count}`, `re_${count}`]
  const lines = [invoiceLine(540_00n, { id: `line_${count}` })]
  const allocations = [{ id: `alc_${count}`, invoiceId, amount: 540_00n }]
  await world.record({
    invoices: [invoiceFact({ id: invoiceId, number: `T-${count}`, lines })],
    payments: [paymentFact({ id: paymentId, amount: 540_00n, allocations })],
    refunds: [refundFact({ id: refundId, paymentId, amount: 40_00n })],
  })
  const about = new Set([invoiceId, paymentId, refundId])
  const brought = (): string[] =>
    readEffects(world.ledgers.US.logPath)
      .filter(({ operation }) => operation === 'postDocument')
      .map(sourceOf)
      .filter((id) => about.has(id))
      .toSorted()
  await expect.poll(brought, { timeout: SETTLED_MS }).toEqual([...about].toSorted())
})

it('what the close of a month earns is brought there as well', async () => {
  const lines = [
    invoiceLine(1_200n, { id: `line_${count}`, servicePeriod: range('2026-01-01', '2026-02-01') }),
  ]
  const about = { legalEntityId: 'entity-jp', currency: 'JPY' }
  await world.record({
    invoices: [invoiceFact({ ...about, id: `inv_${count}`, number: `C-${count}`, lines })],
  })
  const input = {
    legalEntityId: 'entity-jp',
    period: '2026-01',
    actor: 'Ada',
    idempotencyKey: `close-${count}`,
  }
  const { workflow, userErrors } = await world.ask<FlowPayload>(CLOSE, { input })
  expect(userErrors).toEqual([])
  await world.becomes(workflow?.id ?? '', 'COMPLETED')
  const earned = (): LoggedEffect[] =>
    readEffects(world.ledgers.JP.logPath).filter(
      ({ payload }) => (payload as { purpose?: string }).purpose === 'REVENUE_RECOGNIZED',
    )
  await expect
    .poll(earned, { timeout: SETTLED_MS })
    .toMatchObject([{ payload: { period: '2026-01', lines: [{ debit: '1200' }, { credit: '1200' }] } }])
})

it('what a deal posts is brought there once, though everybody hears that it was posted', async () => {
  const id = await sold()
  await world.becomes(id, 'COMPLETED')
  const shared = await world.database.owner.rows({
    text: `SELECT FROM operations.workflow WHERE flow = 'shareEntry' AND customer_id = $1`,
    values: [`cus_deal${count}`],
  })
  expect(shared).toEqual([])
})

const DEALS = 20
const CUSTOMERS = 5

it('twenty deals while the ERP is down are accepted, and drain in order once it is back (row 60)', async () => {
  await world.ledgers.US.control({ isDown: true })
  const names = Array.from(
    { length: DEALS },
    (_, deal) => [`down${deal}`, `down${deal % CUSTOMERS}`] as const,
  )
  const opportunities: string[] = []
  for (const [name, customer] of names) opportunities.push(await world.offered(name, 'US', { customer }))
  const ids = await Promise.all(
    opportunities.map(async (opportunityId, deal) => world.close(opportunityId, deal % 2)),
  )
  const statuses = await world.database.owner.rows({
    text: `SELECT status IN ('ACCEPTED', 'RUNNING', 'RETRYING') AS waits, count(*)::int AS deals
      FROM operations.workflow WHERE id = ANY($1) GROUP BY 1`,
    values: [ids],
  })
  expect(statuses).toEqual([{ waits: true, deals: DEALS }])
  await world.ledgers.US.control({ isDown: false })
  for (const id of ids) await world.becomes(id, 'COMPLETED')

  const done = readEffects(world.ledgers.US.logPath)
  expect([...effectsOf(world.ledgers.US.logPath).values()].every((times) => times === 1)).toBe(true)
  const posted = done.filter(
    ({ operation, effectKey }) => operation === 'postDocument' && isOf(ids, effectKey),
  )
  expect(posted).toHaveLength(DEALS)
  // Of each customer in the order in which they were accepted.
  const accepted = await world.database.owner.rows<{ id: string; customerId: string }>({
    text: `SELECT id, customer_id AS "customerId" FROM operations.workflow WHERE id = ANY($1) ORDER BY place`,
    values: [ids],
  })
  const inOrder = Map.groupBy(accepted, ({ customerId }) => customerId)
  for (const [, own] of inOrder) {
    const keys = own.map(({ id }) => id)
    expect(posted.map(({ effectKey }) => workflowOf(effectKey)).filter((id) => keys.includes(id))).toEqual(
      keys,
    )
  }
}, 180_000)

const workflowOf = (effectKey: string): string => effectKey.split('/')[0] ?? ''
const isOf = (ids: readonly string[], effectKey: string): boolean => ids.includes(workflowOf(effectKey))

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
