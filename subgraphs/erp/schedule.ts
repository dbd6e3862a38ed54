import type { CreditNote, Invoice } from '#domain/billing.ts'
import type { Contract } from '#domain/crm.ts'
import type { ScheduleFact } from '#domain/erp.ts'
import { sum } from '#domain/money.ts'
import { deliverPlan, planContract, schedulesOfPlan } from '#domain/contract-plan.ts'
import { type Delivery, methodOfObligation } from '#domain/delivery.ts'
import { plannedEntries } from '#domain/obligation-plan.ts'
import { scheduleFromInvoice, scheduleIdOf } from '#domain/recognition.ts'
import { reviseSchedule } from '#domain/schedule.ts'
import {
  type Aggregate,
  type CommandContext,
  type Draft,
  runCommand,
  type UnitOfWork,
} from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { contentHash } from '#platform/json.ts'
import {
  contractPlan,
  measuresOf,
  planIdOf,
  readContractsOfLines,
  readDeliveries,
  readListPrices,
} from './plan-store.ts'
import { lockSchedules, planMonths, revenueSchedules } from './schedule-store.ts'
import { meetSources, type SourceVersion } from './store.ts'
import type { RevenueSchedule, ScheduledMonth } from './tables.ts'

/** What revenue schedules follow from, as it is stored where it is mastered. */
export interface ScheduleSources {
  readonly contracts: readonly Contract[]
  readonly invoices: readonly Invoice[]
  /** All credit notes of these invoices: they give back service that is not recognised then. */
  readonly creditNotes?: readonly CreditNote[]
}

/** What building came to, in schedules. */
export interface ScheduleCounts {
  readonly created: number
  readonly revised: number
  readonly unchanged: number
}

const revenueSchedule: Aggregate<RevenueSchedule> = {
  name: 'revenueSchedule',
  table: revenueSchedules,
  event: (before) => (before === undefined ? 'created' : 'revised'),
}

/**
 * Brings revenue schedules to what contracts, and invoices that no contract stands behind, say now: in one
 * transaction. A schedule whose plan changed gets its next version, in which the months that were recognised stay; one
 * whose line is gone or void comes down to nothing. The same sources again change nothing.
 */
export async function buildSchedules(
  db: Database,
  context: CommandContext,
  sources: ScheduleSources,
): Promise<ScheduleCounts> {
  const given = [...sources.contracts, ...sources.invoices]
  if (given.length === 0) return NOTHING
  return runCommand(db, context, async (unit) => {
    const newest = await meetSources(unit, given)
    // Who read a source before another call changed it does not undo what that call scheduled.
    const isNewest = ({ id, version }: SourceVersion): boolean => version === newest.get(id)
    const contracts = sources.contracts.filter(isNewest)
    const invoices = sources.invoices.filter(isNewest)
    const plans = [...(await planContracts(unit, contracts)), ...plansOfInvoices({ ...sources, invoices })]
    const contractIds = contracts.map(({ id }) => id)
    const lineIds = invoices.flatMap(({ lines }) => lines.map(({ id }) => id))
    const ids = [...new Set([...plans.map(({ id }) => id), ...lineIds.map(scheduleIdOf)])]
    const known = await lockSchedules(unit, ids, contractIds)
    const changes = [...plans, ...withdrawn(known, plans, contractIds)].flatMap((plan) => {
      const before = known.get(plan.id)
      const { after, isNews } = follow(plan, before)
      return isNews ? [{ before, after }] : []
    })
    const saved = await unit.save(revenueSchedule, changes)
    await planMonths(unit, saved)
    const created = changes.filter(({ before }) => before === undefined).length
    const revised = changes.length - created
    return { created, revised, unchanged: known.size - revised }
  })
}

const NOTHING: ScheduleCounts = { created: 0, revised: 0, unchanged: 0 }

/** Plans contracts by what was planned for them before, keeps the plans, and returns their schedules. */
async function planContracts(unit: UnitOfWork, contracts: readonly Contract[]): Promise<ScheduleFact[]> {
  const binding = contracts.filter(({ status }) => status !== 'DRAFT')
  const known = await unit.lock(
    contractPlan,
    binding.map(({ id }) => planIdOf(id)),
  )
  const products = binding.flatMap(({ lines }) => lines.map(({ productId }) => productId))
  const prices = await readListPrices(unit, products)
  const measures = await readDeliveries(
    unit,
    binding.flatMap(({ lines }) => lines.map(({ id }) => id)),
  )
  const planned = binding.map((contract) => {
    const before = known.get(planIdOf(contract.id))
    return { contract, before, plan: planContract(contract, before ?? null, prices, measures) }
  })
  await unit.save(
    contractPlan,
    planned.flatMap(({ contract: { id: contractId, legalEntityId, currency }, before, plan }) => {
      if (plan === before && before.legalEntityId === legalEntityId) return []
      const after = { ...plan, id: planIdOf(contractId), contractId, legalEntityId, currency }
      return [{ before, after }]
    }),
  )
  return planned.flatMap(({ contract, plan }) => schedulesOfPlan(contract, plan))
}

