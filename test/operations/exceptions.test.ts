// What gets stuck is seen at once, by whoever answers for it, with the money at risk; and a person gets it going again.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { actorOf } from '#domain/audit.ts'
import type { RaisedException } from '#domain/exception.ts'
import type { Outcome } from '#domain/failure.ts'
import { runCommand } from '#platform/command.ts'
import { meetDeadlines } from '#subgraphs/operations/deadlines/meet.ts'
import { exceptions } from '#subgraphs/operations/exception-store.ts'
import { type Resolution, resolveException } from '#subgraphs/operations/exceptions/resolve.ts'
import { OutcomeUnknown, SystemUnavailable } from '#subgraphs/operations/workflows/carry-out.ts'
import { openWorkbench, type Workbench } from './workflows/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.reset())
afterAll(() => bench.close())

const SETTLED_MS = 10_000
const refuse = (code: 'STATUS_FORBIDS' | 'MAPPING_MISSING' | 'PERIOD_CLOSED') => () => ({
  violations: [{ code, field: 'thing', message: 'It cannot be' }],
})

const list = async (): Promise<RaisedException[]> => {
  const rows = await bench.workshop.db.rows<Record<string, unknown>>({
    text: `SELECT ${exceptions.select} FROM operations.exception t ORDER BY t.opened_at`,
    values: [],
  })
  return rows.map(exceptions.read)
}
/** The exception of a workflow. */
type Stuck = RaisedException & { readonly workflowId: string }

const only = async (): Promise<Stuck> => {
  const [first, ...more] = await list()
  if (!first?.workflowId || more.length > 0) throw new Error('there is not one exception')
  return { ...first, workflowId: first.workflowId }
}

/** Events about exceptions so far, by what happened. */
const told = async (): Promise<string[]> => {
  const rows = await bench.database.owner.rows<{ type: string }>({
    text: `SELECT split_part(type, '.', 4) AS type FROM operations.event WHERE aggregate = 'exception'
      ORDER BY aggregate_id, version`,
    values: [],
  })
  return rows.map(({ type }) => type)
}

/** An order that is stuck at a step, and its exception. */
const stuckAt = async (step: string, answer = refuse('MAPPING_MISSING')): Promise<Stuck> => {
  bench.work()
  bench.systems.answers.set(step, answer)
  const id = await bench.order('vase')
  await bench.desk.settled(id, SETTLED_MS)
  return only()
}

const resolve = async (resolution: Partial<Resolution>): Promise<Outcome<RaisedException>> => {
  const { id } = await only()
  const decided: Resolution = {
    exceptionId: id,
    action: 'RETRY',
    reason: 'It is mended',
    actor: 'mary',
    assignee: null,
    payload: null,
    externalId: null,
    documentNumber: null,
    proposalHash: null,
    ...resolution,
  }
  const outcome = await runCommand(bench.workshop.db, bench.workshop.context('req-2'), (unit) =>
    resolveException(unit, decided, bench.clock.now()),
  )
  bench.desk.ring()
  return outcome
}

describe('a workflow that gets stuck', () => {
  it('is owned at once: class, owner, deadline and the money at risk', async () => {
    const { workflowId, ...exception } = await stuckAt('pack')
    expect(exception).toMatchObject({
      class: 'MAPPING_MISSING',
      code: 'MAPPING_MISSING',
      step: 'pack',
      field: 'thing',
      message: 'It cannot be',
      status: 'OPEN',
      owner: 'FINANCE',
      escalateTo: 'PLATFORM',
      dueAt: bench.clock.now().add({ hours: 24 }),
      moneyAtRisk: { minorUnits: 10_00n, currency: 'USD' },
      attempts: 1,
      decisions: [],
    })
    expect((await bench.read(workflowId)).status).toBe('EXCEPTION')
    expect(await told()).toEqual(['opened'])
  })

  it.each([
    ['what the books refuse is theirs', 'ship', refuse('STATUS_FORBIDS'), 'POSTING_REJECTED', 'FINANCE'],
    ['also where the period is closed', 'ship', refuse('PERIOD_CLOSED'), 'POSTING_REJECTED', 'FINANCE'],
    [
      'what may have happened is the platform’s',
      'reserve',
      () => {
        throw new OutcomeUnknown('It does not say')
      },
      'OUTCOME_UNKNOWN',
      'PLATFORM',
    ],
    [
      'so is a step that is broken, which may have had its effect',
      'reserve',
      () => {
        throw new TypeError('x is not a function')
      },
      'OUTCOME_UNKNOWN',
      'PLATFORM',
    ],
  ] as const)('%s', async (_, step, answer, name, owner) => {
    expect(await stuckAt(step, answer as never)).toMatchObject({ class: name, owner, step })
  })

  it('is the platform’s where it cannot be undone, and names the step that stays', async () => {
    bench.systems.answers.set('reserve/undo', refuse('STATUS_FORBIDS'))
    expect(await stuckAt('charge', refuse('STATUS_FORBIDS'))).toMatchObject({
      class: 'COMPENSATION_FAILED',
      owner: 'PLATFORM',
      step: 'reserve',
      dueAt: bench.clock.now().add({ hours: 2 }),
    })
  })

  it('is none while a system that does not answer is tried again', async () => {
    bench.work()
    bench.systems.answers.set('pack', () => {
      throw new SystemUnavailable('ERP is away')
    })
    const id = await bench.order('vase')
    await expect.poll(() => bench.read(id)).toMatchObject({ status: 'RETRYING' })
    expect(await list()).toEqual([])
  })
})

