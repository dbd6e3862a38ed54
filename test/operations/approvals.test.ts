// Nothing that needs another person goes on without one: gates of a workflow, and edits of its payload.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Approval, GateRule, PlannedGate } from '#domain/approval.ts'
import type { ExceptionAction, RaisedException } from '#domain/exception.ts'
import type { Outcome } from '#domain/failure.ts'
import { runCommand, type UnitOfWork } from '#platform/command.ts'
import type { Table } from '#platform/table.ts'
import { approvals } from '#subgraphs/operations/approval-store.ts'
import { type Decision, decideApproval } from '#subgraphs/operations/approvals/decide.ts'
import { meetDeadlines } from '#subgraphs/operations/deadlines/meet.ts'
import { exceptions } from '#subgraphs/operations/exception-store.ts'
import { resolveException } from '#subgraphs/operations/exceptions/resolve.ts'
import { openWorkbench, type Workbench } from './workflows/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.reset())
afterAll(() => bench.close())

const SETTLED_MS = 10_000
const settled = (id: string) => bench.desk.settled(id, SETTLED_MS)
const command = <Result>(work: (unit: UnitOfWork) => Promise<Result>): Promise<Result> =>
  runCommand(bench.workshop.db, bench.workshop.context('req-2'), work)
const latest = async <State extends { readonly id: string }>(table: Table<State>): Promise<State> => {
  const rows = await bench.workshop.db.rows<Record<string, unknown>>({
    text: `SELECT ${table.select} FROM ${table.name} t ORDER BY t.recorded_at DESC, t.due_at DESC LIMIT 1`,
    values: [],
  })
  const [row] = rows
  if (row === undefined) throw new Error(`there is none in ${table.name}`)
  return table.read(row)
}
const approval = () => latest(approvals)
const exception = () => latest(exceptions)

const decide = async (decision: Partial<Decision> = {}): Promise<Outcome<Approval>> => {
  const { id } = await approval()
  const outcome = await command((unit) =>
    decideApproval(
      unit,
      { approvalId: id, decision: 'APPROVE', reason: 'Looks right', decidedBy: 'frida', ...decision },
      bench.clock.now(),
      bench.desk.replan,
    ),
  )
  bench.desk.ring()
  return outcome
}
const pass = async (hours: number): Promise<number> => {
  bench.clock.advance({ hours })
  const met = await meetDeadlines(bench.workshop.db, bench.workshop.context('deadlines'))
  bench.desk.ring()
  return met
}
const told = async (): Promise<string[]> => {
  const rows = await bench.database.owner.rows<{ type: string }>({
    text: `SELECT split_part(type, '.', 4) AS type FROM operations.event WHERE aggregate = 'approval'
      ORDER BY aggregate_id, version`,
    values: [],
  })
  return rows.map(({ type }) => type)
}

const LARGE_DEAL: PlannedGate = {
  name: 'large-deal',
  approver: 'SALES_OPERATIONS',
  band: '5.00 USD',
  deadlineHours: 48,
  atDeadline: 'ESCALATE',
  escalateTo: 'FINANCE',
}

const BY_AMOUNT: GateRule = {
  ...LARGE_DEAL,
  when: 'AMOUNT',
  approver: null,
  bands: [
    { from: { USD: '5.00' }, approver: 'PLATFORM' },
    { from: { USD: '8.00' }, approver: 'SALES_OPERATIONS' },
    { from: { USD: '12.00' }, approver: 'FINANCE' },
  ],
}

/** An order that waits for an approval. */
async function order(): Promise<string> {
  bench.work()
  const id = await bench.order('vase')
  expect((await settled(id)).status).toBe('AWAITING_APPROVAL')
  return id
}

const gatesOf = async (id: string) => (await bench.read(id)).steps.filter(({ gate }) => gate !== null)

/** An order that stands before a gate. */
const gated = (gate: Partial<PlannedGate> = {}): Promise<string> => {
  bench.gates.push({ gate: { ...LARGE_DEAL, ...gate }, before: 'pack' })
  return order()
}

