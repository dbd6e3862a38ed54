/** Books of three companies, for tests: what is told to them, and what they show. */
import { chartOfAccounts, rulesOfChart } from '#domain/chart.ts'
import type { Fact } from '#domain/entity.ts'
import type { AccountingPeriodFact, CreditProfileFact, FxRateFact, LegalEntityFact } from '#domain/erp.ts'
import type { Facts } from '#domain/facts.ts'
import { manualClock } from '#platform/clock.ts'
import { checkInvariants } from '#platform/invariant.ts'
import type { CommandContext } from '#platform/command.ts'
import { checkPeriod, type PeriodOutcome, type ReadDated } from '#subgraphs/erp/checklist.ts'
import {
  adjustPeriod,
  beginClose,
  recognizePeriod,
  sealPeriod,
} from '#subgraphs/erp/commands/close-period.ts'
import { postDocuments } from '#subgraphs/erp/post.ts'
import { recordReferenceFacts } from '#subgraphs/erp/record-reference.ts'
import { recordErpFacts } from '#subgraphs/erp/record.ts'
import { reopenPeriod } from '#subgraphs/erp/reopen.ts'
import { erpInvariants, type SourceVersion } from '#subgraphs/erp/store.ts'
import { day, invoiceFact, invoiceLine, type StoredDocuments } from '#test/domain/documents.ts'
import type { TestDatabase } from '#test/support/database.ts'

const FIRST_MONTH = Temporal.PlainYearMonth.from('2026-01')
const MONTHS = 36

/** The documents' default company in dollars, one in euros and one in yen. */
const COMPANIES = [
  { id: 'entity-1', code: 'US', functionalCurrency: 'USD' },
  { id: 'entity-de', code: 'DE', functionalCurrency: 'EUR' },
  { id: 'entity-jp', code: 'JP', functionalCurrency: 'JPY' },
] as const

/** An object of the ERP's source. */
export function stated(id: string, sourceVersion = 1n): Fact {
  const source = { system: 'netsuite', instance: 'test', objectType: 'record', url: null }
  return { id, externalRefs: [{ ...source, externalId: id, sourceVersion }] }
}

export function legalEntityFact(fields: Partial<LegalEntityFact> = {}): LegalEntityFact {
  return {
    ...stated(fields.id ?? 'entity-1'),
    code: 'US',
    name: 'Revgraph US',
    country: 'US',
    functionalCurrency: 'USD',
    timeZone: 'UTC',
    fiscalCalendar: 'CALENDAR_MONTHS',
    fiscalYearStartMonth: 1,
    ...fields,
  }
}

/** A month of the books, as it is stated for the `sourceVersion`-th time. */
export function period(
  legalEntityId: string,
  month: string,
  status: AccountingPeriodFact['status'] = 'OPEN',
  sourceVersion = 1n,
): AccountingPeriodFact {
  const named = Temporal.PlainYearMonth.from(month)
  const start = named.toPlainDate({ day: 1 })
  return {
    ...stated(`per_${legalEntityId}_${month}`, sourceVersion),
    legalEntityId,
    period: named,
    range: { start, end: start.add({ months: 1 }) },
    status,
  }
}

export function fxRate(baseCurrency: string, quoteCurrency: string, rate: string, date: string): FxRateFact {
  const id = `fxr_${baseCurrency}${quoteCurrency}${date}`
  return { ...stated(id), baseCurrency, quoteCurrency, rate, date: day(date), source: 'test' }
}

export function creditProfile(fields: Partial<CreditProfileFact> = {}): CreditProfileFact {
  return {
    ...stated('cpr_1'),
    customerId: 'customer-1',
    currency: 'USD',
    creditLimit: 10_000_00n,
    onHold: false,
    holdReason: null,
    ...fields,
  }
}

/** The companies with a chart of accounts each and three years of open months. */
export function openingFacts(): Pick<
  Facts,
  'legalEntities' | 'ledgerAccounts' | 'accountRules' | 'accountingPeriods'
> {
  return {
    legalEntities: COMPANIES.map((company) => legalEntityFact({ ...stated(company.id), ...company })),
    ledgerAccounts: COMPANIES.flatMap(({ id }) => chartOfAccounts(id, (code) => stated(`acc_${id}_${code}`))),
    accountRules: COMPANIES.flatMap(({ id }) => rulesOfChart(id, (code) => stated(`arl_${id}_${code}`))),
    accountingPeriods: COMPANIES.flatMap(({ id }) =>
      Array.from({ length: MONTHS }, (_, months) => period(id, FIRST_MONTH.add({ months }).toString())),
    ),
  }
}

