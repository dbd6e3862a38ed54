// The close of a month as a workflow: who has it closed, which steps it takes, who agrees, and what keeps it from that.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chartOfAccounts, rulesOfChart } from '#domain/chart.ts'
import { annualInvoice, openingFacts, period, stated } from '#test/erp/books.ts'
import { contract, contractLine, day, range } from '#test/domain/documents.ts'
import { activate } from './article.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'

const CLOSE = `mutation ($input: ClosePeriodInput!) { payload: closePeriod(input: $input) {
  period { period status closedBy } blockers { rule count }
  workflow { id status model requestedBy steps { name kind status error { code } } }
  replayed userErrors { code message field } } }`
const REOPEN = `mutation ($input: ReopenPeriodInput!) { payload: reopenPeriod(input: $input) {
  period { status } replayed userErrors { code message field } } }`
const DECIDE = `mutation ($input: DecideApprovalInput!) { payload: decideApproval(input: $input) {
  workflow { id status } replayed userErrors { code message field } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { payload: resolveException(input: $input) {
  exception { status } workflow { id status } replayed userErrors { code message field } } }`
const WAITING = `{ exceptions(first: 5, filter: { status: { in: [OPEN] } }) { nodes { id class code owner step } }
  approvals(first: 5, filter: { status: { in: [PENDING] } }) { nodes { id gate requestedBy } } }`
const TRAIL = `{ auditTrail(first: 100) { nodes { actor action before after } } }`

interface Closed extends Omit<FlowPayload, 'workflow'> {
  readonly period: { readonly status: string; readonly closedBy: string | null } | null
  readonly blockers: readonly { readonly rule: string }[]
  readonly workflow: {
    readonly id: string
    readonly status: string
    readonly requestedBy: string
    readonly steps: readonly { readonly name: string; readonly status: string }[]
  } | null
}

interface Waiting {
  readonly exceptions: { readonly nodes: readonly { readonly id: string; readonly code: string }[] }
  readonly approvals: { readonly nodes: readonly { readonly id: string; readonly gate: string }[] }
}

let world: FlowWorld
let stop: () => Promise<void>
beforeAll(async () => {
  world = await openFlowWorld()
  world.clock.set('2026-07-02T12:00:00Z')
  stop = await world.startOperations()
})
afterAll(async () => {
  await stop()
  await world.close()
})

let requests = 0
/** Has a month closed, mostly of a company without documents. */
const close = (month: string, fields: object = {}): Promise<Closed> => {
  requests += 1
  const input = { legalEntityId: 'entity-jp', period: month, actor: 'Ada', idempotencyKey: `${requests}` }
  return world.start<Closed>(CLOSE, { ...input, ...fields })
}

const waiting = async (): Promise<Waiting> => {
  const { data, errors } = await world.ask<Waiting>(WAITING, {})
  if (!data) throw new Error(JSON.stringify(errors))
  return data
}

/** What the trail has of periods. */
const recorded = async () => {
  const { data } = await world.ask<{ auditTrail: { nodes: { action: string }[] } }>(TRAIL, {})
  const ofPeriods = data?.auditTrail.nodes.filter(({ action }) => action.includes('.period.'))
  return ofPeriods?.toSorted((one, other) => (one.action < other.action ? -1 : 1))
}

/** Decides the one approval that waits. */
const decide = async (decision: string, decidedBy: string) => {
  const [approval] = (await waiting()).approvals.nodes
  expect(approval).toMatchObject({ gate: 'close-approval', requestedBy: 'Ada' })
  const asked = { approvalId: approval?.id, decision, decidedBy, reason: 'The figures were looked at' }
  return world.start(DECIDE, asked)
}

const ofEurope = { legalEntityId: 'entity-de' }
const stepsOf = ({ workflow }: Closed): string[] =>
  (workflow?.steps ?? []).map(({ name, status }) => `${name} ${status}`)

