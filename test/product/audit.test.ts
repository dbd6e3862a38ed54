// The audit trail (row 57): who did what, with what was before and after; and whoever changes anything of it is found.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkTrail } from '#subgraphs/operations/audit/check.ts'
import { activate, approvePending, sell } from './article.ts'
import { recordDeal, recordPlatform } from './deals.ts'
import { type FlowWorld, openFlowWorld } from './flows.ts'

const TRAIL = `query ($filter: AuditFilter) { auditTrail(first: 100, filter: $filter) { totalCount
  nodes { sequence actor action subject version before after hash correlationId } } }`
const CLOSE = `mutation ($input: ClosePeriodInput!) {
  payload: closePeriod(input: $input) {
    period { status } workflow { id status } replayed userErrors { code message field } } }`
const REOPEN = `mutation ($input: ReopenPeriodInput!) {
  payload: reopenPeriod(input: $input) { period { status } replayed userErrors { code message field } } }`

interface Shown {
  readonly sequence: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>>
  readonly hash: string
}

let world: FlowWorld
let stop: () => Promise<void>
let contractId: string
let workflowId: string
beforeAll(async () => {
  world = await openFlowWorld()
  world.clock.set('2026-01-01T12:00:00Z')
  await recordPlatform(world)
  stop = await world.startOperations()
})
afterAll(async () => {
  await stop()
  await world.close()
})

it('begins with what happens: a deal that accounting agrees to, a period that is closed and opened again', async () => {
  await activate(world, 'erp-led', 'January')
  const { opportunityId } = await recordDeal(world, 'audited')
  const { payload } = await sell(world, opportunityId)
  contractId = payload.contract.id
  workflowId = payload.workflow?.id ?? ''
  world.clock.set('2026-02-02T12:00:00Z')
  const january = { legalEntityId: 'entity-jp', period: '2026-01' }
  const closing = { ...january, actor: 'Cleo', idempotencyKey: 'close' }
  const reopening = { actor: 'Ada', reason: 'A correction', idempotencyKey: 'reopen' }
  expect(await world.start(CLOSE, closing)).toMatchObject({ workflow: { status: 'AWAITING_APPROVAL' } })
  await approvePending(world)
  expect(await world.start(CLOSE, closing)).toMatchObject({ period: { status: 'CLOSED' } })
  expect(await world.start(REOPEN, { ...january, ...reopening })).toMatchObject({ userErrors: [] })
  await expect.poll(() => actions({ actor: { in: ['Ada'] } })).toHaveLength(1)
})

async function trail(filter: object = {}): Promise<readonly Shown[]> {
  const { data, errors } = await world.ask<{ auditTrail: { nodes: readonly Shown[] } }>(TRAIL, { filter })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.auditTrail.nodes.toReversed()
}

const short = ({ action }: Shown): string => action.replace(/^revgraph\.(.*)\.v1$/, '$1')
const actions = async (filter: object): Promise<string[]> => (await trail(filter)).map(short)

