import type { InvoiceDraft } from '#domain/document-draft.ts'
import type { Outcome } from '#domain/failure.ts'
import { parseDate } from '#platform/dates.ts'
import { type Jsonified, reviveDateRange } from '#platform/table.ts'
import type { StepEffect } from '../workflows/flow.ts'
import type { Systems } from './systems.ts'

/** A draft with the tax on it, by the rules of its day: refused where no rule says how much. */
export async function withTax({ tax }: Systems, draft: InvoiceDraft): Promise<Outcome<InvoiceDraft>> {
  const { customerId, legalEntityId, issueDate: date, lines } = draft
  const taxable = lines.map(({ productId, amount: net }) => ({ productId, taxCode: null, net }))
  const quote = await tax.quote({ customerId, place: null, legalEntityId, date, lines: taxable })
  if (quote.violations !== undefined) return quote
  const taxLines = quote.value.taxes.map(({ jurisdiction, rate, taxable: base, amount }) => ({
    jurisdiction,
    rate,
    taxable: base,
    amount,
  }))
  return { value: { ...draft, taxLines } }
}

/** Issues what the step `draftInvoice` kept, as it was drafted; where nothing was due there is none. */
export async function issueDraft(
  { billing }: Systems,
  { results }: { readonly results: Readonly<Record<string, unknown>> },
  effect: StepEffect,
): Promise<Outcome<unknown>> {
  const draft = results['draftInvoice'] as Jsonified<InvoiceDraft> | null
  return draft === null ? { value: null } : billing.issueInvoice(effect, reviveDraft(draft))
}

/** A draft that was kept as JSON. */
export function reviveDraft({
  issueDate,
  dueDate,
  lines,
  taxLines,
  ...draft
}: Jsonified<InvoiceDraft>): InvoiceDraft {
  return {
    ...draft,
    issueDate: parseDate(issueDate),
    dueDate: parseDate(dueDate),
    lines: lines.map(({ amount, discount, servicePeriod, ...line }) => ({
      ...line,
      amount: BigInt(amount),
      discount: BigInt(discount),
      servicePeriod: servicePeriod && reviveDateRange(servicePeriod),
    })),
    taxLines: taxLines.map(({ taxable, amount, ...line }) => ({
      ...line,
      taxable: BigInt(taxable),
      amount: BigInt(amount),
    })),
  }
}