describe('a gate', () => {
  it('has the workflow wait, with what another person has to know to decide', async () => {
    const id = await gated()
    expect(bench.systems.calls).toEqual(['look', 'reserve'])
    expect(await approval()).toMatchObject({
      kind: 'GATE',
      gate: 'large-deal',
      workflowId: id,
      approver: 'SALES_OPERATIONS',
      band: '5.00 USD',
      moneyAtRisk: { minorUnits: 10_00n, currency: 'USD' },
      requestedBy: 'anonymous',
      status: 'PENDING',
      dueAt: bench.clock.now().add({ hours: 48 }),
    })
  })

  it('approved lets it go on from there', async () => {
    const id = await gated()
    expect(await decide()).toMatchObject({ value: { status: 'APPROVED', decidedBy: 'frida' } })
    const { status, steps } = await settled(id)
    expect(status).toBe('COMPLETED')
    expect(steps[2]).toMatchObject({ name: 'gate:large-deal', result: { decidedBy: 'frida' } })
    expect(bench.systems.calls).toEqual(['look', 'reserve', 'pack', 'charge', 'ship'])
    expect(await told()).toEqual(['requested', 'approved'])
  })

  it('rejected has what was done taken back', async () => {
    const id = await gated()
    await decide({ decision: 'REJECT', reason: 'Too cheap' })
    expect(await settled(id)).toMatchObject({
      status: 'COMPENSATED',
      failure: { code: 'APPROVAL_REJECTED', message: 'large-deal: Too cheap' },
    })
    expect(bench.systems.calls).toEqual(['look', 'reserve', 'reserve/undo'])
  })

  it.each([
    ['by whoever asked for it', { decidedBy: ' Anonymous' }, 'SELF_APPROVAL', 'decidedBy'],
    ['by the same in wide letters', { decidedBy: 'ａｎｏｎｙｍｏｕｓ' }, 'SELF_APPROVAL', 'decidedBy'],
    [
      'by the same with a sign that nobody sees',
      { decidedBy: 'anony\u200Bmous' },
      'SELF_APPROVAL',
      'decidedBy',
    ],
    ['by a name that nobody sees', { decidedBy: '\u200B\u2060' }, 'ACTOR_MISSING', 'decidedBy'],
    ['by nobody', { decidedBy: null }, 'ACTOR_MISSING', 'decidedBy'],
    ['without a reason', { reason: '' }, 'REASON_MISSING', 'reason'],
    ['that there is not', { approvalId: 'apr_none' }, 'REFERENCE_MISSING', 'approvalId'],
  ])('is not decided %s', async (_, decision, code, field) => {
    const id = await gated()
    expect(await decide(decision)).toMatchObject({ violations: [{ code, field }] })
    expect((await bench.read(id)).status).toBe('AWAITING_APPROVAL')
    expect((await approval()).status).toBe('PENDING')
  })

  it('is not decided twice', async () => {
    await gated()
    await decide()
    expect(await decide({ decision: 'REJECT' })).toMatchObject({ violations: [{ code: 'STATUS_FORBIDS' }] })
  })

  it('says nothing of another payload than it was asked about', async () => {
    const id = await gated()
    await bench.database.owner.rows({
      text: `UPDATE operations.workflow SET prepared = '{"price": "11"}' WHERE id = $1`,
      values: [id],
    })
    expect(await decide()).toMatchObject({ violations: [{ code: 'PAYLOAD_CHANGED' }] })
    expect((await bench.read(id)).status).toBe('AWAITING_APPROVAL')
  })
})

