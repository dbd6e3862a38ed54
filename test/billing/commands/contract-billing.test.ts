// The article's contract as billing lives through it: a year at 12,000.00, 18,000.00 from day 120 on, and an early end.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { documentsOf } from '#domain/adjustment-document.ts'
import { amend } from '#domain/amend.ts'
import type { Change } from '#domain/amendment.ts'
import { type BillTerms, firstInvoice } from '#domain/bill.ts'
import type { ContractFact } from '#domain/crm.ts'
import { changeSubscription } from '#subgraphs/billing/commands/change-subscription.ts'
import { readContractBilling } from '#subgraphs/billing/commands/contract-billing.ts'
import { issueCreditNote } from '#subgraphs/billing/commands/issue-credit-note.ts'
import { issueInvoice } from '#subgraphs/billing/commands/issue-invoice.ts'
import { openSubscription } from '#subgraphs/billing/commands/open-subscription.ts'
import { contract, contractLine, day, range } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { effect, expectSoundBooks, invoiceOf, numbersOf, openDesk, subscriptionOf, valueOf } from './desk.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  await openDesk(database)
})
afterAll(() => database.close())

const signed = contract({
  startDate: day('2027-01-01'),
  endDate: day('2028-01-01'),
  lines: [
    contractLine({
      id: 'ctl_1',
      unitPrice: 1_200_000n,
      interval: { unit: 'YEAR', count: 1 },
      servicePeriod: range('2027-01-01', '2028-01-01'),
    }),
  ],
})
const dearer: Change = {
  kind: 'UPDATE',
  lineId: 'ctl_1',
  quantity: null,
  unitPrice: { amount: '18000.00', currency: 'USD' },
}

const db = () => database.of('billing')

async function terms(issueDate: string): Promise<BillTerms> {
  const { subscription, names } = await readContractBilling(db(), signed.id, ['product-1'])
  return {
    subscriptionId: subscription?.id ?? null,
    collectionMethod: 'SEND_INVOICE',
    issueDate: day(issueDate),
    daysToPay: 30,
    names,
  }
}

/** Amends the contract and has billing follow: its subscription first, then its documents. */
async function amended(before: ContractFact, on: string, change: Change): Promise<ContractFact> {
  const { contract: after, adjustments } = valueOf(
    amend(before, { effectiveDate: day(on), changes: [change] }),
  )
  valueOf(
    await changeSubscription(db(), effect(`wfl_${on}/subscription`), {
      contract: after,
      collectionMethod: 'SEND_INVOICE',
    }),
  )
  const { invoices } = await readContractBilling(db(), signed.id, [])
  const amendment = { before, after, adjustments, reason: null }
  const document = valueOf(documentsOf(amendment, invoices, await terms(on)))
  if (document?.kind === 'INVOICE')
    valueOf(await issueInvoice(db(), effect(`wfl_${on}/invoice`), document.draft))
  const notes = document?.kind === 'CREDIT_NOTES' ? document.drafts : []
  for (const [place, draft] of notes.entries())
    valueOf(await issueCreditNote(db(), effect(`wfl_${on}/credit/${place}`), draft))
  return after
}

test('P8 is one invoice of 4,027.40, and what an early end gives back is taken from both', async () => {
  const opening = { contract: signed, collectionMethod: 'SEND_INVOICE' } as const
  const { subscriptionId } = valueOf(await openSubscription(db(), effect('wfl_0/subscription'), opening))
  const draft = firstInvoice(signed, await terms('2027-01-01'))
  if (draft === null) throw new Error('nothing is due')
  const first = valueOf(await issueInvoice(db(), effect('wfl_0/invoice'), draft))

  const upgraded = await amended(signed, '2027-05-01', dearer)
  const { invoices } = await readContractBilling(db(), signed.id, [])
  const second = invoices.find(({ invoice }) => invoice.id !== first.invoiceId)?.invoice
  const items = (await subscriptionOf(database, subscriptionId ?? ''))?.items ?? []
  expect(second).toMatchObject({
    number: 'US-000002',
    subscriptionId,
    lines: [
      { amount: -805_479n, contractLineId: 'ctl_1', subscriptionItemId: items[0]?.id },
      { amount: 1_208_219n, contractLineId: 'ctl_1~20270501', subscriptionItemId: items[1]?.id },
    ],
  })
  expect(await invoiceOf(database, second?.id ?? '')).toMatchObject({ total: 402_740n, balance: 402_740n })

  await amended(upgraded, '2027-06-01', { kind: 'CANCEL', timing: 'AT_ONCE' })
  // The year to the end of May: 120 days at 12,000.00, rounded, and 31 at 18,000.00.
  const used = 394_521n + 152_877n
  const owed = await Promise.all([first.invoiceId, second?.id ?? ''].map((id) => invoiceOf(database, id)))
  expect(owed.map((invoice) => invoice?.balance)).toEqual([used, 0n])
  expect(await numbersOf(database, 'credit_note')).toEqual(['US-CN-000001', 'US-CN-000002'])
  await expectSoundBooks(database)
})
