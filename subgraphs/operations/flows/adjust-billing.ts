/** What an amendment has billing send: drafted with its tax first, then issued as drafted. */
import { documentsOf } from '#domain/adjustment-document.ts'
import type { Adjustment } from '#domain/amendment.ts'
import { type BillTerms, firstInvoice } from '#domain/bill.ts'
import type { Contract } from '#domain/crm.ts'
import type { CreditNoteDraft } from '#domain/credit-note-draft.ts'
import type { InvoiceDraft } from '#domain/document-draft.ts'
import type { Outcome } from '#domain/failure.ts'
import { parseDate } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Jsonified } from '#platform/table.ts'
import { OutcomeUnknown } from '../workflows/carry-out.ts'
import type { Step } from '../workflows/flow.ts'
import { appliedIn, type PreparedAmendment } from './amendment-story.ts'
import type { AppliedAmendment } from './amendment-commands.ts'
import { reviveDraft, withTax } from './draft-invoice.ts'
import { COLLECTION, DAYS_TO_PAY, ISSUE_REFUSALS, TAX_REFUSALS } from './invoice-terms.ts'
import { reviveCreditNote } from './issue-credit-note.ts'
import { missing } from './refusals.ts'
import type { Systems } from './systems.ts'

type AdjustStep = Step<Systems, KeyedInput, PreparedAmendment>

/** Documents to issue: of the contract, then of the one that continues it. */
interface Drafts {
  readonly creditNotes: readonly CreditNoteDraft[]
  readonly invoices: readonly InvoiceDraft[]
}

/** Kept as a step, so that documents are issued as they were drafted and taxed, whatever changes meanwhile. */
export const draftAdjustment: AdjustStep = {
  name: 'draftAdjustment',
  system: 'OPERATIONS',
  kind: 'CHECK',
  needs: ['amendContract', 'amendSubscription', 'subscribeSuccessor'],
  uses: ['ROUTE', 'TAX'],
  parks: TAX_REFUSALS,
  run: async (systems, story): Promise<Outcome<Drafts>> => {
    const applied = appliedIn(story)
    const before = await systems.crm.readContractVersion(applied.contractId, applied.versionBefore)
    const own = await draftsOf(systems, applied, applied.contractId, before, story.prepared.reason)
    if (own.value === undefined || applied.successorId === null) return own
    const next = await draftsOf(systems, applied, applied.successorId, null, story.prepared.reason)
    if (next.value === undefined) return next
    return {
      value: {
        creditNotes: [...own.value.creditNotes, ...next.value.creditNotes],
        invoices: [...own.value.invoices, ...next.value.invoices],
      },
    }
  },
}

async function draftsOf(
  systems: Systems,
  { adjustments }: AppliedAmendment,
  contractId: string,
  before: Contract | null,
  reason: string | null,
): Promise<Outcome<Drafts>> {
  const after = await systems.crm.readContract(contractId)
  if (after === undefined) return missing('contractId', 'The contract is not there')
  const lines = [...after.lines, ...(before?.lines ?? [])]
  const { subscription, invoices, names } = await systems.billing.readContractBilling({
    id: contractId,
    lines,
  })
  const amendment = { before, after, adjustments: adjustments.map(reviveAdjustment), reason }
  const terms: BillTerms = {
    subscriptionId: subscription?.id ?? null,
    collectionMethod: subscription?.collectionMethod ?? COLLECTION,
    issueDate: await systems.billing.today(after.legalEntityId),
    daysToPay: DAYS_TO_PAY,
    names,
  }
  const { value, violations } = documentsOf(amendment, invoices, terms)
  if (violations !== undefined) return { violations }
  if (value?.kind === 'CREDIT_NOTES') return { value: { creditNotes: value.drafts, invoices: [] } }
  // A contract that begins is billed for its first period as any that is signed, also where nothing has fallen due yet.
  const draft = value?.draft ?? (before === null ? firstInvoice(after, terms) : null)
  if (draft === null) return { value: { creditNotes: [], invoices: [] } }
  const taxed = await withTax(systems, draft)
  return taxed.value === undefined ? taxed : { value: { creditNotes: [], invoices: [taxed.value] } }
}

/** A document that was issued. */
type Issued = { readonly creditNoteId: string } | { readonly invoiceId: string }

/**
 * The documents with legal numbers, each under a key of its own. Once one is issued nothing is taken back: where a
 * later one is refused, a person has to know.
 */
export const issueAdjustment: AdjustStep = {
  name: 'issueAdjustment',
  system: 'BILLING',
  kind: 'PIVOT',
  needs: ['draftAdjustment'],
  parks: ISSUE_REFUSALS,
  run: async ({ billing }, { results }, effect) => {
    const { creditNotes, invoices } = results['draftAdjustment'] as Jsonified<Drafts>
    const issues = [
      ...creditNotes.map(
        (draft) => (key: string) =>
          billing.issueCreditNote({ ...effect, effectKey: key }, reviveCreditNote(draft)),
      ),
      ...invoices.map(
        (draft) => (key: string) => billing.issueInvoice({ ...effect, effectKey: key }, reviveDraft(draft)),
      ),
    ]
    const issued: Issued[] = []
    for (const [place, issue] of issues.entries()) {
      const { value, violations } = await issue(`${effect.effectKey}/${place + 1}`)
      if (violations !== undefined && place === 0) return { violations }
      if (violations !== undefined) throw new OutcomeUnknown(unfinished(place, violations[0]?.message))
      issued.push(value)
    }
    return { value: { ...firstOf(issued), documentIds: issued.map(idOf) } }
  },
}

const unfinished = (count: number, message = 'without a reason'): string =>
  `${count} documents are issued, and the next one is refused: ${message}`

const idOf = (issued: Issued): string => ('invoiceId' in issued ? issued.invoiceId : issued.creditNoteId)

/** What the answer shows: the first document of each kind. */
function firstOf(issued: readonly Issued[]) {
  return {
    creditNoteId: issued.flatMap((one) => ('creditNoteId' in one ? [one.creditNoteId] : []))[0] ?? null,
    invoiceId: issued.flatMap((one) => ('invoiceId' in one ? [one.invoiceId] : []))[0] ?? null,
  }
}

function reviveAdjustment({
  kind,
  contractId,
  lineId,
  start,
  end,
  amount,
}: AppliedAmendment['adjustments'][number]): Adjustment {
  return {
    kind,
    contractId,
    lineId,
    period: { start: parseDate(start), end: parseDate(end) },
    amount: BigInt(amount),
  }
}
