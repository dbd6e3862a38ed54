/** An invoice by the outside system that masters billing: it gives the number, and the customer hears from it. */
import type { InvoiceFact } from '#domain/billing.ts'
import { daysIn } from '#domain/calendar.ts'
import type { InvoiceDraft } from '#domain/document-draft.ts'
import { invoiceTotals } from '#domain/invoice.ts'
import type { Connector } from '#platform/connector.ts'
import { checkDraft, issuedInvoice, issueInvoice } from '#subgraphs/billing/commands/issue-invoice.ts'
import { outsideFirst } from '#subgraphs/operations/effects/outside-first.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { BillingOutside } from './billing.ts'
import { customerOutside } from './customer.ts'
import { refuseOtherAmounts, refuseUnsent } from './made-document.ts'

type Issue = Systems['billing']['issueInvoice']

/** Net and tax must be ours, to the minor unit. */
export async function issueOutside(
  place: BillingOutside,
  connector: Connector,
  effect: Parameters<Issue>[0],
  draft: InvoiceDraft,
): ReturnType<Issue> {
  const { outside, billing, inBilling } = place
  const refused = await checkDraft(billing, draft)
  if (refused.length > 0) return refuseUnsent(outside, connector, effect.effectKey, refused)
  const { value: customer, violations } = await customerOutside(place, connector, draft.customerId, effect)
  if (violations !== undefined) return { violations }
  const payload = payloadOf(customer, issuedInvoice(draft, NUMBER_TO_COME, effect.effectKey))
  const step = { connector, operation: 'issueInvoice', objectType: 'invoice', payload }
  return outsideFirst(outside, step, effect, (madeAs, details) => {
    const madeNumber = details['number'] ?? madeAs.externalId
    refuseOtherAmounts(connector.name, madeNumber, payload, details)
    return issueInvoice(billing, inBilling(effect), { ...draft, madeAs, madeNumber })
  })
}

const NUMBER_TO_COME = ''

function payloadOf(customer: string, invoice: InvoiceFact) {
  const { total, tax } = invoiceTotals(invoice.lines, invoice.taxLines)
  return {
    customer,
    currency: invoice.currency,
    minorUnits: String(total),
    taxMinorUnits: String(tax),
    daysUntilDue: daysIn({ start: invoice.issueDate, end: invoice.dueDate }),
    lines: invoice.lines.map((line) => ({
      invoiceLineId: line.id,
      description: line.description,
      quantity: line.quantity,
      minorUnits: String(line.amount),
      discountMinorUnits: String(line.discount),
      start: line.servicePeriod && String(line.servicePeriod.start),
      end: line.servicePeriod && String(line.servicePeriod.end),
      productId: line.productId,
      subscriptionItemId: line.subscriptionItemId,
      contractLineId: line.contractLineId,
    })),
    taxes: invoice.taxLines.map(({ jurisdiction, rate, taxable, amount }) => ({
      jurisdiction,
      rate,
      taxableMinorUnits: String(taxable),
      minorUnits: String(amount),
    })),
    invoiceId: invoice.id,
    customerId: invoice.customerId,
    legalEntityId: invoice.legalEntityId,
    contractId: invoice.contractId,
    subscriptionId: invoice.subscriptionId,
    issuedOn: String(invoice.issueDate),
    dueOn: String(invoice.dueDate),
  }
}
