/** A ledger in memory: what postings do to each account, month by month. */
import {
  postingsOfCreditNote,
  postingsOfDispute,
  postingsOfInvoice,
  postingsOfPayment,
  postingsOfRefund,
  recognitionPosting,
} from '#domain/posting.ts'
import { sum } from '#domain/money.ts'
import type { AccountRole, Posting, PostingLine, ScheduleFact } from '#domain/erp.ts'
import type { Origin } from '#domain/posting.ts'
import type { Payment } from '#domain/billing.ts'
import type { StoredDocuments } from './documents.ts'

/** Every posting that documents demand. */
export function postingsOf(documents: StoredDocuments): Posting[] {
  const paymentOf = ({ paymentId }: { readonly paymentId: string }): Origin[] =>
    documents.payments.filter(({ id }) => id === paymentId).map(originOf)
  const invoices = new Map(documents.invoices.map((it) => [it.id, { ...it, date: it.issueDate }]))
  return [
    ...documents.invoices.flatMap((it) => postingsOfInvoice(it)),
    ...documents.creditNotes.flatMap((it) => postingsOfCreditNote(it, invoices.get(it.invoiceId) ?? null)),
    ...documents.payments.flatMap((it) => postingsOfPayment(it, invoices)),
    ...documents.refunds.flatMap((refund) => paymentOf(refund).flatMap((it) => postingsOfRefund(refund, it))),
    ...documents.disputes.flatMap((dispute) =>
      paymentOf(dispute).flatMap((it) => postingsOfDispute(dispute, it)),
    ),
  ]
}

/** A payment as the books have it. */
export function originOf(payment: Payment): Origin {
  return { ...payment, contractId: null, date: payment.receivedOn }
}

/** The postings that recognise every entry of the schedules. */
export function recognitionsOf(schedules: readonly ScheduleFact[]): Posting[] {
  return schedules.flatMap((schedule) =>
    schedule.entries.flatMap(({ period, amount }) => recognitionPosting(schedule, period, amount)),
  )
}

/** Debits less credits of an account over all postings, minor units. */
export function balanceOf(postings: readonly Posting[], role: AccountRole): bigint {
  return sum(linesOf(postings, role).map(({ debit, credit }) => debit - credit))
}

/** Debits less credits of an account by month, `{ '2026-01': 90n }`; months without a change are left out. */
export function movementsOf(postings: readonly Posting[], role: AccountRole): Record<string, bigint> {
  const byMonth = Map.groupBy(postings, ({ date }) => date.toPlainYearMonth().toString())
  const movements = [...byMonth].map(([month, group]): [string, bigint] => [month, balanceOf(group, role)])
  return Object.fromEntries(movements.filter(([, amount]) => amount !== 0n))
}

/** A posting's lines as `Dr RECEIVABLES 540`. */
export function journal(postings: readonly Posting[]): string[] {
  return postings.flatMap(({ lines }) =>
    lines.map(({ role, debit, credit }) => (debit > 0n ? `Dr ${role} ${debit}` : `Cr ${role} ${credit}`)),
  )
}

function linesOf(postings: readonly Posting[], role: AccountRole): PostingLine[] {
  return postings.flatMap(({ lines }) => lines.filter((line) => line.role === role))
}
