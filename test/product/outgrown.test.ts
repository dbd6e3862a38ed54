// A deal that its workflow model was not made for (row 15) waits for a person, until a larger model holds.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ContractLine } from '#domain/crm.ts'
import { EXCEPTION_CLASSES } from '#domain/exception.ts'
import { contractLine, range } from '#test/domain/documents.ts'
import { monthly, yearly } from '#test/domain/deals.ts'
import { stated } from '#test/erp/books.ts'
import { contractFact, customerFact, opportunityFact } from '#test/support/facts.ts'
import { AMEND, openAmendWorld, previewed, upgrade, yearOf } from './amending.ts'
import { approvePending } from './article.ts'
import { ADDRESS } from './deals.ts'
import { type FlowPayload, type FlowWorld, usd } from './flows.ts'
import { changedModel, modelFile } from './model-text.ts'

const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
  contract { id } workflow { id status failure { code message } } replayed userErrors { code message field } } }`
const ACTIVATE = `mutation ($input: ActivateModelInput!) { payload: activateModel(input: $input) {
  activation { model } userErrors { code message } } }`
const EXCEPTIONS = `{ exceptions(first: 10, filter: { status: { in: [OPEN] } }) {
  nodes { id class owner dueAt message moneyAtRisk { amount currency } payload workflow { id } } } }`
const PENDING = `{ approvals(first: 10, filter: { status: { in: [PENDING] } }) {
  nodes { id gate approver band moneyAtRisk { amount currency } } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) {
  resolveException(input: $input) { workflow { id status } userErrors { code message } } }`

let world: FlowWorld
let count = 0
beforeAll(async () => {
  world = await openAmendWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  count += 1
})

/** Has a model hold, as its file says or as a text that somebody made of it. */
async function activate(model: string, source = modelFile(`models/${model}`)): Promise<void> {
  const decision = { actor: 'Jo', reason: 'To see what it is made for' }
  const { userErrors } = await world.start(ACTIVATE, {
    model,
    source,
    ...decision,
    idempotencyKey: `activate ${model} ${count}`,
  })
  expect(userErrors).toEqual([])
}

/** The model that sales lead, with a narrower limit. */
const narrowed = (limit: string, narrower: string): string =>
  modelFile('models/crm-led').replace(limit, narrower)

interface Waiting {
  readonly id: string
  readonly class: string
  readonly owner: string
  readonly message: string
  readonly dueAt: string
  readonly payload: Readonly<Record<string, unknown>>
}

const waitingOf = async (workflowId: string | undefined): Promise<Waiting | undefined> => {
  const { data } = await world.ask<{ exceptions: { nodes: (Waiting & { workflow: { id: string } })[] } }>(
    EXCEPTIONS,
  )
  return data?.exceptions.nodes.find(({ workflow }) => workflow.id === workflowId)
}

const resolve = (exceptionId: string | undefined, action: string, fields: object = {}) =>
  world.ask(RESOLVE, { input: { exceptionId, action, reason: 'Decided', actor: 'Jo', ...fields } })

const pending = async () =>
  (await world.ask<{ approvals: { nodes: object[] } }>(PENDING)).data?.approvals.nodes

/** A year of things that are billed by what is used of them, drafted for a deal. */
async function recordUsageDeal(name: string, things: number): Promise<string> {
  const ids = Array.from({ length: things }, (_, place) => `${name}-${place}`)
  await world.record({
    products: ids.map((id) => ({
      ...stated(id),
      sku: id,
      name: id,
      description: null,
      family: null,
      taxCode: 'txcd_10103001',
      active: true,
    })),
    prices: ids.map((id) => ({
      ...stated(`price ${id}`),
      productId: id,
      nickname: null,
      currency: 'USD',
      unitAmount: '5',
      interval: monthly,
      usage: 'METERED',
      tiersMode: null,
      tiers: [],
      active: true,
    })),
  })
  const lines = ids.map((productId) =>
    contractLine({
      id: `ctl_${productId}`,
      productId,
      interval: monthly,
      unitPrice: 5n,
      quantity: '0',
      servicePeriod: YEAR,
    }),
  )
  return recordDrafted(name, lines)
}

/** A year at a price, drafted for a deal. */
const recordDeal = (name: string, unitPrice: bigint): Promise<string> =>
  recordDrafted(name, [
    contractLine({
      id: `ctl_${name}`,
      productId: 'platform',
      interval: yearly,
      unitPrice,
      servicePeriod: YEAR,
    }),
  ])

const YEAR = range('2026-05-01', '2027-05-01')

async function recordDrafted(name: string, lines: readonly ContractLine[]): Promise<string> {
  await world.record({
    customers: [customerFact({ id: `cus_${name}`, legalName: name, status: 'PROSPECT', address: ADDRESS })],
    opportunities: [opportunityFact({ id: `opp_${name}`, customerId: `cus_${name}` })],
    contracts: [
      contractFact({
        id: `ctr_${name}`,
        customerId: `cus_${name}`,
        opportunityId: `opp_${name}`,
        legalEntityId: 'entity-1',
        number: `C-${name}`,
        status: 'DRAFT',
        signedOn: null,
        startDate: YEAR.start,
        endDate: YEAR.end,
        lines,
      }),
    ],
  })
  return `opp_${name}`
}

const close = (opportunityId: string): Promise<FlowPayload> =>
  world.start(CLOSE, { opportunityId, closedOn: '2026-05-01', idempotencyKey: opportunityId })

describe('under the model that sales lead', () => {
  it('a deal by usage of three kinds waits for sales operations, and is closed under a larger model', async () => {
    const opportunityId = await recordUsageDeal('usage', 3)
    const { workflow } = await close(opportunityId)
    const message = 'crm-led is outgrown: 3 usage-based lines, where the model is made for 2'
    expect(workflow).toMatchObject({ status: 'EXCEPTION', failure: { code: 'OUTGROWN', message } })
    const waiting = await waitingOf(workflow?.id)
    expect(waiting).toMatchObject({
      class: 'OUTGROWN',
      owner: 'SALES_OPERATIONS',
      dueAt: '2026-05-08T12:00:00Z',
      message,
    })

    await activate('event-driven')
    await resolve(waiting?.id, 'RETRY')
    await expect
      .poll(() => close(opportunityId))
      .toMatchObject({ contract: { id: 'ctr_usage' }, workflow: { status: 'COMPLETED' } })
  })

  it.each([
    ['a company too many', 'legalEntities: 3', 'legalEntities: 2', /3 legal entities, .* made for 2/],
    ['more money', "USD: '5000000.00'", "USD: '9999.99'", /a deal of 16027\.40 USD, .* made for 9999\.99/],
  ])('%s is told, and nothing is made', async (_, limit, narrower, reason) => {
    await activate('crm-led', narrowed(limit, narrower))
    await yearOf(world, String(count))
    const input = { ...(await previewed(world, upgrade(String(count)))), idempotencyKey: `amend-${count}` }
    const { workflow } = await world.start<FlowPayload>(AMEND, input)
    const waiting = await waitingOf(workflow?.id)
    expect(waiting?.class).toBe('OUTGROWN')
    expect(waiting?.message).toMatch(reason)

    await resolve(waiting?.id, 'COMPENSATE')
    const undone = await world.start<FlowPayload>(AMEND, input)
    expect(undone).toMatchObject({
      contract: { version: 1, totalContractValue: usd('12000.00') },
      workflow: { status: 'COMPENSATED' },
      userErrors: [{ code: 'OUTGROWN' }],
    })
  })

  it('an amendment too many is told', async () => {
    await activate('crm-led', narrowed('amendments: 12', 'amendments: 1'))
    await yearOf(world, String(count))
    const amend = async (change: object, key: string) =>
      world.start<FlowPayload>(AMEND, { ...(await previewed(world, change)), idempotencyKey: key })
    const first = upgrade(String(count))
    expect(await amend(first, `first-${count}`)).toMatchObject({ workflow: { status: 'COMPLETED' } })
    const second = { ...first, effectiveDate: '2026-09-01', changes: [{ kind: 'CANCEL' }] }
    const { workflow } = await amend(second, `second-${count}`)
    expect((await waitingOf(workflow?.id))?.message).toMatch(/2 amendments of one contract, .* made for 1/)
  })
})

it('is asked of whom the model names, by when it says (row 64)', async () => {
  const exceptions = EXCEPTION_CLASSES.map((name) => ({
    class: name,
    owner: 'FINANCE',
    deadlineHours: 3,
    escalateTo: 'PLATFORM',
  }))
  await activate(
    'crm-led',
    changedModel('crm-led', () => ({ exceptions })),
  )
  const { workflow } = await close(await recordUsageDeal('owned', 3))
  expect(await waitingOf(workflow?.id)).toMatchObject({ owner: 'FINANCE', dueAt: '2026-05-01T15:00:00Z' })
})

it('what a person makes of it is approved by who decides so large a deal', async () => {
  await activate('crm-led', narrowed("USD: '5000000.00'", "USD: '999.99'"))
  const opportunityId = await recordDeal('edited', 1_000_00n)
  const { workflow } = await close(opportunityId)
  const waiting = await waitingOf(workflow?.id)
  expect(waiting).toMatchObject({ class: 'OUTGROWN', moneyAtRisk: usd('1000.00') })
  world.clock.advance({ minutes: 1 })
  await activate('event-driven')
  const payload = { ...waiting?.payload }
  const terms = payload['terms'] as { lines: readonly object[] }
  const lines = terms.lines.map((line) => ({ ...line, quantity: '1000' }))
  await resolve(waiting?.id, 'EDIT_AND_RETRY', { payload: { ...payload, terms: { ...terms, lines } } })
  expect(await pending()).toMatchObject([{ gate: 'payload-edit', moneyAtRisk: usd('1000000.00') }])
  await approvePending(world)
  await expect
    .poll(pending)
    .toMatchObject([{ gate: 'large-deal', approver: 'FINANCE', band: '1000000.00 USD' }])
  await approvePending(world)
  await expect.poll(() => close(opportunityId)).toMatchObject({ workflow: { status: 'COMPLETED' } })
})