it('goes step by step, in the name of whoever asked, and once for its key', async () => {
  const asked = { idempotencyKey: 'january' }
  const answers = await Promise.all(Array.from({ length: 20 }, () => close('2026-01', asked)))
  const [first] = answers
  expect(first).toMatchObject({
    period: { period: '2026-01', status: 'CLOSED', closedBy: 'Ada' },
    blockers: [],
    workflow: { status: 'COMPLETED', requestedBy: 'Ada' },
    userErrors: [],
  })
  expect(first && stepsOf(first)).toEqual([
    'beginClose DONE',
    'recognizeRevenue DONE',
    'setUnbilledApart DONE',
    'revalueForeignMoney DONE',
    'sealPeriod DONE',
  ])
  expect(new Set(answers.map(({ workflow }) => workflow?.id)).size).toBe(1)
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
})

it('is on the audit trail with who closed it, and what it was before and after', async () => {
  await expect.poll(recorded).toMatchObject([
    {
      actor: 'Ada',
      action: 'revgraph.erp.period.changed.v1',
      before: { status: 'OPEN' },
      after: { status: 'PENDING_CLOSE' },
    },
    {
      actor: 'Ada',
      action: 'revgraph.erp.period.closed.v1',
      before: { status: 'PENDING_CLOSE' },
      after: { status: 'CLOSED', closedBy: 'Ada' },
    },
  ])
})

describe('nothing is begun', () => {
  it.each([
    ['what is closed', '2026-01', {}, 'PERIOD_CLOSED', 'period'],
    ['what lasts', '2026-07', {}, 'PERIOD_NOT_ENDED', 'period'],
    ['what there is not', '2045-01', {}, 'REFERENCE_MISSING', 'period'],
    ['books of nobody', '2026-02', { legalEntityId: 'entity-x' }, 'REFERENCE_MISSING', 'legalEntityId'],
    ['for a name of spaces', '2026-02', { actor: ' ' }, 'ACTOR_MISSING', 'actor'],
    ['for a name without end', '2026-02', { actor: 'a'.repeat(201) }, 'TEXT_TOO_LONG', 'actor'],
  ])('of %s', async (_, month, fields, code, field) => {
    const answer = await close(month, fields)
    expect(answer).toMatchObject({ workflow: null, userErrors: [{ code, field }] })
  })

  it('while something is left to do: the same request closes it once that is mended', async () => {
    await world.record({ invoices: [annualInvoice({ ...ofEurope, currency: 'JPY', number: 'DE-1' })] })
    const asked = { ...ofEurope, idempotencyKey: 'blocked' }
    const blocked = { rule: 'DOCUMENT_BLOCKED', count: 1 }
    expect(await close('2026-01', asked)).toMatchObject({
      period: { status: 'OPEN' },
      blockers: [blocked],
      workflow: null,
      replayed: false,
      userErrors: [],
    })
    const rate = { baseCurrency: 'JPY', quoteCurrency: 'EUR', rate: '0.006', source: 'test' }
    const fxRates = ['2026-01-01', '2026-01-31'].map((date) => ({
      ...stated(date),
      ...rate,
      date: day(date),
    }))
    await world.record({ fxRates })
    expect(await close('2026-01', asked)).toMatchObject({
      period: { status: 'CLOSED' },
      blockers: [],
      replayed: false,
      userErrors: [],
    })
  })
})

