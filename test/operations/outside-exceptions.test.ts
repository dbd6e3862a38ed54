// What may have happened in an outside system is never given up unseen, and always comes to an end by a person's word.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { SendAnswer } from '#domain/effect.ts'
import type { RaisedException } from '#domain/exception.ts'
import type { Outcome } from '#domain/failure.ts'
import { foreignWrite } from '#domain/raise-exception.ts'
import type { Connector } from '#platform/connector.ts'
import { runCommand, type UnitOfWork } from '#platform/command.ts'
import { readRows } from '#platform/table.ts'
import { claimEffect, effectStore, mayHaveHappened, noteEffect } from '#subgraphs/operations/effect-store.ts'
import { carryOut } from '#subgraphs/operations/effects/carry-out.ts'
import { exceptions } from '#subgraphs/operations/exception-store.ts'
import { exceptionAggregate } from '#subgraphs/operations/exceptions/attend.ts'
import { type Resolution, resolveException, type TakeOver } from '#subgraphs/operations/exceptions/resolve.ts'
import { OutcomeUnknown, SystemUnavailable } from '#subgraphs/operations/workflows/carry-out.ts'
import { BY_KEY, posting } from '../effects/support.ts'
import { openWorkbench, type Workbench } from './workflows/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.reset())
afterAll(() => bench.close())

const SETTLED_MS = 10_000
const OUTSIDE = 'outside'

/** A system that answers in one way. */
const answering = (answer: SendAnswer): Connector => ({
  name: OUTSIDE,
  naming: { system: OUTSIDE, instance: 'default', payments: [], invoices: [], subscriptions: [] },
  capabilities: BY_KEY,
  takesPayments: false,
  timeoutMs: 1_000,
  send: () => Promise.resolve(answer),
  find: () => Promise.reject(new Error('it cannot be searched')),
})
const LOST: SendAnswer = { kind: 'UNKNOWN', message: 'no answer in time' }
const made = (externalId: string): SendAnswer => ({
  kind: 'APPLIED',
  document: { externalId, url: null, details: {} },
})

/** An effect of a step in an outside system, which answers so. */
async function sent(effectKey: string, operation: string, answer: SendAnswer): Promise<void> {
  const store = effectStore(bench.workshop.db)
  const carrying = { store, random: () => 0, pause: () => Promise.resolve(), patienceMs: 0 }
  await carryOut(carrying, answering(answer), { ...posting(effectKey), operation })
}

const happened = (effectKey: string): Promise<boolean> =>
  mayHaveHappened(bench.workshop.db, OUTSIDE, effectKey)

const command = <Result>(work: (unit: UnitOfWork) => Promise<Result>): Promise<Result> =>
  runCommand(bench.workshop.db, bench.workshop.context('req-1'), work)

async function resolve(
  exceptionId: string,
  resolution: Partial<Resolution>,
  takeOver?: TakeOver,
): Promise<Outcome<RaisedException>> {
  const decided: Resolution = {
    exceptionId,
    action: 'RETRY',
    reason: 'I looked',
    actor: 'mary',
    assignee: null,
    payload: null,
    externalId: null,
    documentNumber: null,
    proposalHash: null,
    ...resolution,
  }
  const outcome = await command((unit) =>
    resolveException(unit, decided, bench.clock.now(), takeOver && { takeOver, replan: bench.desk.replan }),
  )
  bench.desk.ring()
  return outcome
}

interface Stuck {
  readonly workflowId: string
  readonly exceptionId: string
}

