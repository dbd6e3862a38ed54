/** The company itself: legal entities, chart of accounts, accounting periods, catalogue and exchange rates. */
import { firstDay } from '#domain/calendar.ts'
import { accountRule, chartOfAccounts, rulesOfChart } from '#domain/chart.ts'
import type { AccountingPeriodFact, FxRateFact, LedgerAccountFact, LegalEntityFact } from '#domain/erp.ts'
import type { Facts } from '#domain/facts.ts'
import { prices, products } from './catalogue.ts'
import type { Currency, Family } from './catalogue.ts'
import { Random } from './random.ts'
import { References } from './references.ts'

/** What is earned with each family of products has an account of its own. */
const REVENUE_ACCOUNTS: readonly { readonly family: Family; readonly code: string; readonly name: string }[] =
  [
    { family: 'PLATFORM', code: '4010', name: 'Platform revenue' },
    { family: 'SEATS', code: '4020', name: 'Seat revenue' },
    { family: 'ADD_ON', code: '4030', name: 'Add-on revenue' },
    { family: 'USAGE', code: '4040', name: 'Usage revenue' },
    { family: 'SUPPORT', code: '4050', name: 'Support revenue' },
    { family: 'SERVICES', code: '4060', name: 'Services revenue' },
  ]

/** Which company to make: the same options always make the same one. */
export interface SeedOptions {
  readonly customers: number
  readonly seed: number
  /** The last day of the history; nothing is dated later but terms, due dates and plans. */
  readonly today: Temporal.PlainDate
}

const HISTORY_MONTHS = 24
const FUTURE_MONTHS = 12

export type EntityCode = 'US' | 'DE' | 'JP'

interface EntityPlan {
  readonly code: EntityCode
  readonly name: string
  readonly currency: Currency
  readonly timeZone: string
  readonly fiscalYearStartMonth: number
}

const ENTITY_PLANS: Readonly<Record<EntityCode, EntityPlan>> = {
  US: {
    code: 'US',
    name: 'Kestrel Systems Inc.',
    currency: 'USD',
    timeZone: 'America/New_York',
    fiscalYearStartMonth: 1,
  },
  DE: {
    code: 'DE',
    name: 'Kestrel Systems GmbH',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    fiscalYearStartMonth: 1,
  },
  JP: {
    code: 'JP',
    name: 'Kestrel Systems KK',
    currency: 'JPY',
    timeZone: 'Asia/Tokyo',
    fiscalYearStartMonth: 4,
  },
}

/** A legal entity as the rest of the seed sees it. */
export interface Entity extends EntityPlan {
  readonly id: string
}

/** What every part of the seed needs to know. */
export interface World extends SeedOptions {
  /** First day of the history: two years before today's month. */
  readonly start: Temporal.PlainDate
  readonly entities: Readonly<Record<EntityCode, Entity>>
}

/** The world in which the customers of these options live. */
export function worldOf(options: SeedOptions): World {
  const references = new References(options.seed)
  const entity = (plan: EntityPlan): Entity => ({ ...plan, id: references.nextId('legalEntity') })
  return {
    ...options,
    start: firstDay(options.today.toPlainYearMonth().subtract({ months: HISTORY_MONTHS })),
    entities: { US: entity(ENTITY_PLANS.US), DE: entity(ENTITY_PLANS.DE), JP: entity(ENTITY_PLANS.JP) },
  }
}

/** What every customer's documents refer to. */
export function referenceFacts(world: World): Partial<Facts> {
  const { seed } = world
  const references = new References(seed)
  const legalEntities = legalEntityFacts(seed)
  return {
    legalEntities,
    ledgerAccounts: legalEntities.flatMap(({ id }) => [
      ...chartOfAccounts(id, () => references.next('ledgerAccount')),
      ...REVENUE_ACCOUNTS.map(({ code, name }): LedgerAccountFact => ({
        ...references.next('ledgerAccount'),
        legalEntityId: id,
        code,
        name,
        type: 'REVENUE',
        role: 'REVENUE',
      })),
    ]),
    accountRules: legalEntities.flatMap(({ id: legalEntityId }) => [
      ...rulesOfChart(legalEntityId, () => references.next('accountRule')),
      ...REVENUE_ACCOUNTS.map(({ code: accountCode, family: productFamily }) =>
        accountRule({
          ...references.next('accountRule'),
          role: 'REVENUE',
          accountCode,
          legalEntityId,
          productFamily,
        }),
      ),
    ]),
    accountingPeriods: accountingPeriods(world),
    fxRates: fxRates(world),
    products: products(seed),
    prices: prices(seed),
  }
}

function legalEntityFacts(seed: number): LegalEntityFact[] {
  const references = new References(seed)
  return Object.values(ENTITY_PLANS).map(({ code, name, currency, timeZone, fiscalYearStartMonth }) => ({
    ...references.next('legalEntity'),
    code,
    name,
    country: code,
    functionalCurrency: currency,
    timeZone,
    fiscalCalendar: 'CALENDAR_MONTHS',
    fiscalYearStartMonth,
  }))
}

/** All open: closing a period is a decision of its own, not something that a seed pretends. */
function accountingPeriods({ seed, start, entities }: World): AccountingPeriodFact[] {
  const references = new References(seed)
  const first = start.toPlainYearMonth()
  const all = Object.values(entities)
  return all.flatMap((entity, place) =>
    Array.from({ length: HISTORY_MONTHS + 1 + FUTURE_MONTHS }, (_, month): AccountingPeriodFact => {
      const period = first.add({ months: month })
      return {
        ...references.nth('accountingPeriod', monthNumber(period) * all.length + place),
        legalEntityId: entity.id,
        period,
        range: { start: firstDay(period), end: firstDay(period.add({ months: 1 })) },
        status: 'OPEN',
      }
    }),
  )
}

/** An exchange rate that wanders between its bounds from month to month; all but the base in steps of 1/scale. */
interface RatePath {
  readonly base: string
  readonly start: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly decimals: number
}

const RATE_PATHS: readonly RatePath[] = [
  { base: 'EUR', start: 10_850, min: 10_200, max: 11_800, step: 180, decimals: 4 },
  { base: 'JPY', start: 6_700, min: 6_200, max: 7_100, step: 110, decimals: 6 },
]

function fxRates({ seed, start: first }: World): FxRateFact[] {
  const references = new References(seed)
  return RATE_PATHS.flatMap(({ base, start, min, max, step, decimals }, place) => {
    const random = new Random(seed, 'rates', base)
    let rate = start
    return Array.from({ length: HISTORY_MONTHS + 1 }, (_, month): FxRateFact => {
      rate = Math.min(max, Math.max(min, rate + random.between(-step, step)))
      const date = first.add({ months: month })
      return {
        ...references.nth('fxRate', monthNumber(date) * RATE_PATHS.length + place),
        baseCurrency: base,
        quoteCurrency: 'USD',
        rate: decimal(rate, decimals),
        date,
        source: 'seed',
      }
    })
  })
}

/** Months are named by the calendar: the same month has the same name, whichever day the history ends on. */
const monthNumber = ({ year, month }: { readonly year: number; readonly month: number }): number =>
  year * 12 + month - 1

/** A whole number of the last decimal as a plain decimal: 10850 with four decimals is 1.0850. */
function decimal(units: number, decimals: number): string {
  const digits = String(units).padStart(decimals + 1, '0')
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
