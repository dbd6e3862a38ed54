// What a workflow promises: once it is accepted it is done, undone, or before a person; and nothing happens twice.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  type CrashPoint,
  carryOut,
  OutcomeUnknown,
  SystemUnavailable,
  takeUp,
} from '#subgraphs/operations/workflows/carry-out.ts'
import { begun, nextTurn, type Turn } from '#domain/workflow.ts'
import { runCommand } from '#platform/command.ts'
import { type Mending, mend } from '#subgraphs/operations/workflows/mend.ts'
import { claimWorkflows } from '#subgraphs/operations/workflow-store.ts'
import { openWorkbench, sell, type Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.reset())
afterAll(() => bench.close())

const SETTLED_MS = 10_000
/** Within this a worker has looked for work many times. */
const LOOKED_AROUND_MS = 100
const settled = (id: string) => bench.desk.settled(id, SETTLED_MS)
const shown = async (id: string): Promise<string> => {
  const { status, steps } = await settled(id)
  return `${status}: ${steps.map((step) => `${step.name} ${step.status} ${step.attempts}`).join(', ')}`
}
const refuse = (code: 'STATUS_FORBIDS' | 'MAPPING_MISSING') => () => ({
  violations: [{ code, field: 'thing', message: 'It cannot be' }],
})

const mended = (id: string, mending: Mending) =>
  runCommand(bench.workshop.db, bench.workshop.context(id), (unit) =>
    mend(unit, id, mending, bench.clock.now()),
  )

const stuckAt = async (step: string): Promise<string> => {
  bench.work()
  bench.systems.answers.set(step, refuse('MAPPING_MISSING'))
  const id = await bench.order('vase')
  expect((await settled(id)).status).toBe('EXCEPTION')
  bench.systems.answers.clear()
  return id
}

/** Everything up to a point at a turn, and then nothing more: as after kill -9. */
const dieAt = async (point: CrashPoint, step: string): Promise<void> => {
  const at = (here: CrashPoint, { step: { name } }: { step: { name: string } }): Promise<void> =>
    here === point && name === step ? Promise.reject(new Error('killed')) : Promise.resolve()
  const [held] = await claimWorkflows(bench.workshop.db, 'node-1', bench.clock.now(), 1, 'DUE')
  if (held === undefined) throw new Error('nothing is due')
  await expect(takeUp({ ...bench.workshop, at }, held)).rejects.toThrow('killed')
}

const endLeases = (): Promise<unknown> =>
  bench.database.owner.rows({
    text: `UPDATE operations.workflow SET leased_until = '-infinity'`,
    values: [],
  })

const LONGER_THAN_A_TEST_MS = 600_000