/** An order that waits for a person at its charge. Something may happen before anybody begins with it. */
async function stuckAtCharge(
  fail: () => never,
  before: (workflowId: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<Stuck> {
  bench.systems.answers.set('charge', fail)
  const workflowId = await bench.order('vase')
  await before(workflowId)
  bench.work()
  await expect
    .poll(async () => {
      bench.clock.advance({ seconds: 30 })
      return (await bench.read(workflowId)).status
    })
    .toBe('EXCEPTION')
  bench.systems.answers.clear()
  const [exception] = await bench.workshop.db.rows<{ id: string }>({
    text: 'SELECT id FROM operations.exception WHERE workflow_id = $1 AND proposal IS NULL',
    values: [workflowId],
  })
  return { workflowId, exceptionId: exception?.id ?? '' }
}

const away = () => {
  throw new SystemUnavailable('no answer in time', null, true)
}
const partlyDone = () => {
  throw new OutcomeUnknown('One invoice is settled there, and the next one is not')
}
const nobodyKnows = () => {
  throw new OutcomeUnknown('The answer to a sending was lost')
}
const statusOf = async (exceptionId: string) =>
  (await readRows(bench.workshop.db, exceptions, [exceptionId]))[0]?.status

it.each([
  ['it is there', { action: 'ADOPT', externalId: 'in_1' }, true],
  ['it is not, and is sent again', { action: 'SEND_AGAIN' }, false],
] as const)('whoever looks need not wait for a system that never answered: %s', async (_, action, isMade) => {
  const { workflowId, exceptionId } = await stuckAtCharge(away)
  await sent(`${workflowId}/charge`, 'issueInvoice', LOST)
  expect(await resolve(exceptionId, action)).toMatchObject({ value: { status: 'IN_PROGRESS' } })
  expect(await happened(`${workflowId}/charge`)).toBe(isMade)
  expect((await bench.desk.settled(workflowId, SETTLED_MS)).status).toBe('COMPLETED')
})

it.each([
  ['it is there', { action: 'ADOPT', externalId: 'cus_9' }, true],
  ['it is not', { action: 'SEND_AGAIN' }, false],
] as const)(
  'a customer that another workflow has asked for is found out as well: %s',
  async (_, action, isMade) => {
    const shared = 'wfl_other/issueInvoice/customer/cus_1'
    const { workflowId, exceptionId } = await stuckAtCharge(nobodyKnows, async (id) => {
      const text = `UPDATE operations.workflow SET customer_id = 'cus_1' WHERE id = $1`
      await bench.database.owner.rows({ text, values: [id] })
      await claimEffect(bench.workshop.db, OUTSIDE, 'customer/cus_1', shared)
      await sent(shared, 'createCustomer', LOST)
    })
    expect(await resolve(exceptionId, action)).toMatchObject({ value: { status: 'IN_PROGRESS' } })
    expect(await happened(shared)).toBe(isMade)
    expect((await bench.desk.settled(workflowId, SETTLED_MS)).status).toBe('COMPLETED')
  },
)

it('a system that was away for long is tried as often again once a person says so', async () => {
  const { workflowId, exceptionId } = await stuckAtCharge(away)
  bench.systems.answers.set('charge', away)
  await resolve(exceptionId, { action: 'RETRY' })
  await expect.poll(async () => (await bench.read(workflowId)).steps[3]?.attempts).toBe(5)
  await expect.poll(async () => (await bench.read(workflowId)).status).toBe('RETRYING')
})

it('a payment that was told outside is not called off unseen', async () => {
  const { workflowId, exceptionId } = await stuckAtCharge(partlyDone)
  await sent(`${workflowId}/charge/1`, 'recordPayment', made('in_1'))
  expect(await resolve(exceptionId, { action: 'COMPENSATE' })).toMatchObject({
    violations: [{ code: 'STATUS_FORBIDS', message: expect.stringContaining('in_1') as string }],
  })
  expect(await resolve(exceptionId, { action: 'COMPENSATE', externalId: 'in_1' })).toMatchObject({
    value: { status: 'IN_PROGRESS', decisions: [{ actor: 'mary', externalId: 'in_1' }] },
  })
})

it('what is noted here is not sent again, nor is that a word about what is in doubt', async () => {
  const { workflowId, exceptionId } = await stuckAtCharge(nobodyKnows)
  const [first, next] = [`${workflowId}/charge/1`, `${workflowId}/charge/2`]
  await sent(first, 'issueCreditNote', made('cn_1'))
  await noteEffect(bench.workshop.db, OUTSIDE, first)
  await sent(next, 'issueCreditNote', LOST)
  expect(await resolve(exceptionId, { action: 'SEND_AGAIN', externalId: 'cn_1' })).toMatchObject({
    violations: [
      { code: 'STATUS_FORBIDS', field: 'externalId', message: expect.stringContaining('cn_1') as string },
    ],
  })
  expect([await happened(first), await happened(next)]).toEqual([true, true])
  expect(await resolve(exceptionId, { action: 'SEND_AGAIN' })).toMatchObject({
    value: { status: 'IN_PROGRESS' },
  })
  expect([await happened(first), await happened(next)]).toEqual([true, false])
})

it('what a person names in the outside system has a length', async () => {
  const { exceptionId } = await stuckAtCharge(partlyDone)
  expect(await resolve(exceptionId, { externalId: 'x'.repeat(1_001) })).toMatchObject({
    violations: [{ code: 'TEXT_TOO_LONG', field: 'externalId' }],
  })
})

it('what is refused changes nothing: the effect of a workflow that was called off stays known', async () => {
  const { workflowId, exceptionId } = await stuckAtCharge(partlyDone)
  await sent(`${workflowId}/charge`, 'issueInvoice', made('in_1'))
  await resolve(exceptionId, { action: 'COMPENSATE', externalId: 'in_1' })
  expect((await bench.desk.settled(workflowId, SETTLED_MS)).status).toBe('COMPENSATED')
  const known = () =>
    bench.workshop.db.rows({ text: 'SELECT status, external_id FROM operations.effect', values: [] })
  const before = await known()
  expect(await resolve(exceptionId, { action: 'SEND_AGAIN', externalId: 'in_1' })).toMatchObject({
    violations: [{ code: 'STATUS_FORBIDS' }],
  })
  expect(await known()).toEqual(before)
})

it.each(['RETRY', 'COMPENSATE', 'EDIT_AND_RETRY'] as const)(
  'a proposal that was accepted stays so: %s is for the exception of the workflow that got stuck over it',
  async (action) => {
    const proposed = await proposal()
    const { exceptionId } = await stuckAtCharge(partlyDone, async (workflowId) => {
      const takeOver: TakeOver = () => Promise.resolve({ value: workflowId })
      expect(await resolve(proposed, { action: 'ACCEPT' }, takeOver)).toMatchObject({
        value: { status: 'RESOLVED', workflowId },
      })
    })
    expect(await resolve(proposed, { action, payload: { price: '11' } })).toMatchObject({
      violations: [{ code: 'STATUS_FORBIDS', field: 'exceptionId' }],
    })
    expect([await statusOf(proposed), await statusOf(exceptionId)]).toEqual(['RESOLVED', 'OPEN'])
  },
)

/** An exception of what a CRM wrote to a field that another system masters. */
async function proposal(): Promise<string> {
  const write = {
    object: 'customer',
    objectId: 'customer-1',
    field: 'name',
    source: 'salesforce/default',
    writer: 'CRM',
    master: 'ERP',
    stated: 'Acme',
    kept: 'ACME',
    decision: 'PROPOSE',
  } as const
  const after = foreignWrite(write, 'exc_proposal', undefined, [], bench.clock.now())
  await command((unit) => unit.save(exceptionAggregate, [{ before: undefined, after }]))
  return after.id
}