/** Brings the schedules of contract lines to how far they are delivered now. */
export async function followDeliveries(unit: UnitOfWork, stated: readonly Delivery[]): Promise<void> {
  if (stated.length === 0) return
  const lineIds = stated.map(({ contractLineId }) => contractLineId)
  const contractIds = await readContractsOfLines(unit, lineIds)
  // The plans before the schedules, as when a contract is planned: two commands cannot deadlock.
  const plans = await unit.lock(contractPlan, contractIds.map(planIdOf))
  const schedules = await lockSchedules(unit, lineIds.map(scheduleIdOf), [])
  const delivered = [...plans.values()].map((before) => ({
    before,
    after: { ...before, ...deliverPlan(before, measuresOf(stated)) },
  }))
  await unit.save(
    contractPlan,
    delivered.filter(({ before, after }) => before.obligations !== after.obligations),
  )
  const changes = delivered.flatMap(({ after: { obligations } }) =>
    obligations.flatMap((obligation) => {
      const before = schedules.get(scheduleIdOf(obligation.line.id))
      if (before === undefined) return []
      const method = methodOfObligation(obligation)
      const { after, isNews } = follow({ ...before, method, entries: plannedEntries(obligation) }, before)
      return isNews ? [{ before, after }] : []
    }),
  )
  await planMonths(unit, await unit.save(revenueSchedule, changes))
}

function plansOfInvoices({ invoices, creditNotes = [] }: Omit<ScheduleSources, 'contracts'>): ScheduleFact[] {
  const creditNotesByInvoice = Map.groupBy(creditNotes, ({ invoiceId }) => invoiceId)
  return invoices.flatMap((invoice) => planOfInvoice(invoice, creditNotesByInvoice.get(invoice.id) ?? []))
}

/** Crashes rather than recognise service that was given back: who asks has to hand over every credit note. */
function planOfInvoice(invoice: Invoice, creditNotes: readonly CreditNote[]): ScheduleFact[] {
  const plan = scheduleFromInvoice(invoice, creditNotes)
  const given = sum(creditNotes.map(({ amount }) => amount))
  if (plan.length > 0 && given < invoice.credited) {
    throw new Error(`Of the credit notes of ${invoice.id} over ${invoice.credited} only ${given} were given`)
  }
  return plan
}

/** Plans of nothing for what was scheduled of these sources and is not any more. Of a contract, by itself alone. */
function withdrawn(
  known: ReadonlyMap<string, RevenueSchedule>,
  plans: readonly ScheduleFact[],
  contractIds: readonly string[],
): ScheduleFact[] {
  const planned = new Set(plans.map(({ id }) => id))
  return [...known.values()]
    .filter(
      ({ id, contractId }) => !planned.has(id) && (contractId === null || contractIds.includes(contractId)),
    )
    .map((schedule) => ({ ...schedule, allocatedPrice: 0n, entries: [] }))
}

/** The schedule that follows from a plan and from what is recognised already, and whether it is another than before. */
export function follow(
  plan: ScheduleFact,
  before: RevenueSchedule | undefined,
): { readonly after: Draft<RevenueSchedule>; readonly isNews: boolean } {
  const after = nextVersion(plan, before)
  return { after, isNews: before === undefined || contentOf(before) !== contentOf(after) }
}

function nextVersion(plan: ScheduleFact, before: RevenueSchedule | undefined): Draft<RevenueSchedule> {
  const recognized = (before?.entries ?? []).filter(({ status }) => status === 'POSTED')
  const planned = reviseSchedule(recognized, plan.entries).map((entry): ScheduledMonth => ({
    ...entry,
    status: 'PLANNED',
    journalEntryId: null,
  }))
  return {
    ...plan,
    externalRefs: before?.externalRefs ?? [],
    entries: [...recognized, ...planned].toSorted(byPeriod),
  }
}

/** What makes a version of a schedule differ from the one before. */
function contentOf(schedule: Draft<RevenueSchedule>): string {
  return contentHash({ ...schedule, version: 0, recordedAt: null })
}

function byPeriod(a: ScheduledMonth, b: ScheduledMonth): number {
  return Temporal.PlainYearMonth.compare(a.period, b.period)
}
