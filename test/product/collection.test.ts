// An overdue invoice of ours is asked for on the days of the schedule, until it is paid or a person decides.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { collectOverdueInvoices, workflowDesk } from '#product.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { day, dispute, invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { customerFact } from '#test/support/facts.ts'
import { silentLog } from '#test/support/log.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'

const ANSWER = 'workflow { id status } userErrors { code message field }'
const WRITE_OFF = `mutation ($input: WriteOffInvoiceInput!) { payload: writeOffInvoice(input: $input) { ${ANSWER} } }`
const ACTIVATE =
  'mutation ($input: ActivateModelInput!) { activateModel(input: $input) { userErrors { code } } }'
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { payload: resolveException(input: $input) { ${ANSWER} } }`

let world: FlowWorld
let count = 0
let [customerId, invoiceId] = ['', '']
beforeAll(async () => {
  world = await openFlowWorld()
})
/** 540.00, due on 1 June. */
beforeEach(async () => {
  count += 1
  customerId = `cus_${count}`
  invoiceId = `inv_${count}`
  world.clock.set('2026-06-01T12:00:00Z')
  await world.record({ customers: [customerFact({ id: customerId })] })
  await bill('revgraph')
})
afterAll(() => world.close())

const bill = (system: string, fields: Parameters<typeof invoiceFact>[0] = {}): Promise<unknown> =>
  world.record({
    invoices: [
      invoiceFact({
        id: invoiceId,
        customerId,
        number: invoiceId,
        issueDate: day('2026-05-02'),
        dueDate: day('2026-06-01'),
        lines: [invoiceLine(540_00n, { id: `line_${invoiceId}` })],
        externalRefs: [
          {
            system,
            instance: 'default',
            objectType: 'invoice',
            externalId: invoiceId,
            url: null,
            sourceVersion: 1n,
          },
        ],
        ...fields,
      }),
    ],
  })
const owner = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  world.database.owner.rows<Row>({ text, values })

/** What a node does when it looks on a day, and how the collection of the invoice is once that is done. */
async function lookOn(date: string): Promise<string> {
  world.clock.set(`2026-${date}T12:00:00Z`)
  const { database, clock } = world
  await collectOverdueInvoices(database.of, workflowDesk(database.of, clock, silentLog), clock)
  await expect.poll(underWay, { interval: 20 }).toEqual([])
  const [dunning] = await owner<{ status: string; attempts: number; next: string | null }>(
    'SELECT status, attempts, next_attempt_on::text AS next FROM billing.dunning WHERE invoice_id = $1',
    [invoiceId],
  )
  return dunning === undefined
    ? 'none'
    : [dunning.status, dunning.attempts, dunning.next ?? ''].join(' ').trim()
}
const underWay = (): Promise<object[]> =>
  owner(`SELECT id FROM operations.workflow WHERE flow = 'collectInvoice'
    AND status NOT IN ('COMPLETED', 'COMPENSATED', 'EXCEPTION')`)
const attempts = (): Promise<{ status: string }[]> =>
  owner(
    `SELECT status FROM operations.workflow WHERE flow = 'collectInvoice' AND subject = $1 ORDER BY accepted_at`,
    [`collection:${invoiceId}`],
  )

const pay = (amount: bigint): Promise<unknown> =>
  world.record({
    payments: [
      paymentFact({
        id: `pay_${count}`,
        customerId,
        amount,
        receivedOn: day('2026-06-05'),
        allocations: [{ id: `alc_${count}`, invoiceId, amount }],
      }),
    ],
  })

it('is attempted on the days of the schedule, each once however often it is looked', async () => {
  expect(await lookOn('06-03')).toBe('none')
  expect(await lookOn('06-04')).toBe('ACTIVE 1 2026-06-09')
  await Promise.all(Array.from({ length: 10 }, () => lookOn('06-04')))
  expect(await lookOn('06-08')).toBe('ACTIVE 1 2026-06-09')
  expect(await lookOn('06-09')).toBe('ACTIVE 2 2026-06-16')
  expect(await attempts()).toEqual([{ status: 'COMPLETED' }, { status: 'COMPLETED' }])
})

const exceptions = async () => {
  const { data } = await world.ask<{ exceptions: { nodes: readonly Record<string, unknown>[] } }>(
    `query ($customer: ID!) { exceptions(first: 5, filter: { customer: { in: [$customer] } }) {
      nodes { id class code status owner moneyAtRisk { amount } workflow { flow } } } }`,
    { customer: customerId },
  )
  return data?.exceptions.nodes ?? []
}

describe('after the last attempt', () => {
  beforeEach(async () => {
    for (const date of ['06-04', '06-09', '06-16']) await lookOn(date)
    expect(await lookOn('06-23')).toBe('EXHAUSTED 4')
  })
  it('a person decides: it is written off, and that is the end of it', async () => {
    const [open] = await exceptions()
    expect(open).toMatchObject({
      class: 'COLLECTION_EXHAUSTED',
      code: 'COLLECTION_EXHAUSTED',
      status: 'OPEN',
      owner: 'FINANCE',
      moneyAtRisk: { amount: '540.00' },
      workflow: { flow: 'collectInvoice' },
    })
    await world.start<FlowPayload>(WRITE_OFF, {
      invoiceId,
      reason: 'Insolvent',
      idempotencyKey: `off-${count}`,
    })
    const retry = {
      exceptionId: open?.['id'],
      action: 'RETRY',
      reason: 'It is written off',
      idempotencyKey: `r${count}`,
    }
    await world.start<FlowPayload>(RESOLVE, retry)
    await expect.poll(exceptions).toMatchObject([{ status: 'RESOLVED' }])
    expect((await attempts()).at(-1)).toEqual({ status: 'COMPLETED' })
  })

  it('nothing more is attempted', async () => {
    expect(await lookOn('07-23')).toBe('EXHAUSTED 4')
    expect(await attempts()).toHaveLength(4)
  })
})

it('has finance decide also under a model that was activated before that was a class of its own', async () => {
  const activating = { model: 'crm-led', actor: 'ada', reason: 'As before.', idempotencyKey: 'old' }
  await world.ask(ACTIVATE, { input: activating })
  await owner(`WITH old AS (
      INSERT INTO operations.workflow_model (hash, content)
      SELECT 'old', jsonb_set(content, '{parts,0,model,exceptions}', jsonb_path_query_array(content,
        '$.parts[0].model.exceptions[*] ? (@.class != "COLLECTION_EXHAUSTED")'))
      FROM operations.workflow_model RETURNING hash)
    UPDATE operations.model_activation SET hash = 'old'`)
  for (const date of ['06-04', '06-09', '06-16', '06-23']) await lookOn(date)
  await expect.poll(exceptions).toMatchObject([{ class: 'COLLECTION_EXHAUSTED', owner: 'FINANCE' }])
})

it('is over once it is paid; part of it is not all', async () => {
  await lookOn('06-04')
  await pay(40_00n)
  expect(await lookOn('06-09')).toBe('ACTIVE 2 2026-06-16')
  await world.record({
    payments: [
      paymentFact({
        id: `pay_rest_${count}`,
        customerId,
        amount: 500_00n,
        receivedOn: day('2026-06-10'),
        allocations: [{ id: `alc_rest_${count}`, invoiceId, amount: 500_00n }],
      }),
    ],
  })
  expect(await lookOn('06-11')).toBe('RECOVERED 2')
  expect(await lookOn('06-16')).toBe('RECOVERED 2')
  expect(await attempts()).toHaveLength(3)
})

const contested = (fields: Parameters<typeof dispute>[0]) =>
  world.record({
    disputes: [
      dispute({ id: `dsp_${count}`, paymentId: `pay_${count}`, customerId, amount: 40_00n, ...fields }),
    ],
  })

it('waits while the customer contests a payment at the bank', async () => {
  await pay(40_00n)
  await contested({ openedOn: day('2026-06-05') })
  expect(await lookOn('06-09')).toBe('none')
  await contested({
    openedOn: day('2026-06-05'),
    status: 'WON',
    closedOn: day('2026-06-12'),
    externalRefs: newer(),
  })
  expect(await lookOn('06-12')).toBe('ACTIVE 1 2026-06-17')
})
const newer = () => [
  {
    system: 'bank',
    instance: 'a',
    objectType: 'dispute',
    externalId: `d${count}`,
    url: null,
    sourceVersion: 2n,
  },
]

it('is left to the system that issued it', async () => {
  invoiceId = `inv_other_${count}`
  await bill('stripe')
  expect(await lookOn('06-04')).toBe('none')
  expect(await attempts()).toEqual([])
})

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
