import { type AskedMoney, readMoney } from '#domain/asked-money.ts'
import type { Invoice } from '#domain/billing.ts'
import { type CreditNoteDraft, creditInvoice } from '#domain/credit-note-draft.ts'
import { type Outcome, violationIf } from '#domain/failure.ts'
import { sum } from '#domain/money.ts'
import { checkReason } from '#domain/person.ts'
import { parseDate } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import { type Jsonified, reviveDateRange } from '#platform/table.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { book } from './book.ts'
import { missing } from './refusals.ts'
import type { Systems } from './systems.ts'

/** What is given back of an invoice. */
export interface IssueCreditNote extends KeyedInput {
  readonly invoiceId: string
  readonly reason: string
  readonly lines: readonly { readonly invoiceLineId: string; readonly amount: AskedMoney }[]
}

type CreditStep = Step<Systems, IssueCreditNote, CreditNoteDraft>

const issue: CreditStep = {
  name: 'issueCreditNote',
  system: 'BILLING',
  kind: 'PIVOT',
  needs: [],
  // The customer is owed it still: a person has it tried again, in another way, or calls it off.
  parks: ['OUTSIDE_REFUSED'],
  run: ({ billing }, { prepared }, effect) => billing.issueCreditNote(effect, reviveCreditNote(prepared)),
}

const post: CreditStep = {
  name: 'postCreditNote',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['issueCreditNote'],
  uses: ['ACCOUNT'],
  run: book,
}

/** An invoice is corrected: the original stays as it is, the note is linked to it, and the books follow. */
export const issueCreditNote: Flow<Systems, IssueCreditNote, CreditNoteDraft> = {
  name: 'issueCreditNote',
  prepare: async ({ billing }, input) => {
    const [invoice] = await billing.readInvoices([input.invoiceId])
    if (invoice === undefined) return missing('invoiceId', 'There is no such invoice')
    const { value: prepared, violations } = draft(input, invoice, await billing.today(invoice.legalEntityId))
    if (violations !== undefined) return { violations }
    const refused = creditInvoice(invoice, await billing.readCreditNotes(invoice.id), prepared).violations
    if (refused !== undefined) return { violations: refused }
    const { customerId, legalEntityId, currency } = invoice
    const moneyAtRisk = { minorUnits: sum(prepared.lines.map(({ amount }) => amount)), currency }
    return {
      value: { prepared, subject: `invoice:${invoice.id}`, customerId, legalEntityId, moneyAtRisk },
    }
  },
  stakeOf: async ({ billing }, prepared) => {
    const { invoiceId, lines } = reviveCreditNote(prepared)
    const [invoice] = await billing.readInvoices([invoiceId])
    return invoice ? { minorUnits: sum(lines.map(({ amount }) => amount)), currency: invoice.currency } : null
  },
  steps: [issue, post],
}

function draft(
  { invoiceId, reason, lines }: IssueCreditNote,
  { currency }: Invoice,
  issuedOn: Temporal.PlainDate,
): Outcome<CreditNoteDraft> {
  const amounts = lines.map(({ amount }, place) => readMoney(amount, `lines.${place}.amount`))
  const violations = [
    ...amounts.flatMap((amount) => amount.violations ?? []),
    ...lines.flatMap(({ amount }, place) =>
      violationIf(
        amount.currency !== currency,
        'CURRENCY_MISMATCH',
        `lines.${place}.amount.currency`,
        `The invoice is in ${currency}`,
      ),
    ),
    ...checkReason(reason),
  ]
  if (violations.length > 0) return { violations }
  const credited = lines.map(({ invoiceLineId }, place) => ({
    invoiceLineId,
    amount: amounts[place]?.value ?? 0n,
    servicePeriod: null,
  }))
  return { value: { invoiceId, issuedOn, reason, lines: credited } }
}

/** A draft that was kept as JSON. */
export function reviveCreditNote({ issuedOn, lines, ...rest }: Jsonified<CreditNoteDraft>): CreditNoteDraft {
  return {
    ...rest,
    issuedOn: parseDate(issuedOn),
    lines: lines.map(({ amount, servicePeriod, ...line }) => ({
      ...line,
      amount: BigInt(amount),
      servicePeriod: servicePeriod && reviveDateRange(servicePeriod),
    })),
  }
}
