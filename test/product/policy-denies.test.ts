// A policy denies before any outside system hears of it (row 31): the gates and limits of the model in force, each
// named in the denial. Over the graph of real nodes; the logs of the outside systems are the witnesses.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditProfile } from '#test/erp/books.ts'
import { type LoggedEffect, readEffects } from '#test/simulators/log.ts'
import type { Simulator } from '#test/simulators/start.ts'
import { type FlowPayload, usd } from './flows.ts'
import { type DealWorld, openDealWorld } from './outside-deals.ts'
import { openOutsideWorld, type OutsideWorld } from './outside-world.ts'

const ACTIVATE = `mutation ($input: ActivateModelInput!) { answer: activateModel(input: $input) {
  userErrors { code message } } }`
const APPROVALS = `query { answer: approvals(first: 100, filter: { status: { in: [PENDING] } }) {
  nodes { id gate workflow { id } } } }`
const DECIDE = `mutation ($input: DecideApprovalInput!) { answer: decideApproval(input: $input) {
  workflow { id status failure { code message } } userErrors { code } } }`
const EXCEPTIONS = `query { answer: exceptions(first: 100, filter: { status: { in: [OPEN] } }) {
  nodes { id class field message workflow { id } } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { answer: resolveException(input: $input) {
  workflow { status failure { code } } userErrors { code } } }`

type Asking = Pick<DealWorld, 'ask'>

let activations = 0

/** Has a model hold from now on, as its file says or with something of it changed. */
async function activate({ ask }: Asking, model: string, change = (text: string) => text): Promise<void> {
  const source = change(readFileSync(new URL(`../../schema/models/${model}.yaml`, import.meta.url), 'utf8'))
  activations += 1
  const idempotencyKey = `activation ${activations}`
  const input = { model, source, actor: 'ada', reason: 'The board decided', idempotencyKey }
  expect(await ask(ACTIVATE, { input })).toEqual({ userErrors: [] })
}

/** Decides what a workflow asks a person at a gate. */
async function decide({ ask }: Asking, workflowId: string, decision: 'APPROVE' | 'REJECT') {
  const { nodes } = await ask<{ nodes: { id: string; workflow: { id: string } }[] }>(APPROVALS)
  const approval = nodes.find(({ workflow }) => workflow.id === workflowId)
  const input = { approvalId: approval?.id, decision, reason: 'Not before they pay', decidedBy: 'frida' }
  return ask(DECIDE, { input })
}

const doneIn = (...systems: readonly Simulator[]): LoggedEffect[] =>
  systems.flatMap(({ logPath }) => readEffects(logPath))

/** What any node as much as meant to do outside for a workflow. */
const intended = ({ database }: Pick<DealWorld, 'database'>, workflowId: string): Promise<object[]> =>
  database.owner.rows({
    text: 'SELECT operation FROM operations.effect WHERE starts_with(effect_key, $1)',
    values: [workflowId],
  })

