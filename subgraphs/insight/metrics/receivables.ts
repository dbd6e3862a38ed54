import type { CreditNote, Invoice, Payment } from '#domain/billing.ts'
import { compareText } from '#domain/order.ts'
import { overdueChanges, type OwedAllocation, type OwedCredit, type OwedInvoice } from '#domain/overdue.ts'
import { parseDate } from '#platform/dates.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import type { Jsonified } from '#platform/table.ts'
import { type Grouped, groupedProjection, type MetricMovement } from './grouped.ts'

type InvoiceParts = Jsonified<OwedInvoice & Pick<Invoice, 'legalEntityId' | 'currency' | 'customerId'>>

interface KeptInvoice extends Grouped, InvoiceParts {
  readonly kind: 'INVOICE'
}
interface KeptPayment extends Grouped {
  readonly kind: 'PAYMENT'
  readonly receivedOn: string
  readonly allocations: readonly { readonly invoiceId: string; readonly amount: string }[]
}
interface KeptCredit extends Grouped, Jsonified<OwedCredit> {
  readonly kind: 'CREDIT'
}
type Kept = KeptInvoice | KeptPayment | KeptCredit

/** What customers owe for longer than agreed, by invoice: what settles one has an effect where it came too late. */
export const receivablesProjection = groupedProjection<Kept>({
  name: 'metrics-receivables',
  source: 'billing',
  aggregates: ['invoice', 'payment', 'creditNote'],
  apply: (_, event) => readers[event.aggregate as keyof typeof readers](event),
  movementsOf: (group, states) => {
    const all = [...states.values()]
    const invoice = all.find((it) => it.kind === 'INVOICE')
    return invoice === undefined ? [] : movementsOf(group, invoice, all)
  },
})

const readers = {
  invoice: ({ aggregateId, data }: LoggedEvent): KeptInvoice => {
    const { lifecycle, issueDate, dueDate, closedOn, total, legalEntityId, currency, customerId } =
      data as Jsonified<Invoice>
    const about = { legalEntityId, currency, customerId }
    return {
      kind: 'INVOICE',
      groups: [aggregateId],
      lifecycle,
      issueDate,
      dueDate,
      closedOn,
      total,
      ...about,
    }
  },
  payment: ({ data }: LoggedEvent): KeptPayment => {
    const { outcome, receivedOn, allocations } = data as Jsonified<Payment>
    const own = outcome === 'SUCCEEDED' ? allocations : []
    return {
      kind: 'PAYMENT',
      groups: [...new Set(own.map(({ invoiceId }) => invoiceId))],
      receivedOn,
      allocations: own.map(({ invoiceId, amount }) => ({ invoiceId, amount })),
    }
  },
  creditNote: ({ data }: LoggedEvent): KeptCredit => {
    const { id, invoiceId, status, issuedOn, voidedOn, amount } = data as Jsonified<CreditNote>
    return { kind: 'CREDIT', groups: [invoiceId], id, status, issuedOn, voidedOn, amount }
  },
}

function movementsOf(invoiceId: string, invoice: KeptInvoice, states: readonly Kept[]): MetricMovement[] {
  const payments = states.filter((it) => it.kind === 'PAYMENT')
  const allocations = payments.flatMap(({ receivedOn, allocations: own }): OwedAllocation[] =>
    own
      .filter((it) => it.invoiceId === invoiceId)
      .map(({ amount }) => ({ receivedOn: parseDate(receivedOn), amount: BigInt(amount) })),
  )
  const { legalEntityId, currency, customerId } = invoice
  const about = { legalEntityId, currency, customerId, sourceType: 'INVOICE', sourceId: invoiceId }
  return overdueChanges(owedOf(invoice), allocations, creditsIn(states)).map(({ on, amount }) => ({
    ...about,
    measure: 'OVERDUE',
    on: on.toString(),
    amount,
  }))
}

function owedOf({ lifecycle, issueDate, dueDate, closedOn, total }: KeptInvoice): OwedInvoice {
  return {
    lifecycle,
    issueDate: parseDate(issueDate),
    dueDate: parseDate(dueDate),
    closedOn: closedOn === null ? null : parseDate(closedOn),
    total: BigInt(total),
  }
}

/** In the order in which they count. */
function creditsIn(states: readonly Kept[]): OwedCredit[] {
  return states
    .filter((it) => it.kind === 'CREDIT')
    .map(({ id, status, issuedOn, voidedOn, amount }) => ({
      id,
      status,
      issuedOn: parseDate(issuedOn),
      voidedOn: voidedOn === null ? null : parseDate(voidedOn),
      amount: BigInt(amount),
    }))
    .toSorted((a, b) => Temporal.PlainDate.compare(a.issuedOn, b.issuedOn) || compareText(a.id, b.id))
}