describe('retried', () => {
  it('goes on from the step that failed, and is resolved when it completes', async () => {
    const { workflowId } = await stuckAt('ship')
    bench.systems.answers.clear()
    expect(await resolve({ action: 'RETRY' })).toMatchObject({ value: { status: 'IN_PROGRESS' } })
    expect((await bench.desk.settled(workflowId, SETTLED_MS)).status).toBe('COMPLETED')
    expect(bench.systems.calls).toEqual(['look', 'reserve', 'pack', 'charge', 'ship', 'ship'])
    expect(await only()).toMatchObject({
      status: 'RESOLVED',
      resolvedAt: bench.clock.now(),
      decisions: [{ action: 'RETRY', actor: 'mary', reason: 'It is mended' }],
    })
    expect(await told()).toEqual(['opened', 'takenUp', 'resolved'])
  })

  it('before it is mended buys no time: the same exception with the same deadline and assignee', async () => {
    const first = await stuckAt('ship')
    await resolve({ action: 'ASSIGN', assignee: 'jo' })
    bench.clock.advance({ hours: 5 })
    await resolve({ action: 'RETRY' })
    await bench.desk.settled(first.workflowId, SETTLED_MS)
    await expect.poll(only).toMatchObject({
      id: first.id,
      status: 'ASSIGNED',
      assignee: 'jo',
      dueAt: first.dueAt,
      attempts: 2,
    })
    expect(await told()).toEqual(['opened', 'assigned', 'takenUp', 'reopened'])
  })

  it('stuck for another reason belongs to whoever answers for that', async () => {
    const first = await stuckAt('ship')
    bench.clock.advance({ hours: 5 })
    bench.systems.answers.set('ship', () => {
      throw new OutcomeUnknown('It does not say')
    })
    await resolve({ action: 'RETRY' })
    await bench.desk.settled(first.workflowId, SETTLED_MS)
    await expect.poll(only).toMatchObject({
      class: 'OUTCOME_UNKNOWN',
      owner: 'PLATFORM',
      dueAt: bench.clock.now().add({ hours: 4 }),
      openedAt: first.openedAt,
    })
  })

  it('twice is refused: it goes on already', async () => {
    await stuckAt('ship')
    bench.systems.answers.clear()
    await resolve({ action: 'RETRY' })
    expect(await resolve({ action: 'RETRY' })).toMatchObject({
      violations: [{ code: 'STATUS_FORBIDS', field: 'exceptionId' }],
    })
  })
})

describe('nobody looks at it in time', () => {
  it('and the next owner has it, for as long again, and is told', async () => {
    await stuckAt('ship', refuse('MAPPING_MISSING'))
    await resolve({ action: 'ASSIGN', assignee: 'jo' })
    bench.clock.advance({ hours: 23 })
    expect(await meetDeadlines(bench.workshop.db, bench.workshop.context('deadlines'))).toBe(0)
    bench.clock.advance({ hours: 1 })
    const watches = [1, 2].map(() => meetDeadlines(bench.workshop.db, bench.workshop.context('deadlines')))
    expect((await Promise.all(watches)).reduce((sum, met) => sum + met)).toBe(1)
    expect(await only()).toMatchObject({
      owner: 'PLATFORM',
      assignee: null,
      status: 'OPEN',
      escalations: 1,
      dueAt: bench.clock.now().add({ hours: 24 }),
    })
    expect(await told()).toEqual(['opened', 'assigned', 'escalated'])
  })

  it('is no matter once it is resolved', async () => {
    await stuckAt('ship')
    await resolve({ action: 'RESOLVE' })
    bench.clock.advance({ hours: 100 })
    expect(await meetDeadlines(bench.workshop.db, bench.workshop.context('deadlines'))).toBe(0)
  })
})