describe('a gate’s deadline', () => {
  it('hands it to the next one, once, and is a no after that', async () => {
    const id = await gated()
    expect(await pass(47)).toBe(0)
    expect(await pass(1)).toBe(1)
    expect(await approval()).toMatchObject({ status: 'PENDING', approver: 'FINANCE' })
    expect(await pass(48)).toBe(1)
    expect(await settled(id)).toMatchObject({ status: 'COMPENSATED', failure: { code: 'APPROVAL_EXPIRED' } })
    expect(await told()).toEqual(['requested', 'escalated', 'expired'])
  })

  it('never approves money, whatever the gate says', async () => {
    const id = await gated({ atDeadline: 'APPROVE' })
    await pass(48)
    expect((await settled(id)).status).toBe('COMPENSATED')
  })
})

const refuse = () => ({ violations: [{ code: 'MAPPING_MISSING', field: 'thing', message: 'No' }] }) as const
const act = async (action: ExceptionAction, fields: object = {}): Promise<Outcome<RaisedException>> => {
  const { id } = await exception()
  const outcome = await command((unit) =>
    resolveException(
      unit,
      {
        exceptionId: id,
        action,
        reason: 'A digit too few',
        actor: 'mary',
        assignee: null,
        payload: { price: '12' },
        externalId: null,
        documentNumber: null,
        proposalHash: null,
        ...fields,
      },
      bench.clock.now(),
      { takeOver: () => Promise.reject(new Error('nothing is proposed')), replan: bench.desk.replan },
    ),
  )
  bench.desk.ring()
  return outcome
}
const stuck = async (): Promise<string> => {
  bench.work()
  bench.systems.answers.set('pack', refuse)
  const id = await bench.order('vase')
  await settled(id)
  bench.systems.answers.clear()
  return id
}

