import { later } from '#domain/calendar.ts'
import {
  type ContractPlan,
  type ContractTerms,
  planContract,
  schedulesOfPlan,
} from '#domain/contract-plan.ts'
import type { LegalEntity, Posting, ScheduleFact } from '#domain/erp.ts'
import type { JournalLine } from '#domain/journal.ts'
import { draftEntry, PostingBlockedError } from '#domain/ledger.ts'
import { post } from '#domain/post.ts'
import { recognitionPosting } from '#domain/posting.ts'
import { adviceOf, type TreatmentAdvice } from '#domain/treatment.ts'
import type { Draft } from '#platform/command.ts'
import type { Queryable } from '#platform/database.ts'
import { contentHash } from '#platform/json.ts'
import { type Proposal, readProposal } from '#platform/proposal.ts'
import { readRows } from '#platform/table.ts'
import { contractPlans, planIdOf, readDeliveries, readListPrices } from './plan-store.ts'
import { rateNeeds } from './post.ts'
import { follow } from './schedule.ts'
import { readSchedulesOfContract } from './schedule-store.ts'
import { readBooks } from './store.ts'
import { legalEntities, type RevenueSchedule } from './tables.ts'

/** What the books make of an amendment: nothing of one that CRM refuses. */
export type BooksPreview = { readonly proposal: string } & (
  | Effects
  | Partial<Record<keyof Effects, undefined>>
)

interface Effects {
  readonly previewHash: string
  readonly currency: string
  readonly functionalCurrency: string
  readonly treatment: TreatmentAdvice
  readonly revenueSchedules: readonly PreviewedSchedule[]
  readonly journalLines: readonly JournalLine[]
  readonly postingBlockedBy: string | null
}

/** A schedule in the version that it would have. */
export type PreviewedSchedule = Draft<RevenueSchedule> & { readonly version: number }

/**
 * Previews what an amendment would do to the books, by the rules that will do it. The hash covers what was asked, what
 * CRM made of it and what the books do.
 */
export async function previewBooks(
  db: Queryable,
  proposal: string,
  today: Temporal.PlainDate,
): Promise<BooksPreview> {
  if (proposal === '') return { proposal }
  const proposed = readProposal(proposal)
  const { currency } = proposed.after
  const plans = await plansOf(db, proposed)
  const treatment = adviceOf(plans.before, plans.after, proposed.successor !== null)
  const revenueSchedules = await schedulesOf(db, proposed, plans)
  const now = treatment.modification?.effect.recognizedNow ?? 0n
  const posted = await linesOf(db, currency, postingsOf(proposed, now, later(proposed.effectiveDate, today)))
  const previewHash = contentHash({ proposal, treatment, revenueSchedules, lines: posted.journalLines })
  return { proposal, previewHash, currency, treatment, revenueSchedules, ...posted }
}

interface Plans {
  readonly before: ContractPlan
  readonly after: ContractPlan
  readonly successor: ContractPlan | null
}

async function plansOf(db: Queryable, { before, after, successor }: Proposal): Promise<Plans> {
  const [known] = await readRows(db, contractPlans, [planIdOf(before.id)])
  const lines = [before, after, successor].flatMap((terms) => terms?.lines ?? [])
  const prices = await readListPrices(
    db,
    lines.map(({ productId }) => productId),
  )
  const measures = await readDeliveries(
    db,
    before.lines.map(({ id }) => id),
  )
  const planned = planContract(before, known ?? null, prices, measures)
  return {
    before: planned,
    after: planContract(after, planned, prices, measures),
    successor: successor && planContract(successor, null, prices),
  }
}

async function schedulesOf(
  db: Queryable,
  { after, successor }: Proposal,
  plans: Plans,
): Promise<PreviewedSchedule[]> {
  const known = await readSchedulesOfContract(db, after.id)
  const demanded: ScheduleFact[] = [
    ...schedulesOfPlan(after, plans.after),
    ...(successor && plans.successor ? schedulesOfPlan(successor, plans.successor) : []),
  ]
  return demanded.map((fact) => {
    const before = known.get(fact.id)
    const next = follow(fact, before)
    return { ...next.after, version: (before?.version ?? 0) + (next.isNews ? 1 : 0) }
  })
}

/** The bill of the amendment, before tax, and the revenue that it catches up. */
function postingsOf(
  { after, successor, billed }: Proposal,
  recognizedNow: bigint,
  date: Temporal.PlainDate,
): Posting[] {
  return [
    ...billOf(after, billed.after, date),
    ...(successor === null ? [] : billOf(successor, billed.successor, date)),
    ...recognitionPosting(
      // What is caught up may be of several products: it is shown in the account for revenue of any.
      { ...after, contractId: after.id, description: after.number, productId: null },
      date.toPlainYearMonth(),
      recognizedNow,
    ).map((posting) => ({ ...posting, date })),
  ]
}

function billOf(
  { id, number, customerId, legalEntityId, currency }: ContractTerms,
  amount: bigint,
  date: Temporal.PlainDate,
): Posting[] {
  const owner = { legalEntityId, customerId, contractId: id, currency, description: number }
  const source = { ...owner, sourceType: 'INVOICE' as const, sourceId: id }
  return post(source, 'INVOICE_ISSUED', date, { RECEIVABLES: amount, DEFERRED_REVENUE: amount })
}

/** The lines of postings in the accounts of their legal entities, or why there are none. */
async function linesOf(
  db: Queryable,
  currency: string,
  postings: readonly Posting[],
): Promise<Pick<Effects, 'functionalCurrency' | 'journalLines' | 'postingBlockedBy'>> {
  const entities = await readRows(
    db,
    legalEntities,
    postings.map(({ legalEntityId }) => legalEntityId),
  )
  const byId = new Map(entities.map((entity): [string, LegalEntity] => [entity.id, entity]))
  const books = await readBooks(db, byId, rateNeeds(postings, byId), postings)
  const functionalCurrency = entities[0]?.functionalCurrency ?? currency
  try {
    const journalLines = postings.flatMap((posting) => draftEntry(books, posting, null).lines)
    return { functionalCurrency, journalLines, postingBlockedBy: null }
  } catch (error) {
    if (!(error instanceof PostingBlockedError)) throw error
    return { functionalCurrency, journalLines: [], postingBlockedBy: error.message }
  }
}
