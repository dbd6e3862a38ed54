import type { InvoiceFact, Subscription } from '#domain/billing.ts'
import type { InvoiceDraft } from '#domain/document-draft.ts'
import { type ExternalRef, isKnownAs } from '#domain/entity.ts'
import { type Outcome, type Violation, violationIf } from '#domain/failure.ts'
import { checkInvoice } from '#domain/invoice.ts'
import type { Database, Queryable } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { ownFact, ownId } from '#platform/own-facts.ts'
import { readRows } from '#platform/table.ts'
import { recordDocuments } from '../settle.ts'
import { lockDocuments } from '../store.ts'
import { invoices, subscriptions } from '../tables.ts'
import { takeNumber } from '../number-store.ts'
import { NO_SERIES } from './refusals.ts'

/** An invoice as it is to be issued. */
interface InvoiceIssue extends InvoiceDraft {
  /** What the outside system issued that masters billing, under a number of its own. */
  readonly madeAs?: ExternalRef
  readonly madeNumber?: string
}

/** An invoice that was issued. */
export interface IssuedInvoice {
  readonly invoiceId: string
  /** Without gaps in its legal entity: `US-000123`; the outside system's where that issued it. */
  readonly number: string
}

/**
 * Issues an invoice: it gets the next number of its legal entity and is owed from now on. Refused with what
 * `checkDraft` says of it. One that an outside system issued has its number, and is stated again where it was told
 * before; what was voided or given up there meanwhile stays so.
 */
export function issueInvoice(
  db: Database,
  effect: Effect,
  issue: InvoiceIssue,
): Promise<Outcome<IssuedInvoice>> {
  return applyOnce<IssuedInvoice>(db, effect, { operation: 'issueInvoice', input: issue }, async (unit) => {
    const { madeAs, madeNumber, ...draft } = issue
    const { id } = ownFact('invoice', effect.effectKey)
    await lockDocuments(unit, [id])
    const violations = await checkDraft(unit, draft)
    if (violations.length > 0) return { violations }
    const number = madeNumber ?? (await takeNumber(unit, 'INVOICE', draft.legalEntityId))
    if (number === null) return NO_SERIES
    const invoice = issuedInvoice(draft, number, effect.effectKey, madeAs)
    const closed = madeAs && (await closingOf(unit, id, madeAs))
    await recordDocuments(unit, { invoices: [{ ...invoice, ...closed }] })
    return { value: { invoiceId: id, number } }
  })
}

/** How an invoice was closed by whoever issued it, before this was noted; undefined where it was not. */
async function closingOf(
  db: Queryable,
  id: string,
  madeAs: ExternalRef,
): Promise<Pick<InvoiceFact, 'lifecycle' | 'closedOn'> | undefined> {
  const [told] = await readRows(db, invoices, [id])
  if (told === undefined || told.closedOn === null || !isKnownAs(told, madeAs)) return undefined
  const { lifecycle, closedOn } = told
  return { lifecycle, closedOn }
}

/** The invoice that a step makes of a draft: its ids and those of its lines follow from the step's key. */
export function issuedInvoice(
  draft: InvoiceDraft,
  number: string,
  effectKey: string,
  madeAs?: ExternalRef,
): InvoiceFact {
  return {
    ...draft,
    ...ownFact('invoice', effectKey, madeAs),
    number,
    lifecycle: 'ISSUED',
    closedOn: null,
    lines: draft.lines.map((line, place) => ({ id: ownId('invoiceLine', effectKey, place), ...line })),
  }
}

const NUMBER_TO_COME = 'to come'

/**
 * What keeps a draft from being issued: what `checkInvoice` says of it, LINES_MISSING where it bills nothing,
 * REFERENCE_MISSING for a subscription or item that billing does not know, CUSTOMER_MISMATCH for a subscription of
 * another customer, unless it bills the same contract: who is bound by that now is billed, also where the one who was
 * has been merged into another one since.
 */
export async function checkDraft(db: Queryable, draft: InvoiceDraft): Promise<Violation[]> {
  return [
    ...checkInvoice(issuedInvoice(draft, NUMBER_TO_COME, '')),
    ...checkLines(draft),
    ...(await checkLinks(db, draft)),
  ]
}

const checkLines = ({ lines }: InvoiceDraft): Violation[] =>
  violationIf(lines.length === 0, 'LINES_MISSING', 'lines', 'An invoice bills something')

async function checkLinks(db: Queryable, draft: InvoiceDraft): Promise<Violation[]> {
  const { subscriptionId } = draft
  if (subscriptionId === null) return []
  const [subscription] = await readRows(db, subscriptions, [subscriptionId])
  return subscription === undefined
    ? violationIf(true, 'REFERENCE_MISSING', 'subscriptionId', 'There is no such subscription')
    : checkAgainst(subscription, draft)
}

function checkAgainst(
  subscription: Subscription,
  { customerId, contractId, currency, lines }: InvoiceDraft,
): Violation[] {
  const isOfContract = contractId !== null && contractId === subscription.contractId
  const items = new Set(subscription.items.map(({ id }) => id))
  return [
    ...violationIf(
      !isOfContract && subscription.customerId !== customerId,
      'CUSTOMER_MISMATCH',
      'customerId',
      'The subscription is of another customer',
    ),
    ...violationIf(
      subscription.currency !== currency,
      'CURRENCY_MISMATCH',
      'currency',
      `The subscription is in ${subscription.currency}`,
    ),
    ...lines.flatMap(({ subscriptionItemId }, place) =>
      violationIf(
        subscriptionItemId !== null && !items.has(subscriptionItemId),
        'REFERENCE_MISSING',
        `lines.${place}.subscriptionItemId`,
        'The subscription has no such item',
      ),
    ),
  ]
}