describe('an edit of the payload, where money is at stake', () => {
  it('goes on only once another person has approved it, and is kept as what is different', async () => {
    const id = await stuck()
    expect(await act('EDIT_AND_RETRY')).toMatchObject({
      value: {
        status: 'AWAITING_APPROVAL',
        edits: [
          {
            version: 2,
            status: 'PROPOSED',
            actor: 'mary',
            changes: [{ path: ['price'], before: '10', after: '12' }],
          },
        ],
      },
    })
    expect(await bench.read(id)).toMatchObject({ status: 'EXCEPTION', prepared: { price: '10' } })
    expect(await decide({ decidedBy: 'mary' })).toMatchObject({ violations: [{ code: 'SELF_APPROVAL' }] })
    await decide()
    expect(await settled(id)).toMatchObject({ status: 'COMPLETED', prepared: { price: '12' } })
    expect(await exception()).toMatchObject({ status: 'RESOLVED', edits: [{ status: 'APPLIED' }] })
  })

  it('that another person rejects changes nothing: the exception is open again', async () => {
    const id = await stuck()
    await act('EDIT_AND_RETRY')
    await decide({ decision: 'REJECT' })
    expect(await exception()).toMatchObject({ status: 'OPEN', edits: [{ status: 'REJECTED' }] })
    expect(await bench.read(id)).toMatchObject({ status: 'EXCEPTION', prepared: { price: '10' } })
    expect(await act('EDIT_AND_RETRY', { payload: { price: '13' } })).toMatchObject({
      value: { edits: [{ status: 'REJECTED' }, { version: 3, status: 'PROPOSED' }] },
    })
  })

  it('that nobody decides about is a no', async () => {
    await stuck()
    await act('EDIT_AND_RETRY')
    expect(await pass(24)).toBe(2)
    expect(await exception()).toMatchObject({ status: 'OPEN', escalations: 1 })
  })

  it('is decided first: nothing else is done meanwhile', async () => {
    await stuck()
    await act('EDIT_AND_RETRY')
    expect(await act('RETRY')).toMatchObject({ violations: [{ code: 'STATUS_FORBIDS' }] })
  })

  it('has gates passed again: what was approved was another payload', async () => {
    bench.systems.answers.set('pack', refuse)
    const id = await gated()
    await decide()
    expect((await settled(id)).status).toBe('EXCEPTION')
    bench.systems.answers.clear()
    bench.clock.advance({ minutes: 1 })
    await act('EDIT_AND_RETRY')
    await decide()
    expect((await settled(id)).status).toBe('AWAITING_APPROVAL')
    expect(await approval()).toMatchObject({ kind: 'GATE', status: 'PENDING' })
    await decide()
    expect((await settled(id)).status).toBe('COMPLETED')
  })

  it.each([
    ['12', 'a higher band', { approver: 'FINANCE', band: '12.00 USD' }],
    ['5', 'a lower band', { approver: 'PLATFORM', band: '5.00 USD' }],
  ])('to %s has the gate passed by whoever decides %s', async (price, _, decidedThen) => {
    bench.rules.push(BY_AMOUNT)
    bench.systems.answers.set('pack', refuse)
    const id = await order()
    expect(await approval()).toMatchObject({ approver: 'SALES_OPERATIONS', band: '8.00 USD' })
    await decide()
    expect((await settled(id)).status).toBe('EXCEPTION')
    bench.systems.answers.clear()
    bench.clock.advance({ minutes: 1 })
    await act('EDIT_AND_RETRY', { payload: { price } })
    const moneyAtRisk = { minorUnits: BigInt(price) * 100n, currency: 'USD' }
    expect(await approval()).toMatchObject({ kind: 'EDIT', moneyAtRisk })
    bench.clock.advance({ minutes: 1 })
    await decide()
    expect(await settled(id)).toMatchObject({ status: 'AWAITING_APPROVAL', moneyAtRisk })
    expect(await approval()).toMatchObject({ kind: 'GATE', moneyAtRisk, ...decidedThen })
    await decide()
    expect((await settled(id)).status).toBe('COMPLETED')
  })

  it('that reaches the first band of a gate has it passed, and one below it has not', async () => {
    bench.rules.push({ ...BY_AMOUNT, bands: BY_AMOUNT.bands.slice(2) })
    const id = await stuck()
    expect(await gatesOf(id)).toEqual([])
    await act('EDIT_AND_RETRY', { payload: { price: '12' } })
    bench.systems.answers.set('pack', refuse)
    bench.clock.advance({ minutes: 1 })
    await decide()
    expect((await settled(id)).status).toBe('AWAITING_APPROVAL')
    expect(await approval()).toMatchObject({ kind: 'GATE', approver: 'FINANCE' })
    await decide()
    expect((await settled(id)).status).toBe('EXCEPTION')
    bench.systems.answers.clear()
    bench.clock.advance({ minutes: 1 })
    await act('EDIT_AND_RETRY', { payload: { price: '11' } })
    await decide()
    expect((await settled(id)).status).toBe('COMPLETED')
    expect(await gatesOf(id)).toEqual([])
  })

  it.each([
    [
      'an amount that is none',
      { payload: { price: 'ten' } },
      'PAYLOAD_INVALID',
      'payload',
      'ten to a BigInt',
    ],
    ['another shape', { payload: { price: '12', tip: '1' } }, 'PAYLOAD_INVALID', 'payload', ': tip'],
    ['another kind of value', { payload: { price: 12 } }, 'PAYLOAD_INVALID', 'payload', ': price'],
    ['nothing', { payload: null }, 'PAYLOAD_INVALID', 'payload', ': payload'],
    ['a part of it', { payload: {} }, 'PAYLOAD_INVALID', 'payload', ': price'],
    ['the same', { payload: { price: '10' } }, 'CHANGES_MISSING', 'payload', 'Nothing is different'],
    ['by nobody', { actor: null }, 'ACTOR_MISSING', 'actor', 'named'],
  ])('is refused, and says why: %s', async (_, fields, code, field, why) => {
    await stuck()
    const message = expect.stringMatching(new RegExp(`${why}$`)) as unknown
    expect(await act('EDIT_AND_RETRY', fields)).toMatchObject({ violations: [{ code, field, message }] })
    expect((await exception()).status).toBe('OPEN')
  })
})
