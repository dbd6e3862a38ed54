// Collection of what is overdue: attempts by a schedule, a pause while there is a dispute, an end when it is paid.
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { daysBeforeAttempt } from '#domain/dunning.ts'
import { readRows } from '#platform/table.ts'
import { writeOffInvoice } from '#subgraphs/billing/commands/close-invoice.ts'
import { advanceDunning, pauseDunning, resumeDunning } from '#subgraphs/billing/commands/collect-invoice.ts'
import { recordPayment } from '#subgraphs/billing/commands/record-payment.ts'
import { dunnings } from '#subgraphs/billing/tables.ts'
import { day } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { eventsOf } from '../support.ts'
import { effect, expectOneEffect, expectRefusal, issue, openDesk, paymentDraft, valueOf } from './desk.ts'

let database: TestDatabase
/** Due on 15 July. */
let invoiceId: string
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  await openDesk(database)
  invoiceId = await issue(database, 'wfl_0/invoice')
})
afterAll(() => database.close())

const commands = { advance: advanceDunning, pause: pauseDunning, resume: resumeDunning }
const collect = (name: keyof typeof commands, on: string, key = `wfl_${on}/${name}`, id = invoiceId) =>
  commands[name](database.of('billing'), effect(key), { invoiceId: id, on: day(on) })

const dunningOf = async (id: string | null) => {
  const [dunning] = await readRows(database.owner, dunnings, [id ?? ''])
  return `${dunning?.status} ${dunning?.attempts} ${dunning?.nextAttemptOn?.toString()}`
}

const pay = async (): Promise<unknown> =>
  recordPayment(
    database.of('billing'),
    effect('wfl_0/payment'),
    paymentDraft({ allocations: [{ invoiceId, amount: 10_000n }] }),
  )

test('attempts follow the schedule until it is exhausted, each once', async () => {
  expect(daysBeforeAttempt).toEqual([3, 5, 7, 7])
  const { dunningId } = await expectOneEffect(database, () => collect('advance', '2026-07-18'))
  expect(await dunningOf(dunningId)).toBe('ACTIVE 1 2026-07-23')
  await collect('advance', '2026-07-23')
  expect(await dunningOf(dunningId)).toBe('ACTIVE 2 2026-07-30')
  // A day late: the next one waits from then.
  await collect('advance', '2026-07-31')
  expect(await dunningOf(dunningId)).toBe('ACTIVE 3 2026-08-07')
  expect(valueOf(await collect('advance', '2026-08-07'))).toMatchObject({ status: 'EXHAUSTED', attempts: 4 })
  await expectRefusal(database, () => collect('advance', '2026-08-14'), ['STATUS_FORBIDS invoiceId'])
  expect(await eventsOf(database, dunningId ?? '')).toEqual([
    'dunning.created',
    'dunning.changed',
    'dunning.changed',
    'dunning.exhausted',
  ])
})

describe('a pause', () => {
  it('holds attempts back, and goes on with the wait before the next one', async () => {
    const { dunningId } = valueOf(await collect('advance', '2026-07-18'))
    await expectOneEffect(database, () => collect('pause', '2026-07-20'))
    expect(await dunningOf(dunningId)).toBe('PAUSED 1 undefined')
    await expectRefusal(database, () => collect('advance', '2026-07-23'), ['STATUS_FORBIDS invoiceId'])
    await expectOneEffect(database, () => collect('resume', '2026-08-01'))
    expect(await dunningOf(dunningId)).toBe('ACTIVE 1 2026-08-06')
  })

  it('can come before the first attempt', async () => {
    const { dunningId } = valueOf(await collect('pause', '2026-07-01'))
    await collect('resume', '2026-07-10')
    expect(await dunningOf(dunningId)).toBe('ACTIVE 0 2026-07-18')
  })

  it('of what is not collected changes nothing', async () => {
    await pay()
    expect(valueOf(await collect('pause', '2026-07-20'))).toEqual({
      dunningId: null,
      status: null,
      attempts: 0,
    })
    expect(valueOf(await collect('resume', '2026-07-20'))).toEqual({
      dunningId: null,
      status: null,
      attempts: 0,
    })
  })
})

describe('an end', () => {
  it('is a recovery where the invoice is paid', async () => {
    const { dunningId } = valueOf(await collect('advance', '2026-07-18'))
    await pay()
    expect(valueOf(await collect('advance', '2026-07-19'))).toMatchObject({
      status: 'RECOVERED',
      attempts: 1,
    })
    expect((await eventsOf(database, dunningId ?? '')).at(-1)).toBe('dunning.recovered')
  })

  it('is none where it is given up', async () => {
    await collect('advance', '2026-07-18')
    const closing = { invoiceId, closedOn: day('2026-07-19') }
    valueOf(await writeOffInvoice(database.of('billing'), effect('wfl_1/write-off'), closing))
    expect(valueOf(await collect('advance', '2026-07-20'))).toMatchObject({
      status: 'EXHAUSTED',
      attempts: 1,
    })
  })
})

describe('refuses to attempt', () => {
  test.each([
    { name: 'before the first is due', on: '2026-07-17', id: undefined, refused: ['DATE_ORDER on'] },
    { name: 'nothing', on: '2026-07-18', id: 'inv_none', refused: ['REFERENCE_MISSING invoiceId'] },
  ])('$name', ({ on, id, refused }) =>
    expectRefusal(database, () => collect('advance', on, 'wfl_1/advance', id ?? invoiceId), refused),
  )

  it('before the next is due', async () => {
    await collect('advance', '2026-07-18')
    await expectRefusal(database, () => collect('advance', '2026-07-22'), ['DATE_ORDER on'])
  })
})
