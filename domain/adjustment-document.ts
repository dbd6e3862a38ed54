import { contractInvoice, lineDraft } from './bill.ts'
import { later, overlap } from './calendar.ts'
import { creditableOf } from './credit-note-draft.ts'
import { maximum, minimum } from './order.ts'
import { moneyText, sum } from './money.ts'
import { lineageOf } from './segment.ts'
import type { Adjustment } from './amendment.ts'
import type { BillTerms } from './bill.ts'
import type { CreditNoteFact, InvoiceFact, InvoiceLine } from './billing.ts'
import type { CreditedLine, CreditNoteDraft } from './credit-note-draft.ts'
import type { ContractFact, ContractLine } from './crm.ts'
import type { InvoiceDraft } from './document-draft.ts'
import type { DateRange } from './entity.ts'
import type { Outcome } from './failure.ts'

/** An invoice of a contract, and what was credited of it. */
export interface BilledInvoice {
  readonly invoice: InvoiceFact
  readonly creditNotes: readonly CreditNoteFact[]
}

/** What an amendment has billing send: an invoice with credits and charges, or credit notes where more goes back. */
export type AdjustmentDocument =
  | { readonly kind: 'INVOICE'; readonly draft: InvoiceDraft }
  /** One for each invoice that gives something back; nearly always one. */
  | { readonly kind: 'CREDIT_NOTES'; readonly drafts: readonly CreditNoteDraft[] }

/** What an amendment changes of one contract. */
export interface Amendment {
  readonly before: ContractFact | null
  readonly after: ContractFact
  readonly adjustments: readonly Adjustment[]
  readonly reason: string | null
}

/**
 * The documents that set right what was billed for an amended contract, before tax: one invoice where as much or more
 * is charged than given back, credit notes for the difference where less is; null where nothing changes. Credits go to
 * the invoices that billed the service, first to the very line. Where a price reduction leaves too little of them, the
 * customer gets no more than is left: the rest of the service is given back as well, so that nothing of it stays
 * deferred, and as much of the reduction is taken back. Refused with CREDIT_EXCEEDS_INVOICE where they cannot take it.
 */
export function documentsOf(
  amendment: Amendment,
  billed: readonly BilledInvoice[],
  terms: BillTerms,
): Outcome<AdjustmentDocument | null> {
  const { after, adjustments, reason } = amendment
  const own = adjustments.filter(({ contractId }) => contractId === after.id)
  if (own.length === 0) return { value: null }
  if (sum(own.map(({ amount }) => amount)) >= 0n) {
    const lines = own.map(({ lineId, period, amount }) =>
      lineDraft(lineOf(amendment, lineId), period, amount, terms.names),
    )
    const draft = contractInvoice(after, lines, terms)
    return { value: draft && { kind: 'INVOICE', draft } }
  }
  const { value, violations } = placeCredits(setOff(own), billed, after.currency)
  if (violations !== undefined) return { violations }
  const drafts = [...value].map(([{ id, issueDate }, lines]) => ({
    invoiceId: id,
    issuedOn: later(terms.issueDate, issueDate),
    reason,
    lines,
  }))
  return { value: { kind: 'CREDIT_NOTES', drafts } }
}

function lineOf({ before, after }: Amendment, lineId: string): ContractLine {
  const line = [...after.lines, ...(before?.lines ?? [])].find(({ id }) => id === lineId)
  if (line === undefined) throw new RangeError(`${lineId} is no line of ${after.id}`)
  return line
}

/** Service to give back. */
interface Credit {
  readonly lineId: string
  readonly period: DateRange
  /** Minor units, positive. */
  readonly amount: bigint
}

/** What is left to give back once the charges are set off against the credits, in their order. */
function setOff(adjustments: readonly Adjustment[]): Credit[] {
  let charged = sum(adjustments.map(({ amount }) => maximum(0n, amount)))
  return adjustments.flatMap(({ lineId, period, amount }) => {
    if (amount >= 0n) return []
    const taken = minimum(charged, -amount)
    charged -= taken
    return -amount === taken ? [] : [{ lineId, period, amount: -amount - taken }]
  })
}

