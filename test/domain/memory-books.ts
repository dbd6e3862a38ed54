/** The books in memory, by the rules of the domain alone: what systems state goes in, journals and schedules follow. */
import type { CreditNoteFact, Dispute, InvoiceFact, PaymentFact, RefundFact } from '#domain/billing.ts'
import { isBefore, lastDay } from '#domain/calendar.ts'
import {
  type Carrying,
  carryDeferred,
  nothing,
  withDeferred,
  withLines,
  withRecognized,
} from '#domain/carrying.ts'
import { chartOfAccounts, rulesOfChart } from '#domain/chart.ts'
import { type ContractPlan, planContract, schedulesOfPlan } from '#domain/contract-plan.ts'
import { totalContractValue } from '#domain/contract.ts'
import type { ContractFact } from '#domain/crm.ts'
import type {
  AccountingPeriod,
  AccountingPeriodFact,
  LegalEntity,
  Posting,
  ScheduleEntry,
  ScheduleFact,
} from '#domain/erp.ts'
import type { Facts } from '#domain/facts.ts'
import { type EntryContent, type EntryDraft, type JournalEntry, owedEntries } from '#domain/journal.ts'
import { accountKey, type Books, draftEntry, rateKey } from '#domain/ledger.ts'
import { sum } from '#domain/money.ts'
import { compareText } from '#domain/order.ts'
import {
  type Origin,
  postingsOfCreditNote,
  postingsOfDispute,
  postingsOfInvoice,
  postingsOfPayment,
  postingsOfRefund,
  recognitionPosting,
} from '#domain/posting.ts'
import { parseDecimal, type Rational } from '#domain/rational.ts'
import { type Receivables, receivableKey, withSettled } from '#domain/receivables.ts'
import { scheduleFromInvoice } from '#domain/recognition.ts'
import { reviseSchedule } from '#domain/schedule.ts'
import { settle } from '#domain/settlement.ts'
import { originOf } from './books.ts'
import { store, type StoredDocuments } from './documents.ts'
import { FIRST_DAY, type History, monthOf, stated, type Step } from './history.ts'

const MONTHS = 72
const recorded = { version: 1, recordedAt: Temporal.Instant.from('2026-01-01T00:00:00Z') }

/** Canadian dollars for one US dollar, from the first day of each quarter on. */
const RATES: readonly (readonly [string, string])[] = [
  ['2026-01-01', '1.3712'],
  ['2026-04-01', '1.3641'],
  ['2026-07-01', '1.4039'],
  ['2026-10-01', '1.3555'],
  ['2027-04-01', '1.2987'],
  ['2028-01-01', '1.4444'],
]

/** What is stated before a history begins: the company with its accounts, months and rates. */
export function openingFacts(
  { functionalCurrency }: Pick<History, 'functionalCurrency'>,
  name: string,
): Pick<Facts, 'legalEntities' | 'ledgerAccounts' | 'accountRules' | 'accountingPeriods' | 'fxRates'> {
  const first = FIRST_DAY.toPlainYearMonth()
  return {
    legalEntities: [
      {
        ...stated(name),
        code: name,
        name: 'Revgraph',
        country: 'CA',
        functionalCurrency,
        timeZone: 'UTC',
        fiscalCalendar: 'CALENDAR_MONTHS',
        fiscalYearStartMonth: 1,
      },
    ],
    ledgerAccounts: chartOfAccounts(name, (code) => stated(`${name}-${code}`)),
    accountRules: rulesOfChart(name, (code) => stated(`${name}-rule-${code}`)),
    accountingPeriods: Array.from({ length: MONTHS }, (_, months) => monthOf(name, first.add({ months }))),
    fxRates: RATES.map(([date, rate]) => ({
      ...stated(`usd-cad-${date}`),
      baseCurrency: 'USD',
      quoteCurrency: 'CAD',
      rate,
      date: Temporal.PlainDate.from(date),
      source: 'test',
    })),
  }
}

/** A schedule with the months that are recognised. */
interface KeptSchedule {
  readonly plan: ScheduleFact
  readonly recognized: readonly ScheduleEntry[]
  readonly planned: readonly ScheduleEntry[]
}

type DocumentFacts = {
  readonly invoices: Map<string, InvoiceFact>
  readonly payments: Map<string, PaymentFact>
  readonly creditNotes: Map<string, CreditNoteFact>
  readonly refunds: Map<string, RefundFact>
  readonly disputes: Map<string, Dispute>
}