describe('the trail', () => {
  it('tells who activated a model, asked for a deal, agreed to it, closed a period and opened it again', async () => {
    const named = (await trail()).filter(({ actor }) => actor !== 'revgraph' && actor !== 'anonymous')
    // What a workflow does on its way comes at its end, before or behind what is on the trail by itself.
    const decided = named.filter((record) => short(record) !== 'erp.period.changed')
    expect(decided.map((record) => [record.actor, short(record)])).toEqual([
      ['Jo', 'operations.modelActivation.activated'],
      ['Fin', 'operations.approval.approved'],
      ['Cleo', 'operations.workflow.accepted'],
      ['Cleo', 'operations.approval.requested'],
      ['Fin', 'operations.approval.approved'],
      ['Cleo', 'erp.period.closed'],
      ['Ada', 'erp.period.reopened'],
    ])
    expect(await actions({ subject: { in: [workflowId] } })).toEqual([
      'operations.workflow.accepted',
      'operations.workflow.completed',
    ])
  })

  it('has all that a workflow did in the systems, with what was before and after', async () => {
    const done = await trail({ correlationId: { in: [workflowId] } })
    expect(done.map(short)).toEqual(
      expect.arrayContaining([
        'crm.contract.signed',
        'billing.subscription.activated',
        'billing.invoice.issued',
        'erp.journal.posted',
        'crm.opportunity.won',
      ]),
    )
    const won = done.find((record) => short(record) === 'crm.opportunity.won')
    expect(won).toMatchObject({ before: { stage: 'OPEN' }, after: { stage: 'WON' } })
    expect(done.find(({ subject }) => subject === contractId)?.before).toBeNull()
    expect((await trail()).map(({ sequence }) => sequence)).toEqual(
      (await trail()).map((_, place) => String(place + 1)),
    )
  })

  it('takes no change, not even of its own subgraph', async () => {
    const change = { text: `UPDATE operations.audit_record SET actor = 'Eve'`, values: [] }
    await expect(world.database.of('operations').rows(change)).rejects.toThrow('stays as it was recorded')
  })
})

const check = (head: string | null = null) => checkTrail(world.database.owner, head)
/** As somebody who may do anything in the database. */
const tamper = (text: string) =>
  world.database.owner.transaction(async (db) => {
    await db.rows({ text: 'SET LOCAL session_replication_role = replica', values: [] })
    await db.rows({ text, values: [] })
  })

describe('the check', () => {
  const KEPT = ['operations.audit_record', 'billing.event', 'erp.event', 'operations.event']
  let head: string

  beforeAll(async () => {
    for (const table of KEPT)
      await tamper(`CREATE TABLE public.kept_${table.replace('.', '_')} AS TABLE ${table}`)
    head = (await check()).head
  })
  beforeEach(async () => {
    for (const table of KEPT) {
      await tamper(`DELETE FROM ${table}`)
      await tamper(`INSERT INTO ${table} SELECT * FROM public.kept_${table.replace('.', '_')}`)
    }
    expect(await check(head)).toMatchObject({ broken: null })
  })

  const AMOUNT = `UPDATE billing.event SET data = data || '{"total": "1"}' WHERE aggregate = 'invoice'`

  it.each([
    ['another amount of an invoice', AMOUNT, /aud_\d+: it, or what is kept of version 1 of inv_\w+/],
    [
      'an event that is gone',
      `DELETE FROM erp.event WHERE aggregate = 'journal'`,
      /aud_\d+: the event that made version 1 of \w+ is gone/,
    ],
    [
      'another person who agreed',
      `UPDATE operations.audit_record SET actor = 'Eve' WHERE actor = 'Fin'`,
      /aud_\d+: it, or what is kept of version 2 of apr_\w+/,
    ],
    [
      'another day',
      `UPDATE operations.audit_record SET happened_at = '2026-01-02' WHERE sequence = 2`,
      /aud_2: it, or what/,
    ],
    [
      'a record that is gone',
      'DELETE FROM operations.audit_record WHERE sequence = 3',
      /aud_4: the record before it is gone/,
    ],
    [
      'the last record gone',
      `DELETE FROM operations.audit_record WHERE actor = 'Ada'`,
      /no record tells of version \d+ of per_entity-jp_2026-01 in erp/,
    ],
  ])('finds %s, and names the first record that does not hold', async (_, text, broken) => {
    await tamper(text)
    expect((await check()).broken).toMatch(broken)
  })

  it('finds a trail that was made anew from changed events, where its head was kept elsewhere', async () => {
    await tamper(AMOUNT)
    await tamper('DELETE FROM operations.audit_record')
    await tamper(`UPDATE operations.consumer SET position = 0 WHERE name = 'audit'`)
    await expect.poll(async () => (await check()).records).toBe((await check(head)).records)
    expect((await check()).broken).toBeNull()
    expect((await check(head)).broken).toMatch(/^no record has the hash/)
  })
})