describe('a person', () => {
  it('has it undone, which resolves it', async () => {
    const { workflowId } = await stuckAt('pack')
    await resolve({ action: 'COMPENSATE', reason: 'The customer withdrew' })
    expect((await bench.desk.settled(workflowId, SETTLED_MS)).status).toBe('COMPENSATED')
    expect((await only()).status).toBe('RESOLVED')
  })

  it('has it undone where nothing was done: it is resolved at once, and the next in line goes on', async () => {
    const { workflowId } = await stuckAt('reserve', () => {
      throw new OutcomeUnknown('It does not say')
    })
    const next = await bench.order('vase', 'next')
    bench.systems.answers.clear()
    await resolve({ action: 'COMPENSATE' })
    expect((await bench.read(workflowId)).status).toBe('COMPENSATED')
    expect((await list())[0]?.status).toBe('RESOLVED')
    expect((await bench.desk.settled(next, SETTLED_MS)).status).toBe('COMPLETED')
  })

  it('cannot have it undone after a numbered document was issued: nothing changes', async () => {
    await stuckAt('ship')
    const message = 'charge is done, and nobody can undo that: from there on it only goes forwards'
    expect(await resolve({ action: 'COMPENSATE' })).toMatchObject({
      violations: [{ code: 'STATUS_FORBIDS', message }],
    })
    expect(await only()).toMatchObject({ status: 'OPEN', decisions: [] })
  })

  it('closes it with a reason, and can still have it go on', async () => {
    const { workflowId } = await stuckAt('ship')
    expect(await resolve({ action: 'RESOLVE', reason: 'Shipped by hand' })).toMatchObject({
      value: { status: 'RESOLVED', decisions: [{ action: 'RESOLVE', reason: 'Shipped by hand' }] },
    })
    expect((await bench.read(workflowId)).status).toBe('EXCEPTION')
    bench.systems.answers.clear()
    await resolve({ action: 'RETRY' })
    expect((await bench.desk.settled(workflowId, SETTLED_MS)).status).toBe('COMPLETED')
    expect((await only()).status).toBe('RESOLVED')
  })

  it('decides about it however often it was decided about before: the newest hundred decisions are shown', async () => {
    const { workflowId } = await stuckAt('ship')
    for (let count = 0; count < 100; count += 1)
      await resolve({ action: 'ASSIGN', assignee: `jo ${count}`, actor: `jo ${count}` })
    bench.systems.answers.clear()
    expect(await resolve({ action: 'RETRY', actor: 'mary' })).toMatchObject({
      value: { status: 'IN_PROGRESS' },
    })
    expect((await bench.desk.settled(workflowId, SETTLED_MS)).status).toBe('COMPLETED')
    const { decisions } = await only()
    expect([decisions.length, decisions[0]?.actor, decisions.at(-1)?.actor]).toEqual([100, 'jo 1', 'mary'])
    const events = await bench.database.owner.rows<{ type: string; before: unknown; after: unknown }>({
      text: `SELECT e.type, e.data AS after, b.data AS before FROM operations.event e
        LEFT JOIN operations.event b ON b.aggregate_id = e.aggregate_id AND b.version = e.version - 1
        WHERE e.aggregate = 'exception' ORDER BY e.version DESC LIMIT 3`,
      values: [],
    })
    expect(events.map((event) => actorOf(event as never))).toEqual(['revgraph', 'mary', 'jo 99'])
  })

  it('takes it and gives it back', async () => {
    await stuckAt('ship')
    expect(await resolve({ action: 'ASSIGN', assignee: 'jo' })).toMatchObject({
      value: { status: 'ASSIGNED', assignee: 'jo', owner: 'FINANCE' },
    })
    expect(await resolve({ action: 'ASSIGN' })).toMatchObject({ value: { status: 'OPEN', assignee: null } })
  })

  it.each([
    ['no reason', { reason: ' ' }, 'REASON_MISSING', 'reason'],
    ['a long reason', { reason: 'x'.repeat(501) }, 'TEXT_TOO_LONG', 'reason'],
    ['an empty name', { actor: '' }, 'ACTOR_MISSING', 'actor'],
    ['an unknown exception', { exceptionId: 'exc_none' }, 'REFERENCE_MISSING', 'exceptionId'],
  ] as const)('is refused: %s', async (_, fields, code, field) => {
    const { workflowId } = await stuckAt('ship')
    expect(await resolve(fields)).toMatchObject({ violations: [{ code, field }] })
    expect((await bench.read(workflowId)).status).toBe('EXCEPTION')
  })
})