const DOCUMENTS = ['invoices', 'payments', 'creditNotes', 'refunds', 'disputes'] as const

/** The books of one company. */
export class MemoryBooks {
  readonly journal: JournalEntry[] = []
  readonly schedules = new Map<string, KeptSchedule>()
  documents: StoredDocuments = store({})
  contract: ContractFact | null = null
  /** What claims more than another document can take, and is not in the books. */
  refused: ReadonlySet<string> = new Set()
  /** Entries that came after their period was closed. */
  readonly late: string[] = []
  #plan: ContractPlan | null = null
  #books: Books
  readonly #legalEntity: LegalEntity
  readonly #facts: DocumentFacts = {
    invoices: new Map(),
    payments: new Map(),
    creditNotes: new Map(),
    refunds: new Map(),
    disputes: new Map(),
  }

  constructor({
    legalEntities,
    ledgerAccounts,
    accountRules,
    accountingPeriods,
  }: ReturnType<typeof openingFacts>) {
    const [legalEntity] = legalEntities
    if (legalEntity === undefined) throw new Error('books belong to a legal entity')
    this.#legalEntity = { ...legalEntity, ...recorded }
    const { id, functionalCurrency } = legalEntity
    this.#books = {
      legalEntities: new Map([[id, this.#legalEntity]]),
      accounts: new Map(ledgerAccounts.map((account) => [accountKey(id, account.code), account])),
      accountRules: Map.groupBy(accountRules, ({ role }) => role),
      families: new Map(),
      regions: new Map(),
      periods: new Map([[id, accountingPeriods.map(kept)]]),
      rates: functionalCurrency === 'USD' ? new Map() : dailyRates(),
    }
  }

  get functionalCurrency(): string {
    return this.#legalEntity.functionalCurrency
  }

  get periods(): readonly AccountingPeriod[] {
    return this.#books.periods.get(this.#legalEntity.id) ?? []
  }

  take(step: Step): void {
    if ('facts' in step) this.#record(step.facts)
    else this.#recognize(step.recognizeThrough)
  }

  /** Takes everything back, as if nothing of it had happened. */
  takeBackEverything(): void {
    const sources = Map.groupBy(this.journal, ({ sourceId }) => sourceId)
    for (const entries of sources.values()) {
      const isRecognition = entries[0]?.sourceType === 'REVENUE_SCHEDULE'
      this.#post(
        isRecognition
          ? entries.map((entry) => this.#reverse(entry))
          : this.#settle(owedEntries([], entries, this.#draw), entries),
      )
    }
  }

  /** Debits less credits of each account in both currencies; accounts without a balance left out. */
  trialBalance(): Record<string, readonly [own: bigint, functional: bigint]> {
    const lines = this.journal.flatMap((entry) => entry.lines)
    const balances = [...Map.groupBy(lines, ({ role }) => role)].map(([role, own]) => {
      const balance = sum(own.map(({ debit, credit }) => debit - credit))
      const functional = sum(
        own.map(({ functionalDebit, functionalCredit }) => functionalDebit - functionalCredit),
      )
      return [role, [balance, functional]] as const
    })
    return Object.fromEntries(
      balances
        .filter(([, [own, functional]]) => own !== 0n || functional !== 0n)
        .toSorted(([a], [b]) => compareText(a, b)),
    )
  }

  readonly #draw = (posting: Posting, mirrored: EntryContent | null): EntryDraft =>
    draftEntry(this.#books, posting, mirrored)

  #reverse(entry: JournalEntry): EntryDraft {
    const { discriminator, purpose: reverses } = entry
    return this.#draw({ ...entry, discriminator: `undo ${discriminator}`, reverses }, entry)
  }

  #record(facts: Partial<Facts>): void {
    for (const closed of facts.accountingPeriods ?? []) this.#setPeriod(kept(closed))
    for (const contract of facts.contracts ?? []) this.#plan = this.#schedule(contract)
    const kinds = DOCUMENTS.filter((kind) => facts[kind] !== undefined)
    for (const kind of kinds) {
      const known: Map<string, unknown> = this.#facts[kind]
      for (const fact of facts[kind] ?? []) known.set(fact.id, fact)
    }
    if (kinds.length > 0) this.#follow()
  }

  /** Brings the books to what the documents demand now. */
  #follow(): void {
    this.#match()
    for (const [sourceId, postings] of this.#demands()) {
      const posted = this.journal.filter((entry) => entry.sourceId === sourceId)
      this.#post(this.#settle(owedEntries(postings, posted, this.#draw), posted))
    }
    this.#scheduleInvoices()
  }

  #match(): void {
    const { invoices, payments, creditNotes, refunds, disputes } = this.#facts
    const documents = {
      invoices: [...invoices.values()],
      payments: [...payments.values()],
      creditNotes: [...creditNotes.values()],
      refunds: [...refunds.values()],
      disputes: [...disputes.values()],
    }
    this.documents = store(documents)
    this.refused = new Set(settle(documents).violations.map(({ documentId }) => documentId))
  }

  /** What each document demands of the books; one that is refused demands nothing. */
  #demands(): [sourceId: string, postings: Posting[]][] {
    const { invoices, payments, creditNotes, refunds, disputes } = this.documents
    const invoiceById = new Map<string, Origin>(invoices.map((it) => [it.id, { ...it, date: it.issueDate }]))
    const paymentById = new Map(payments.map((it) => [it.id, originOf(it)]))
    const ofPayment = (id: string, demand: (payment: Origin) => Posting[]): Posting[] => {
      const payment = paymentById.get(id)
      return payment === undefined ? [] : demand(payment)
    }
    const demands: [string, Posting[]][] = [
      ...invoices.map((it): [string, Posting[]] => [it.id, postingsOfInvoice(it)]),
      ...creditNotes.map((it): [string, Posting[]] => [
        it.id,
        postingsOfCreditNote(it, invoiceById.get(it.invoiceId) ?? null),
      ]),
      ...payments.map((it): [string, Posting[]] => [it.id, postingsOfPayment(it, invoiceById)]),
      ...refunds.map((it): [string, Posting[]] => [
        it.id,
        ofPayment(it.paymentId, (payment) => postingsOfRefund(it, payment)),
      ]),
      ...disputes.map((it): [string, Posting[]] => [
        it.id,
        ofPayment(it.paymentId, (payment) => postingsOfDispute(it, payment)),
      ]),
    ]
    const isRefused = (id: string): boolean => this.refused.has(id) && !paymentById.has(id)
    return demands.map(([id, postings]) => [id, isRefused(id) ? [] : postings])
  }

  /** With what is realised where the customer owes nothing any more. */
  #settle(drafts: readonly EntryDraft[], posted: readonly JournalEntry[]): EntryDraft[] {
    const receivables: Receivables = new Map()
    for (const entry of this.journal) {
      const balance = receivables.get(receivableKey(entry)) ?? nothing
      receivables.set(receivableKey(entry), withLines(balance, entry.lines, 'RECEIVABLES'))
    }
    return withSettled(this.#books, drafts, posted, receivables)
  }

  #post(drafts: readonly EntryDraft[]): void {
    for (const { reverses, ...content } of drafts) {
      const reversalOfId = reverses === null ? null : entryId(reverses)
      const sequence = BigInt(this.journal.length + 1)
      const number = `${this.#legalEntity.code}-${sequence}`
      const id = entryId(content)
      const place = { id, externalRefs: [], ...recorded, sequence, number }
      const period = this.periods.find((it) => it.period.equals(content.period))
      if (period === undefined || period.status === 'CLOSED') this.late.push(id)
      this.journal.push({ ...content, ...place, status: 'POSTED', reversalOfId })
      const mirrored = this.journal.findIndex((entry) => entry.id === reversalOfId)
      const entry = this.journal[mirrored]
      if (entry !== undefined) this.journal[mirrored] = { ...entry, status: 'REVERSED' }
    }
  }

  #setPeriod(closed: AccountingPeriod): void {
    const periods = this.periods.map((it) => (it.id === closed.id ? closed : it))
    this.#books = { ...this.#books, periods: new Map([[this.#legalEntity.id, periods]]) }
  }

  #schedule(contract: ContractFact): ContractPlan {
    this.contract = contract
    const plan = planContract(contract, this.#plan, [])
    this.#replan(schedulesOfPlan(contract, plan), ({ contractId }) => contractId === contract.id)
    return plan
  }

  #scheduleInvoices(): void {
    const creditNotes = this.documents.creditNotes.filter(({ id }) => !this.refused.has(id))
    const plans = this.documents.invoices.flatMap((invoice) =>
      scheduleFromInvoice(
        invoice,
        creditNotes.filter(({ invoiceId }) => invoiceId === invoice.id),
      ),
    )
    this.#replan(plans, ({ contractId }) => contractId === null)
  }

  /** Brings schedules to their plans; those of the same kind that are planned no more come down to nothing. */
  #replan(plans: readonly ScheduleFact[], isOfKind: (plan: ScheduleFact) => boolean): void {
    const planned = new Set(plans.map(({ id }) => id))
    const withdrawn = [...this.schedules.values()]
      .filter(({ plan }) => isOfKind(plan) && !planned.has(plan.id))
      .map(({ plan }) => ({ ...plan, allocatedPrice: 0n, entries: [] }))
    for (const plan of [...plans, ...withdrawn]) {
      const recognized = this.schedules.get(plan.id)?.recognized ?? []
      this.schedules.set(plan.id, { plan, recognized, planned: reviseSchedule(recognized, plan.entries) })
    }
  }

  #recognize(through: Temporal.PlainDate): void {
    const deferred = this.#deferred()
    for (const [id, schedule] of [...this.schedules].toSorted(([a], [b]) => compareText(a, b))) {
      const isDue = ({ period }: ScheduleEntry): boolean => !isBefore(through, lastDay(period))
      const due = schedule.planned.filter(isDue)
      const postings = due.flatMap(({ period, amount }) => recognitionPosting(schedule.plan, period, amount))
      for (const posting of postings) this.#post([this.#drawOnDeferred(posting, deferred)])
      this.schedules.set(id, {
        ...schedule,
        recognized: [...schedule.recognized, ...due],
        planned: schedule.planned.filter((entry) => !isDue(entry)),
      })
    }
  }

  #drawOnDeferred(demanded: Posting, deferred: Map<string | null, Carrying>): EntryDraft {
    if (demanded.currency === this.functionalCurrency) return this.#draw(demanded, null)
    const balance = deferred.get(demanded.contractId) ?? nothing
    const recognized = this.journal
      .filter(({ sourceId }) => sourceId === demanded.sourceId)
      .reduce((it, { lines }) => withRecognized(it, lines), nothing)
    const draft = this.#draw(carryDeferred(demanded, balance, recognized), null)
    deferred.set(demanded.contractId, withDeferred(balance, draft.lines))
    return draft
  }

  /** Deferred revenue by contract, and what the books carry it at. */
  #deferred(): Map<string | null, Carrying> {
    const balances = Map.groupBy(this.journal, ({ contractId }) => contractId)
    return new Map(
      [...balances].map(([contractId, entries]) => {
        const lines = entries
          .flatMap((entry) => entry.lines)
          .filter(({ role }) => role === 'DEFERRED_REVENUE')
        const amount = sum(lines.map(({ debit, credit }) => credit - debit))
        const worth = sum(
          lines.map(({ functionalDebit, functionalCredit }) => functionalCredit - functionalDebit),
        )
        return [contractId, { amount, worth }]
      }),
    )
  }

  /** What the schedules of the contract sum to, beside what it is worth. */
  get contractValues(): readonly [scheduled: bigint, value: bigint] {
    const own = [...this.schedules.values()].filter(({ plan }) => plan.contractId !== null)
    const value = this.contract === null ? 0n : totalContractValue(this.contract)
    return [sum(own.map(({ plan }) => plan.allocatedPrice)), value]
  }
}

function kept(period: AccountingPeriodFact): AccountingPeriod {
  return { ...period, ...recorded, sealHash: null, closedBy: null, reopenings: [] }
}

function entryId({ sourceId, purpose, discriminator }: EntryContent): string {
  return `${sourceId} ${purpose} ${discriminator}`
}

let rates: ReadonlyMap<string, Rational> | undefined

/** For every day of the histories the latest rate by then. */
function dailyRates(): ReadonlyMap<string, Rational> {
  rates ??= new Map(
    Array.from({ length: MONTHS * 31 }, (_, days) => FIRST_DAY.add({ days })).map((date) => {
      const [, rate = ''] = RATES.findLast(([first]) => !isBefore(date, Temporal.PlainDate.from(first))) ?? []
      return [rateKey('USD', 'CAD', date), parseDecimal(rate)]
    }),
  )
  return rates
}