/** A line that billed service, and how near it is to what is to be given back: 0 for the very line. */
interface Candidate {
  readonly billed: BilledInvoice
  readonly line: InvoiceLine
  readonly distance: number
  readonly servicePeriod: DateRange
}

function placeCredits(
  credits: readonly Credit[],
  billed: readonly BilledInvoice[],
  currency: string,
): Outcome<Map<InvoiceFact, CreditedLine[]>> {
  const placed = new Map<InvoiceFact, CreditedLine[]>()
  for (const credit of credits) {
    const candidates = candidatesFor(credit, billed)
    let rest = credit.amount
    for (const { capacityOf, linesFor } of WAYS) {
      for (const { billed: owner, line, servicePeriod } of candidates) {
        const lines = placed.getOrInsertComputed(owner.invoice, () => [])
        const amount = minimum(rest, capacityOf(owner, line, lines))
        if (amount <= 0n) continue
        lines.push(...linesFor({ invoiceLineId: line.id, amount, servicePeriod }))
        rest -= amount
      }
    }
    if (rest > 0n) return refused(moneyText(rest, currency))
  }
  return { value: new Map([...placed].filter(([, lines]) => lines.length > 0)) }
}

/** Lines that billed some of the service, the nearest first, and of those the latest. */
function candidatesFor({ lineId, period }: Credit, billed: readonly BilledInvoice[]): Candidate[] {
  return billed
    .flatMap((owner) =>
      owner.invoice.lines.flatMap((line): Candidate[] => {
        const servicePeriod = line.servicePeriod && overlap(line.servicePeriod, period)
        if (servicePeriod === null || line.amount <= 0n) return []
        return [{ billed: owner, line, servicePeriod, distance: distanceOf(line, lineId) }]
      }),
    )
    .toSorted(
      (a, b) =>
        a.distance - b.distance ||
        Temporal.PlainDate.compare(b.billed.invoice.issueDate, a.billed.invoice.issueDate),
    )
}

function distanceOf({ contractLineId }: InvoiceLine, lineId: string): number {
  if (contractLineId === lineId) return 0
  return contractLineId !== null && lineageOf(contractLineId) === lineageOf(lineId) ? 1 : 2
}

/** What a line can still give back, beside what is placed on its invoice already. */
function leftOf(
  { invoice, creditNotes }: BilledInvoice,
  line: InvoiceLine,
  placed: readonly CreditedLine[],
): bigint {
  const left = creditableOf(invoice, creditNotes)
  const onLine = placed.filter(({ invoiceLineId }) => invoiceLineId === line.id)
  return minimum((left.lines.get(line.id) ?? 0n) - total(onLine), left.net - total(placed))
}

/** Service of a line that was sold for less: what price reductions of its invoice took, and is not taken back yet. */
function reducedOf(
  { invoice, creditNotes }: BilledInvoice,
  line: InvoiceLine,
  placed: readonly CreditedLine[],
): bigint {
  const left = creditableOf(invoice, creditNotes)
  const service = placed.filter((it) => it.invoiceLineId === line.id && it.servicePeriod !== null)
  const takenBack = placed.filter(({ servicePeriod }) => servicePeriod === null)
  return minimum((left.service.get(line.id) ?? 0n) - total(service), left.reduced + total(takenBack))
}

/** Ways to give back service that a line billed, the first one first. */
const WAYS: readonly {
  readonly capacityOf: (owner: BilledInvoice, line: InvoiceLine, placed: readonly CreditedLine[]) => bigint
  readonly linesFor: (credited: CreditedLine) => readonly CreditedLine[]
}[] = [
  { capacityOf: leftOf, linesFor: (service) => [service] },
  {
    capacityOf: reducedOf,
    linesFor: (service) => [{ ...service, amount: -service.amount, servicePeriod: null }, service],
  },
]

const total = (lines: readonly CreditedLine[]): bigint => sum(lines.map(({ amount }) => amount))

const refused = (rest: string): Outcome<never> => ({
  violations: [
    {
      code: 'CREDIT_EXCEEDS_INVOICE',
      field: 'adjustments',
      message: `The invoices of the contract cannot give back ${rest} more`,
    },
  ],
})