describe('where outside systems master CRM and the ledgers', () => {
  let world: DealWorld
  beforeAll(async () => {
    world = await openDealWorld()
  }, 60_000)
  afterAll(() => world.shut())

  const inLedgers = () => doneIn(...Object.values(world.ledgers))
  /** Beside a deal, CRM is told how its customer stands. */
  const inCrm = () => doneIn(world.crm).filter(({ operation }) => operation !== 'updateStanding')

  it('a deal with a customer on credit hold is denied at the gate of accounting', async () => {
    await activate(world, 'erp-led')
    const opportunityId = await world.offered('held', 'US')
    const held = { customerId: 'cus_held', onHold: true, holdReason: 'Insolvency' }
    await world.record({ creditProfiles: [creditProfile(held)] })
    const id = await world.close(opportunityId)
    await world.becomes(id, 'AWAITING_APPROVAL')
    expect(await decide(world, id, 'REJECT')).toMatchObject({
      workflow: {
        status: 'COMPENSATED',
        failure: { code: 'APPROVAL_REJECTED', message: 'credit-hold: Not before they pay' },
      },
    })
    expect([inLedgers(), inCrm(), await intended(world, id)]).toEqual([[], [], []])
  })

  it('a deal beyond the limit of the model is denied by that limit', async () => {
    await activate(world, 'crm-led', (text) => text.replace("USD: '5000000.00'", "USD: '9999.99'"))
    const id = await world.close(await world.offered('large', 'US'))
    await world.becomes(id, 'EXCEPTION')
    const { nodes } = await world.ask<{ nodes: { id: string; workflow: { id: string } }[] }>(EXCEPTIONS)
    const exception = nodes.find(({ workflow }) => workflow.id === id)
    expect(exception).toMatchObject({
      class: 'OUTGROWN',
      field: 'limits.dealAmount',
      message: 'crm-led is outgrown: a deal of 12000.00 USD, where the model is made for 9999.99',
    })
    const input = { exceptionId: exception?.id, action: 'COMPENSATE', reason: 'Not for us', actor: 'ada' }
    expect(await world.ask(RESOLVE, { input })).toMatchObject({
      workflow: { status: 'COMPENSATED', failure: { code: 'OUTGROWN' } },
    })
    expect([inLedgers(), inCrm(), await intended(world, id)]).toEqual([[], [], []])
  })

  it('a deal that no policy is against is heard of in the ledger and in CRM', async () => {
    await activate(world, 'crm-led')
    const id = await world.close(await world.offered('fine', 'US'))
    await world.becomes(id, 'COMPLETED')
    expect(inCrm()).toMatchObject([{ operation: 'updateOpportunity' }])
    expect(inLedgers()).toMatchObject([{ operation: 'createAccount' }, { operation: 'postDocument' }])
  })
})

describe('where an outside system masters billing, and accounting leads', () => {
  let world: OutsideWorld
  beforeAll(async () => {
    world = await openOutsideWorld()
    await activate(world, 'erp-led')
  }, 60_000)
  afterAll(() => world.close())

  const REFUND = `mutation ($input: RefundPaymentInput!) { answer: refundPayment(input: $input) {
    workflow { id status } userErrors { code } } }`
  const CREDIT = `mutation ($input: IssueCreditNoteInput!) { answer: issueCreditNote(input: $input) {
    workflow { id status } userErrors { code } } }`
  const WRITE_OFF = `mutation ($input: WriteOffInvoiceInput!) { answer: writeOffInvoice(input: $input) {
    workflow { id status } userErrors { code } } }`

  const waiting = async (document: string, input: object): Promise<string> => {
    const { workflow } = await world.ask<FlowPayload>(document, { input })
    expect(workflow?.status).toBe('AWAITING_APPROVAL')
    return workflow?.id ?? ''
  }
  const refundOf = async (name: string): Promise<string> =>
    waiting(REFUND, {
      paymentId: await world.paid(name),
      amount: usd('540.00'),
      reason: 'Outage',
      idempotencyKey: name,
    })

  it.each<[string, () => Promise<string>]>([
    ['a refund', () => refundOf('refunded')],
    [
      'a credit note',
      async () => {
        await world.paid('credited')
        const lines = [{ invoiceLineId: 'line_credited', amount: usd('45.00') }]
        const input = { invoiceId: 'inv_credited', reason: 'Outage', lines, idempotencyKey: 'credited' }
        return waiting(CREDIT, input)
      },
    ],
    [
      'what is written off',
      async () => {
        const invoiceId = await world.owed('given-up')
        return waiting(WRITE_OFF, { invoiceId, reason: 'Insolvency', idempotencyKey: 'given-up' })
      },
    ],
  ])('%s is denied by its approval', async (_, ask) => {
    const id = await ask()
    expect(await decide(world, id, 'REJECT')).toMatchObject({
      workflow: {
        status: 'COMPENSATED',
        failure: { code: 'APPROVAL_REJECTED', message: 'finance-approval: Not before they pay' },
      },
    })
    expect([doneIn(world.billing), world.stripe.calls, await intended(world, id)]).toEqual([[], [], []])
  })

  it('a refund that a second person agrees to is heard of there', async () => {
    const id = await refundOf('agreed')
    await decide(world, id, 'APPROVE')
    await world.becomes(id, 'COMPLETED')
    expect(doneIn(world.billing)).toMatchObject([{ operation: 'refundPayment' }])
  })
})
