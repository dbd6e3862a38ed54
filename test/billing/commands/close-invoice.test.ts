// An invoice is voided while nothing happened to it, and written off while something is owed.
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { voidInvoice, writeOffInvoice } from '#subgraphs/billing/commands/close-invoice.ts'
import { recordPayment } from '#subgraphs/billing/commands/record-payment.ts'
import { day } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { eventsOf } from '../support.ts'
import {
  effect,
  expectOneEffect,
  expectRefusal,
  expectSoundBooks,
  invoiceOf,
  issue,
  openDesk,
  paymentDraft,
  valueOf,
} from './desk.ts'

let database: TestDatabase
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

const commands = { voidInvoice, writeOffInvoice }
const close = (name: keyof typeof commands, closedOn = '2026-06-20', key = 'wfl_1/close', id = invoiceId) =>
  commands[name](database.of('billing'), effect(key), { invoiceId: id, closedOn: day(closedOn) })

const pay = async (amount: bigint): Promise<unknown> =>
  valueOf(
    await recordPayment(
      database.of('billing'),
      effect('wfl_0/payment'),
      paymentDraft({ amount, allocations: [{ invoiceId, amount }] }),
    ),
  )

test('an invoice is voided once, and keeps its number', async () => {
  await expectOneEffect(database, () => close('voidInvoice'))
  expect(await invoiceOf(database, invoiceId)).toMatchObject({
    status: 'VOID',
    number: 'US-000001',
    balance: 0n,
  })
  expect(await eventsOf(database, invoiceId)).toEqual(['invoice.issued', 'invoice.voided'])
  await expectSoundBooks(database)
})

test('what is left of an invoice is written off once', async () => {
  await pay(4_000n)
  await expectOneEffect(database, () => close('writeOffInvoice'))
  expect(await invoiceOf(database, invoiceId)).toMatchObject({
    status: 'UNCOLLECTIBLE',
    closedOn: day('2026-06-20'),
    allocated: 4_000n,
    writtenOff: 6_000n,
    balance: 0n,
  })
  expect((await eventsOf(database, invoiceId)).at(-1)).toBe('invoice.writtenOff')
  await expectSoundBooks(database)
})

test('what an outside system gave up, and told before us, is written off as it was', async () => {
  valueOf(await close('writeOffInvoice', '2026-06-19', 'wfl_0/told'))
  const input = { invoiceId, closedOn: day('2026-06-20'), isMade: true }
  valueOf(await writeOffInvoice(database.of('billing'), effect('wfl_1/close'), input))
  expect(await invoiceOf(database, invoiceId)).toMatchObject({ status: 'UNCOLLECTIBLE', writtenOff: 10_000n })
  await expectSoundBooks(database)
})

describe('refuses', () => {
  test.each(['voidInvoice', 'writeOffInvoice'] as const)(
    '%s of nothing, and before its day',
    async (name) => {
      await expectRefusal(database, () => close(name, '2026-06-20', 'wfl_1/close', 'inv_none'), [
        'REFERENCE_MISSING invoiceId',
      ])
      await expectRefusal(database, () => close(name, '2026-06-14'), ['DATE_ORDER closedOn'])
    },
  )

  it('to void what is paid in part: a credit note corrects it', async () => {
    await pay(1n)
    await expectRefusal(database, () => close('voidInvoice'), ['STATUS_FORBIDS invoiceId'])
  })

  it('to write off what is paid', async () => {
    await pay(10_000n)
    await expectRefusal(database, () => close('writeOffInvoice'), ['STATUS_FORBIDS invoiceId'])
  })

  it('to close it twice', async () => {
    await close('voidInvoice')
    await expectRefusal(database, () => close('writeOffInvoice', '2026-06-20', 'wfl_2/close'), [
      'STATUS_FORBIDS invoiceId',
    ])
  })
})
