import { covers, isBefore, later } from './calendar.ts'
import { defaultBilling } from './contract.ts'
import { dueCharges } from './adjustment.ts'
import type { DueCharge } from './adjustment.ts'
import type { CollectionMethod, InvoiceLine, SubscriptionItem } from './billing.ts'
import type { BillingPolicy } from './contract.ts'
import type { ContractFact, ContractLine } from './crm.ts'
import type { InvoiceDraft, LineDraft } from './document-draft.ts'
import type { DateRange } from './entity.ts'
import type { UsageLine } from './usage.ts'

/** What lines are called on an invoice, and which items of the subscription they bill. */
export interface LineNames {
  /** Names of products by their ids. */
  readonly products: ReadonlyMap<string, string>
  /** Ids of subscription items by the contract lines that they bill. */
  readonly items: ReadonlyMap<string, string>
}

/** How a contract's invoices go out. */
export interface BillTerms {
  readonly subscriptionId: string | null
  readonly collectionMethod: CollectionMethod
  readonly issueDate: Temporal.PlainDate
  /** From issue to the due date. */
  readonly daysToPay: number
  readonly names: LineNames
}

/** Service that was billed, as invoice lines tell. */
export type BilledService = Pick<InvoiceLine, 'contractLineId' | 'servicePeriod' | 'amount'>

/**
 * The first invoice of a contract, before tax: what was due before the day of its issue, and what is due on its first
 * day. Null where nothing is: billing in arrears waits for the end of a period. What falls due on the day itself, of a
 * contract that began before, is billed in its turn: a change on that day is on its bill.
 */
export function firstInvoice(
  contract: ContractFact,
  terms: BillTerms,
  policy: BillingPolicy = defaultBilling,
): InvoiceDraft | null {
  const lines = dueLines(contract, billedAtFirst(contract, terms.issueDate), [], terms.names, policy)
  return contractInvoice(contract, lines, terms)
}

/** The last day of which the first invoice of a contract, issued on a day, bills all that is due. */
export const billedAtFirst = (
  { startDate }: Pick<ContractFact, 'startDate'>,
  issueDate: Temporal.PlainDate,
): Temporal.PlainDate => later(issueDate.subtract({ days: 1 }), startDate)

/** An invoice for lines of a contract, before tax; null where there are none. */
export function contractInvoice(
  { id: contractId, customerId, legalEntityId, currency }: ContractFact,
  lines: readonly LineDraft[],
  { subscriptionId, collectionMethod, issueDate, daysToPay }: BillTerms,
): InvoiceDraft | null {
  if (lines.length === 0) return null
  const dueDate = issueDate.add({ days: daysToPay })
  const owner = { customerId, legalEntityId, contractId, subscriptionId, currency, collectionMethod }
  return { ...owner, issueDate, dueDate, lines, taxLines: [] }
}

/**
 * Lines for all that a contract charges through a day and that was not billed yet, in order of time. What was billed is
 * known by its contract line and the day on which its service began: so a period is billed once, also where the line
 * was cut short since.
 */
export function dueLines(
  contract: ContractFact,
  through: Temporal.PlainDate,
  billed: readonly BilledService[],
  names: LineNames,
  policy: BillingPolicy = defaultBilling,
): LineDraft[] {
  return dueCharges(contract, policy)
    .filter(({ dueOn, amount }) => !isBefore(through, dueOn) && amount !== 0n)
    .filter((charge) => !billed.some((service) => bills(service, charge)))
    .toSorted((a, b) => Temporal.PlainDate.compare(a.dueOn, b.dueOn))
    .map(({ line, period, amount }) => lineDraft(line, period, amount, names))
}

function bills(
  { contractLineId, servicePeriod, amount }: BilledService,
  { line, period }: DueCharge,
): boolean {
  if (contractLineId !== line.id || servicePeriod === null || amount < 0n) return false
  return servicePeriod.start.equals(period.start) || covers(servicePeriod, period.start)
}

/** A line that charges service of a contract line, or gives it back where the amount is negative. */
export function lineDraft(
  { id, productId, quantity }: ContractLine,
  servicePeriod: DateRange,
  amount: bigint,
  { products, items }: LineNames,
): LineDraft {
  const service = describe(products.get(productId), servicePeriod)
  return {
    description: amount < 0n ? `Unused: ${service}` : service,
    productId,
    subscriptionItemId: items.get(id) ?? null,
    contractLineId: id,
    quantity,
    amount,
    discount: 0n,
    servicePeriod,
  }
}

/**
 * Lines for the usage of an item in the periods that ended, and for what its commitment is above that. All of it is
 * delivered by then, so the lines name neither service to come nor the contract line whose price is earned over time.
 */
export function usageDrafts(
  { id, productId }: Pick<SubscriptionItem, 'id' | 'productId'>,
  lines: readonly UsageLine[],
  { products }: LineNames,
): LineDraft[] {
  return lines.map(({ kind, period, quantity, amount }) => ({
    description: `${kind === 'USAGE' ? 'Usage' : 'Minimum'}: ${describe(products.get(productId), period)}`,
    productId,
    subscriptionItemId: id,
    contractLineId: null,
    quantity,
    amount,
    discount: 0n,
    servicePeriod: null,
  }))
}

/** With the last day of service, as people write it. */
function describe(product = 'Service', { start, end }: DateRange): string {
  return `${product}, ${start.toString()} to ${later(start, end.subtract({ days: 1 })).toString()}`
}
