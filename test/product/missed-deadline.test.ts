// Row 64: every class of exception has an owner among sales operations, finance and platform, and a deadline; one that
// is missed goes to the next owner, who is told by an event.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog } from '#test/support/log.ts'
import { workflowDesk } from '#product.ts'
import { watchDeadlines } from '#subgraphs/operations/deadlines/watch.ts'
import { invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { fxRate } from '#test/erp/books.ts'
import { activate } from './article.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'
import { changedModel } from './model-text.ts'

const OWNERS = ['FINANCE', 'PLATFORM', 'SALES_OPERATIONS']

const MODELS = `{ workflowModels { name parts { exceptions { class owner deadlineHours escalateTo } } } }`
const FAILED = '{ failedTransactions { class owner } }'
const PAY = `mutation ($input: RecordPaymentInput!) { payload: recordPayment(input: $input) {
  workflow { id status } replayed userErrors { code field } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { payload: resolveException(input: $input) {
  exception { status } workflow { status } replayed userErrors { code field message } } }`
const EXCEPTIONS = `{ exceptions(first: 5) { nodes {
  id class status owner assignee openedAt dueAt escalations resolvedAt moneyAtRisk { amount currency } } } }`
const TOLD = `query ($filter: EventFilter) { events(first: 100, filter: $filter) { nodes { type subject } } }`

interface Rule {
  readonly class: string
  readonly owner: string
  readonly deadlineHours: number
  readonly escalateTo: string
}

let world: FlowWorld
let stop: () => Promise<void>
beforeAll(async () => {
  world = await openFlowWorld()
  const { clock, database } = world
  // As a node of the product does, only more often.
  const watch = watchDeadlines({
    db: database.of('operations'),
    context: { subgraph: 'operations', clock, correlationId: 'deadlines' },
    log: silentLog,
    ring: workflowDesk(database.of, clock, silentLog).ring,
    pollMs: 10,
  })
  stop = () => watch.stop()
})
afterAll(async () => {
  await stop()
  await world.close()
})

const ask = async <Answer>(document: string, variables: object = {}): Promise<Answer> => {
  const { data, errors } = await world.ask<Record<string, Answer>>(document, variables)
  if (!data || errors) throw new Error(JSON.stringify(errors))
  return Object.values(data)[0] as Answer
}
/** Who answers for what failed of a class. */
const ownerOf = async (name: string): Promise<string | undefined> =>
  (await ask<{ class: string; owner: string }[]>(FAILED)).find((each) => each.class === name)?.owner
const only = async (): Promise<{ readonly id: string }> => {
  const { nodes } = await ask<{ nodes: { id: string }[] }>(EXCEPTIONS)
  expect(nodes).toHaveLength(1)
  return nodes[0] ?? { id: '' }
}

describe('who answers', () => {
  it('is named for every class of exception by every model, with a deadline and who has it after that', async () => {
    const models = await ask<{ name: string; parts: { exceptions: Rule[] }[] }[]>(MODELS)
    const failed = await ask<{ class: string; owner: string }[]>(FAILED)
    const notExceptions = ['POSTING_BLOCKED', 'EVENT_SET_ASIDE', 'WEBHOOK_UNDELIVERED']
    const classes = failed.map((each) => each.class).filter((name) => !notExceptions.includes(name))
    for (const { exceptions } of models.flatMap(({ parts }) => parts)) {
      expect(exceptions.map((rule) => rule.class).toSorted()).toEqual(classes.toSorted())
      for (const { owner, escalateTo, deadlineHours } of exceptions) {
        expect(OWNERS).toEqual(expect.arrayContaining([owner, escalateTo]))
        expect(deadlineHours).toBeGreaterThan(0)
      }
    }
    expect([...new Set(failed.map(({ owner }) => owner))].toSorted()).toEqual(OWNERS)
  })

  it('of what failed is whom the model names that holds', async () => {
    expect(await ownerOf('OUTGROWN')).toBe('SALES_OPERATIONS')
    const source = changedModel('crm-led', ({ exceptions }) => ({
      exceptions: exceptions.map((rule) =>
        rule.class === 'OUTGROWN' ? { ...rule, owner: 'FINANCE' } : rule,
      ),
    }))
    await activate(world, 'crm-led', 'finance', source)
    expect(await ownerOf('OUTGROWN')).toBe('FINANCE')
  })
})

describe('a payment of 540.00 francs, of which the books know no rate', () => {
  const AT_RISK = { class: 'POSTING_REJECTED', moneyAtRisk: { amount: '540.00', currency: 'CHF' } }

  it('waits for finance, and for somebody of it who takes it, until the next noon', async () => {
    await world.record({
      invoices: [invoiceFact({ id: 'inv', number: 'N', currency: 'CHF', lines: [invoiceLine(540_00n)] })],
    })
    const amount = { amount: '540.00', currency: 'CHF' }
    await world.start<FlowPayload>(PAY, {
      customerId: 'customer-1',
      amount,
      method: 'BANK_TRANSFER',
      receivedAt: '2026-06-15T09:00:00Z',
      allocations: [{ invoiceId: 'inv', amount }],
      idempotencyKey: 'pay',
    })
    const { id } = await only()
    await world.start(RESOLVE, {
      exceptionId: id,
      action: 'ASSIGN',
      assignee: 'Fin',
      reason: 'It is mine',
      actor: 'Fin',
    })
    expect(await only()).toMatchObject({
      ...AT_RISK,
      status: 'ASSIGNED',
      owner: 'FINANCE',
      assignee: 'Fin',
      dueAt: '2026-06-16T12:00:00Z',
      escalations: 0,
    })
  })

  it('is a matter of the platform after that, which is told, with a day of its own', async () => {
    world.clock.advance({ hours: 24 })
    await expect.poll(only).toMatchObject({
      ...AT_RISK,
      status: 'OPEN',
      owner: 'PLATFORM',
      assignee: null,
      openedAt: '2026-06-15T12:00:00Z',
      dueAt: '2026-06-17T12:00:00Z',
      escalations: 1,
    })
    const { id } = await only()
    const filter = { types: ['revgraph.operations.exception.escalated.v1'] }
    await expect
      .poll(() => ask(TOLD, { filter }))
      .toEqual({
        nodes: [{ type: 'revgraph.operations.exception.escalated.v1', subject: id }],
      })
  })

  it('is resolved once it is mended, and no deadline is missed any more', async () => {
    await world.record({ fxRates: [fxRate('CHF', 'USD', '1.1', '2026-01-01')] })
    const { id } = await only()
    const retry = { exceptionId: id, action: 'RETRY', reason: 'The rate is there', actor: 'Pat' }
    expect(await world.start(RESOLVE, retry)).toMatchObject({ workflow: { status: 'COMPLETED' } })
    world.clock.advance({ hours: 100 })
    await expect.poll(only).toMatchObject({ status: 'RESOLVED', owner: 'PLATFORM', escalations: 1 })
  })
})
