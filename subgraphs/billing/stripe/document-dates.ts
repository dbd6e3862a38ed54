import type { Facts } from '#domain/facts.ts'

/** The dates on which facts ask for a place in the books: of documents, and of the service that they bill. */
export function documentDates(facts: Partial<Facts>): Temporal.PlainDate[] {
  return [
    ...(facts.invoices ?? []).flatMap(({ issueDate, closedOn, lines }) => [
      issueDate,
      closedOn,
      ...lines.flatMap(({ servicePeriod }) =>
        servicePeriod === null ? [] : [servicePeriod.start, servicePeriod.end],
      ),
    ]),
    ...(facts.payments ?? []).map(({ receivedOn }) => receivedOn),
    ...(facts.creditNotes ?? []).flatMap(({ issuedOn, voidedOn }) => [issuedOn, voidedOn]),
    ...(facts.refunds ?? []).map(({ refundedOn }) => refundedOn),
    ...(facts.disputes ?? []).flatMap(({ openedOn, closedOn }) => [openedOn, closedOn]),
  ].filter((date) => date !== null)
}