describe('a story', () => {
  it('is told step by step to its end', async () => {
    bench.work()
    const id = await bench.order('vase')
    expect(await shown(id)).toBe(
      'COMPLETED: look DONE 1, reserve DONE 1, pack DONE 1, charge DONE 1, ship DONE 1',
    )
    expect(bench.systems.calls).toEqual(['look', 'reserve', 'pack', 'charge', 'ship'])
  })

  it('is undone from the last step to the first where one is refused before the pivot', async () => {
    bench.work()
    bench.systems.answers.set('charge', refuse('STATUS_FORBIDS'))
    const id = await bench.order('vase')
    expect(await shown(id)).toBe(
      'COMPENSATED: look DONE 1, reserve COMPENSATED 2, pack COMPENSATED 2, charge FAILED 1, ship PLANNED 0',
    )
    expect(bench.systems.calls.slice(-2)).toEqual(['pack/undo', 'reserve/undo'])
    expect((await settled(id)).failure).toMatchObject({ code: 'STATUS_FORBIDS', field: 'thing' })
  })

  it.each([
    ['what a person can mend', 'pack', refuse('MAPPING_MISSING'), 'MAPPING_MISSING'],
    ['what is refused after the pivot', 'ship', refuse('STATUS_FORBIDS'), 'STATUS_FORBIDS'],
    [
      'what may have happened',
      'pack',
      () => {
        throw new OutcomeUnknown('It does not say')
      },
      'OUTCOME_UNKNOWN',
    ],
    [
      'a step that is broken',
      'reserve',
      () => {
        throw new TypeError('x is not a function')
      },
      'DEFECT',
    ],
  ] as const)('waits for a person: %s', async (_, step, answer, code) => {
    bench.work()
    bench.systems.answers.set(step, answer)
    const id = await bench.order('vase')
    expect(await settled(id)).toMatchObject({ status: 'EXCEPTION', failure: { code }, dueAt: null })
  })

  it('waits for a person where it cannot be undone', async () => {
    bench.work()
    bench.systems.answers
      .set('charge', refuse('STATUS_FORBIDS'))
      .set('reserve/undo', refuse('STATUS_FORBIDS'))
    const id = await bench.order('vase')
    expect(await settled(id)).toMatchObject({ status: 'EXCEPTION', failure: { code: 'COMPENSATION_FAILED' } })
  })

  it('still says why it was undone where undoing it took a person', async () => {
    bench.work()
    bench.systems.answers
      .set('charge', refuse('STATUS_FORBIDS'))
      .set('reserve/undo', refuse('MAPPING_MISSING'))
    const id = await bench.order('vase')
    await settled(id)
    bench.systems.answers.clear()
    await mended(id, 'RESUME')
    await expect.poll(() => bench.read(id)).toMatchObject({ status: 'COMPENSATED' })
    expect((await bench.read(id)).failure).toMatchObject({ code: 'STATUS_FORBIDS', field: 'thing' })
  })

  it('tries a system again that does not answer, later each time, and then tells a person', async () => {
    bench.work()
    bench.systems.answers.set('pack', () => {
      throw new SystemUnavailable('ERP is away')
    })
    const id = await bench.order('vase')
    await expect.poll(() => bench.read(id)).toMatchObject({ status: 'RETRYING' })
    const began = bench.clock.now()
    expect((await bench.read(id)).dueAt).toEqual(began.add({ milliseconds: 200 }))
    for (const waitMs of [200, 400, 800]) {
      const { steps } = await bench.read(id)
      bench.clock.advance({ milliseconds: waitMs })
      await expect
        .poll(async () => (await bench.read(id)).steps[2]?.attempts)
        .toBe((steps[2]?.attempts ?? 0) + 1)
      await expect.poll(async () => (await bench.read(id)).steps[2]?.error?.code).toBe('SYSTEM_UNAVAILABLE')
    }
    expect(await settled(id)).toMatchObject({ status: 'EXCEPTION', failure: { code: 'SYSTEM_UNAVAILABLE' } })
  })

  it('keeps nobody waiting for a system that is away: who asks is told that it is tried again', async () => {
    bench.work()
    bench.systems.answers.set('pack', () => {
      throw new SystemUnavailable('ERP is away')
    })
    const id = await bench.order('vase')
    const answered = bench.desk.settled(id, LONGER_THAN_A_TEST_MS)
    for (const [tried, waitMs] of [200, 400].entries()) {
      await expect
        .poll(async () => {
          const { status, steps } = await bench.read(id)
          return [status, steps[2]?.attempts]
        })
        .toEqual(['RETRYING', tried + 1])
      bench.clock.advance({ milliseconds: waitMs })
    }
    expect(await answered).toMatchObject({ status: 'RETRYING' })
  })

  it('tries a step again whose statement took too long, since nothing of it was committed', async () => {
    bench.work()
    const tooLong = bench.workshop.db.transaction(async (unit) => {
      await unit.rows({ text: 'SET LOCAL statement_timeout = 1', values: [] })
      await unit.rows({ text: 'SELECT pg_sleep(60)', values: [] })
    })
    const error: unknown = await tooLong.catch((reason: unknown) => reason)
    bench.systems.answers.set('pack', () => {
      throw error
    })
    const id = await bench.order('vase')
    await expect.poll(() => bench.read(id)).toMatchObject({ status: 'RETRYING' })
    bench.systems.answers.clear()
    bench.clock.advance({ seconds: 1 })
    expect((await settled(id)).status).toBe('COMPLETED')
  })

  it('waits as long as a busy system asks for', async () => {
    bench.work()
    bench.systems.answers.set('pack', () => {
      throw new SystemUnavailable('Too many requests', 5_000)
    })
    const id = await bench.order('vase')
    await expect.poll(() => bench.read(id)).toMatchObject({ status: 'RETRYING' })
    expect((await bench.read(id)).dueAt).toEqual(bench.clock.now().add({ milliseconds: 5_000 }))
  })
})