/** What a test does with the books, under a clock that moves on with every command. */
export function booksOf(database: TestDatabase) {
  const db = database.of('erp')
  const clock = manualClock('2026-01-01T00:00:00Z')
  let requests = 0
  const request = (legalEntityId: string, month: string) => {
    requests += 1
    return {
      legalEntityId,
      period: Temporal.PlainYearMonth.from(month),
      idempotencyKey: `request ${requests}`,
    }
  }
  const context = (): CommandContext => {
    clock.advance({ seconds: 1 })
    return { subgraph: 'erp', clock, correlationId: 'test' }
  }
  /** The steps of a close, as the workflow has them done; from the first that is refused on, nothing. */
  const closeNow = async (
    legalEntityId: string,
    month: string,
    readDated: ReadDated,
  ): Promise<PeriodOutcome> => {
    const { idempotencyKey, ...name } = request(legalEntityId, month)
    const check = () => checkPeriod(db, clock, name, readDated)
    const first = await check()
    if (first.blockers.length + first.violations.length > 0) return first
    const effect = (step: string) => ({ ...context(), effectKey: `${idempotencyKey}/${step}` })
    const steps = [
      () => beginClose(db, effect('begin'), name, readDated),
      () => recognizePeriod(db, effect('recognize'), name),
      () => adjustPeriod(db, effect('set apart'), { ...name, step: 'SET_UNBILLED_APART' }),
      () => adjustPeriod(db, effect('revalue'), { ...name, step: 'REVALUE_FOREIGN_MONEY' }),
      () => sealPeriod(db, effect('seal'), { ...name, closedBy: 'ada' }, readDated),
    ]
    for (const step of steps) {
      const { violations = [] } = await step()
      if (violations.length > 0) return check()
    }
    return first
  }
  return {
    db,
    clock,
    context,
    record: async (facts: Partial<Facts>) => {
      await recordReferenceFacts(db, context(), facts)
      return recordErpFacts(db, context(), facts)
    },
    post: (documents: Partial<StoredDocuments>) => postDocuments(db, context(), { ...NOTHING, ...documents }),
    /** Asks for the close of a month on the day after it, with a key of its own; `unbooked` is what billing has. */
    close: async (legalEntityId: string, month: string, unbooked: readonly SourceVersion[] = []) => {
      const dayAfter = instantOf(Temporal.PlainYearMonth.from(month).add({ months: 1 }))
      if (Temporal.Instant.compare(clock.now(), dayAfter) < 0) clock.set(dayAfter)
      return closeNow(legalEntityId, month, () => Promise.resolve(unbooked))
    },
    closeNow,
    reopen: async (legalEntityId: string, month: string, reason = 'A correction') =>
      (await reopenPeriod(db, context(), { ...request(legalEntityId, month), actor: 'ada', reason })).result,
    /** Every entry with its lines, as a person would write it down. */
    journal: () => readJournal(database),
    /** Debits less credits of each account in functional currency by the end of a month, those of zero left out. */
    balances: async (month = '9999-12'): Promise<Record<string, bigint>> => {
      const rows = await database.owner.rows<{ role: string; balance: bigint }>({
        text: `SELECT l.role, sum(l.functional_debit - l.functional_credit)::bigint AS balance
          FROM erp.journal_line l JOIN erp.journal_entry e ON e.id = l.entry_id WHERE e.period <= $1
          GROUP BY l.role HAVING sum(l.functional_debit - l.functional_credit) <> 0 ORDER BY l.role`,
        values: [month],
      })
      return Object.fromEntries(rows.map(({ role, balance }) => [role, balance]))
    },
    /** Why sources cannot be posted, by id. */
    blocks: async (): Promise<Record<string, string>> => {
      const rows = await database.owner.rows<{ id: string; reason: string }>({
        text: 'SELECT source_id AS id, reason FROM erp.posting_note WHERE status = $1 ORDER BY id',
        values: ['BLOCKED'],
      })
      return Object.fromEntries(rows.map(({ id, reason }) => [id, reason]))
    },
    /** How many events of each type there are. */
    events: async (): Promise<Record<string, number>> => {
      const rows = await database.owner.rows<{ type: string; count: number }>({
        text: 'SELECT type, count(*)::int AS count FROM erp.event GROUP BY type ORDER BY type',
        values: [],
      })
      return Object.fromEntries(rows.map(({ type, count }) => [type, count]))
    },
    /** Invariants that are broken, with the ids of what breaks them. */
    broken: async (): Promise<Record<string, readonly string[]>> => {
      const findings = await checkInvariants(db, erpInvariants)
      const broken = findings.filter(({ ids }) => ids.length > 0)
      return Object.fromEntries(broken.map(({ invariant, ids }) => [invariant.name, ids]))
    },
  }
}

const instantOf = (month: Temporal.PlainYearMonth): Temporal.Instant =>
  month.toPlainDate({ day: 1 }).toZonedDateTime('UTC').toInstant()

export type TestBooks = ReturnType<typeof booksOf>

const NOTHING: StoredDocuments = { invoices: [], payments: [], creditNotes: [], refunds: [], disputes: [] }

async function readJournal(database: TestDatabase): Promise<string[]> {
  const rows = await database.owner.rows<{ text: string }>({
    text: `SELECT format('%s %s %s %s: %s', e.sequence, e.period, e.status, e.purpose,
        string_agg(format('%s %s %s', CASE WHEN l.debit > 0 THEN 'Dr' ELSE 'Cr' END, l.role, l.debit + l.credit), ', '
          ORDER BY l.line_number)) AS text
      FROM erp.journal_entry e JOIN erp.journal_line l ON l.entry_id = e.id
      GROUP BY e.id ORDER BY e.sequence`,
    values: [],
  })
  return rows.map(({ text }) => text)
}

/** An invoice of a customer for one year of service: 500.00 and 40.00 of tax. */
export function annualInvoice(fields: Parameters<typeof invoiceFact>[0] = {}) {
  const servicePeriod = { start: day('2026-01-01'), end: day('2027-01-01') }
  return invoiceFact({
    lines: [invoiceLine(500_00n, { id: `line-of-${fields.id ?? 'invoice-1'}`, servicePeriod })],
    taxLines: [{ jurisdiction: 'US-NY', rate: '8', taxable: 500_00n, amount: 40_00n }],
    ...fields,
  })
}