it('gets stuck where the books lack an account, for accounting to mend, and goes on from there', async () => {
  // Work that was done in February, is not billed, and has no account to stand on.
  const ofFrance = { legalEntityId: 'entity-fr' }
  const [company] = openingFacts().legalEntities
  if (company === undefined) throw new Error('there is no company')
  const ledgerAccounts = chartOfAccounts('entity-fr', (code) => stated(`acc_fr_${code}`))
  const work = contractLine({ interval: null, servicePeriod: range('2026-02-01', '2026-03-01') })
  await world.record({
    legalEntities: [{ ...company, ...stated('entity-fr'), code: 'FR' }],
    ledgerAccounts: ledgerAccounts.filter(({ role }) => role !== 'CONTRACT_ASSETS'),
    accountRules: rulesOfChart('entity-fr', (code) => stated(`arl_fr_${code}`)),
    accountingPeriods: ['2026-02', '2026-03'].map((month) => period('entity-fr', month)),
    contracts: [contract({ ...ofFrance, lines: [work] })],
  })
  const stuck = await close('2026-02', { ...ofFrance, idempotencyKey: 'stuck' })
  expect(stuck).toMatchObject({
    period: { status: 'PENDING_CLOSE' },
    blockers: [{ rule: 'ACCOUNT_MISSING' }],
    workflow: { status: 'EXCEPTION' },
    userErrors: [],
  })
  expect(stepsOf(stuck)).toContain('setUnbilledApart FAILED')
  expect(await close('2026-02', ofFrance)).toMatchObject({ userErrors: [{ code: 'PERIOD_BUSY' }] })
  const [exception] = (await waiting()).exceptions.nodes
  expect(exception).toMatchObject({ code: 'MAPPING_MISSING', owner: 'FINANCE', step: 'setUnbilledApart' })
  await world.record({ ledgerAccounts: ledgerAccounts.filter(({ role }) => role === 'CONTRACT_ASSETS') })
  const retry = { exceptionId: exception?.id, action: 'RETRY', reason: 'The account is opened', actor: 'Fin' }
  expect(await world.start(RESOLVE, retry)).toMatchObject({ workflow: { status: 'COMPLETED' } })
  expect(await close('2026-02', { ...ofFrance, idempotencyKey: 'stuck' })).toMatchObject({
    period: { status: 'CLOSED', closedBy: 'Ada' },
    blockers: [],
    replayed: true,
  })
})

describe('where accounting leads', () => {
  beforeAll(() => activate(world, 'erp-led', 'July'))

  it('another person agrees before anything is posted; a no leaves the month as open as it was', async () => {
    expect(await close('2026-02', { idempotencyKey: 'no' })).toMatchObject({
      period: { status: 'PENDING_CLOSE' },
      workflow: { status: 'AWAITING_APPROVAL', model: 'erp-led' },
    })
    expect(await decide('APPROVE', 'ada')).toMatchObject({ userErrors: [{ code: 'SELF_APPROVAL' }] })
    expect(await decide('REJECT', 'Fin')).toMatchObject({ workflow: { status: 'COMPENSATED' } })
    const refused = await close('2026-02', { idempotencyKey: 'no' })
    expect(refused).toMatchObject({
      period: { status: 'OPEN', closedBy: null },
      replayed: true,
      userErrors: [{ code: 'APPROVAL_REJECTED' }],
    })
    expect(stepsOf(refused).slice(0, 3)).toEqual([
      'beginClose COMPENSATED',
      'gate:close-approval FAILED',
      'recognizeRevenue PLANNED',
    ])
  })

  it('and with a yes it is closed', async () => {
    await close('2026-02', { idempotencyKey: 'yes' })
    expect(await decide('APPROVE', 'Fin')).toMatchObject({ workflow: { status: 'COMPLETED' } })
    expect(await close('2026-02', { idempotencyKey: 'yes' })).toMatchObject({ period: { status: 'CLOSED' } })
  })

  it('a month that was reopened is reopened again after a no', async () => {
    const reopening = { legalEntityId: 'entity-jp', period: '2026-02', actor: 'Ada', reason: 'A correction' }
    await world.start(REOPEN, { ...reopening, idempotencyKey: 'reopen' })
    await close('2026-02', { idempotencyKey: 'again' })
    await decide('REJECT', 'Fin')
    expect(await close('2026-02', { idempotencyKey: 'again' })).toMatchObject({
      period: { status: 'REOPENED', closedBy: 'Ada' },
    })
  })
})