describe('while a release is rolled out', () => {
  const [look, reserve, pack, charge, ship] = sell.steps
  if (!look || !reserve || !pack || !charge || !ship) throw new Error('the story has five steps')
  const sealed = { ...ship, name: 'sealAndShip' }
  /** The next version ships in another way, and still knows the way of before. */
  const next: typeof sell = { ...sell, steps: [look, reserve, pack, charge, sealed], retired: [ship] }

  it('what the new version began waits for a node that knows its steps, and is nobody’s mistake', async () => {
    const old = bench.work()
    const id = await bench.order('vase', 'vase', next)
    await expect.poll(() => bench.read(id)).toMatchObject({ status: 'RETRYING' })
    expect((await bench.read(id)).steps.at(-1)).toMatchObject({ error: { code: 'STEP_UNKNOWN' } })
    await old.stop()
    bench.work(next)
    bench.clock.advance({ seconds: 1 })
    expect(await settled(id)).toMatchObject({ status: 'COMPLETED' })
    expect(bench.systems.calls).toEqual(['look', 'reserve', 'pack', 'charge', 'sealAndShip'])
  })

  it('what the old version began is finished by the new one in the old way', async () => {
    const id = await bench.order('vase')
    bench.work(next)
    expect(await settled(id)).toMatchObject({ status: 'COMPLETED' })
    expect(bench.systems.calls.at(-1)).toBe('ship')
  })

  it('what no node knows is before a person in the end', async () => {
    bench.work()
    const id = await bench.order('vase', 'vase', next)
    for (let tries = 1; tries <= 4; tries += 1) {
      await expect.poll(async () => (await bench.read(id)).steps.at(-1)?.attempts).toBe(tries)
      await expect.poll(async () => (await bench.read(id)).status).not.toBe('RUNNING')
      bench.clock.advance({ seconds: 1 })
    }
    expect(await settled(id)).toMatchObject({ status: 'EXCEPTION', failure: { code: 'STEP_UNKNOWN' } })
  })
})

describe('a person', () => {
  it('has it go on from the step that failed', async () => {
    const id = await stuckAt('pack')
    expect(await mended(id, 'RESUME')).toMatchObject({ value: { status: 'RUNNING', failure: null } })
    await expect.poll(() => bench.read(id)).toMatchObject({ status: 'COMPLETED' })
    expect(bench.systems.calls).toEqual(['look', 'reserve', 'pack', 'pack', 'charge', 'ship'])
    const { steps } = await bench.read(id)
    expect(steps.map(({ retries }) => retries)).toEqual([undefined, undefined, 1, undefined, undefined])
  })

  it('has it undone, as long as no numbered document was issued', async () => {
    const id = await stuckAt('pack')
    await mended(id, 'COMPENSATE')
    await expect.poll(() => bench.read(id)).toMatchObject({ status: 'COMPENSATED' })
    expect(bench.systems.calls).toEqual(['look', 'reserve', 'pack', 'reserve/undo'])
  })

  it('cannot have it undone after that', async () => {
    const id = await stuckAt('ship')
    expect(await mended(id, 'COMPENSATE')).toMatchObject({ violations: [{ code: 'STATUS_FORBIDS' }] })
    expect((await bench.read(id)).status).toBe('EXCEPTION')
  })

  it('has one undone further that could not be undone', async () => {
    bench.work()
    bench.systems.answers
      .set('charge', refuse('STATUS_FORBIDS'))
      .set('reserve/undo', refuse('STATUS_FORBIDS'))
    const id = await bench.order('vase')
    expect((await settled(id)).status).toBe('EXCEPTION')
    bench.systems.answers.delete('reserve/undo')
    await mended(id, 'RESUME')
    await expect.poll(() => bench.read(id)).toMatchObject({ status: 'COMPENSATED' })
  })

  it('has nothing to do with one that goes on by itself', async () => {
    const id = await bench.order('vase')
    expect(await mended(id, 'RESUME')).toMatchObject({ violations: [{ code: 'STATUS_FORBIDS' }] })
  })
})

