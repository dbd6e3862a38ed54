// What a day brings is begun for each that is due, whatever becomes of the others.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startDue } from '#subgraphs/operations/clock/start-due.ts'
import { openWorkbench, sell, type Workbench } from './workflows/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench()
})
afterAll(() => bench.close())

const today = Temporal.PlainDate.from('2026-06-15')
const due = ['amphora', 'broken', 'vase']

/** A story that fails at what is broken, as a defect would. */
const story: typeof sell = {
  ...sell,
  prepare: (systems, order) =>
    order.what === 'broken' ? Promise.reject(new Error('It is broken')) : sell.prepare(systems, order),
}

it('one that cannot be begun keeps none of the others from it, and is told', async () => {
  const begun = startDue(
    { desk: bench.desk, today },
    (afterId) => Promise.resolve(due.filter((what) => what > afterId)),
    (what) => what,
    (what, again) =>
      bench.desk.start(
        story,
        { what, idempotencyKey: `${what}${again}` },
        { requestedBy: 'due', correlationId: 'due' },
      ),
  )
  await expect(begun).rejects.toThrow('broken')
  const started = await bench.database.owner.rows({
    text: 'SELECT subject FROM operations.workflow ORDER BY subject',
    values: [],
  })
  expect(started).toEqual([{ subject: 'thing:amphora' }, { subject: 'thing:vase' }])
})