describe('a key', () => {
  it('that is refused starts nothing and stays free', async () => {
    const request = { requestedBy: 'anonymous', correlationId: 'req-1' }
    const refused = await bench.desk.start(sell, { what: '', idempotencyKey: 'key-1' }, request)
    expect(refused.violations).toMatchObject([{ code: 'REFERENCE_MISSING', field: 'what' }])
    await bench.order('vase', 'key-1')
  })

  it('50 times at once starts one workflow', async () => {
    bench.work()
    const ids = await Promise.all(Array.from({ length: 50 }, () => bench.order('vase', 'key-1')))
    expect(new Set(ids).size).toBe(1)
    await settled(ids[0] ?? '')
    expect(bench.systems.calls).toHaveLength(sell.steps.length)
  })

  it('is never another request’s', async () => {
    await bench.order('vase', 'key-1')
    await expect(bench.order('urn', 'key-1')).rejects.toThrow('used for another sell')
  })
})

describe('workflows about one subject', () => {
  it('are carried out one after another, in the order in which they were accepted', async () => {
    const ids: string[] = []
    for (const key of ['first', 'second', 'third']) ids.push(await bench.order('vase', key))
    bench.work()
    bench.work()
    await Promise.all(ids.map(settled))
    expect([...bench.systems.effects.keys()]).toEqual(
      ids.flatMap((id) => sell.steps.map(({ name }) => `${id}/${name}`)),
    )
  })

  it('wait behind one that waits for a person; others do not', async () => {
    bench.work()
    bench.systems.answers.set('ship', refuse('STATUS_FORBIDS'))
    const stuck = await bench.order('vase', 'first')
    await settled(stuck)
    bench.systems.answers.clear()
    const [behind, other] = [await bench.order('vase', 'second'), await bench.order('urn', 'third')]
    expect((await settled(other)).status).toBe('COMPLETED')
    expect(await bench.read(behind)).toMatchObject({ status: 'ACCEPTED', dueAt: null })
  })
})

describe('a node that dies', () => {
  const points: CrashPoint[] = ['BEGUN', 'SENT', 'RECORDED']
  const crashes = sell.steps.flatMap(({ name }) => points.map((point) => [name, point] as const))
  it.each(crashes)(
    'at %s, %s: another one finishes its work, and each effect is one',
    async (step, point) => {
      const id = await bench.order('vase')
      await dieAt(point, step)
      await endLeases()
      bench.work()
      expect((await settled(id)).status).toBe('COMPLETED')
      expect([...bench.systems.effects.keys()]).toEqual(sell.steps.map(({ name }) => `${id}/${name}`))
    },
  )

  it('keeps its work from others while its lease lasts', async () => {
    const id = await bench.order('vase')
    await dieAt('SENT', 'reserve')
    bench.work()
    await new Promise((resolve) => setTimeout(resolve, LOOKED_AROUND_MS))
    expect((await bench.read(id)).status).toBe('RUNNING')
  })

  it('and wakes up again changes nothing any more', async () => {
    const id = await bench.order('vase')
    const [stopped] = await claimWorkflows(bench.workshop.db, 'node-1', bench.clock.now(), 1, 'DUE')
    if (stopped === undefined) throw new Error('nothing is due')
    await endLeases()
    bench.work()
    const ended = await settled(id)
    // Before it began a turn, and after.
    await takeUp(bench.workshop, stopped)
    await carryOut(bench.workshop, begun(stopped, nextTurn(stopped) as Turn, bench.clock.now()))
    expect(await bench.read(id)).toEqual(ended)
  })
})
