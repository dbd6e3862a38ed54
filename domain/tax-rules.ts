import { isBefore } from './calendar.ts'
import type { TaxLine } from './billing.ts'
import { type Outcome, type Violation, violationIf } from './failure.ts'
import { sum } from './money.ts'
import { taxOn } from './tax.ts'

/** What falls due in one jurisdiction. Null holds for all. */
export interface TaxRule {
  readonly name: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** State or prefecture. */
  readonly region: string | null
  readonly city: string | null
  /** Codes of our companies that sell. */
  readonly sellers: readonly string[] | null
  readonly taxCodes: readonly string[] | null
  readonly since: Temporal.PlainDate | null
  /** First day on which it holds no more. */
  readonly until: Temporal.PlainDate | null
  readonly jurisdiction: string
  /** Percent, an exact decimal; `0` is printed, null is not. */
  readonly rate: string | null
  /** Why nothing is charged, where the rate is null. */
  readonly reason: string | null
  /** Whether it holds only for a buyer who is registered for tax. */
  readonly needsTaxId: boolean
}

/** Where a buyer is. */
export interface TaxPlace {
  readonly country: string
  readonly region: string | null
  readonly city: string | null
}

/** What is to be taxed. */
export interface TaxQuestion extends TaxPlace {
  /** Code of our company that sells. */
  readonly seller: string
  readonly date: Temporal.PlainDate
  readonly lines: readonly TaxableLine[]
}

interface TaxableLine {
  readonly taxCode: string
  /** Minor units before tax. */
  readonly net: bigint
}

/** A tax line with the rule that it follows; without one where nothing is charged. */
interface QuotedTax extends TaxLine {
  readonly rule: string
}

/** What a rule says without charging anything. */
interface TaxExemption {
  readonly rule: string
  readonly jurisdiction: string
  readonly reason: string
}

/** What tax falls due, minor units. */
export interface TaxQuote {
  readonly taxes: readonly QuotedTax[]
  readonly exemptions: readonly TaxExemption[]
  readonly tax: bigint
  /** Whether it holds only for a buyer who is registered for tax. */
  readonly needsTaxId: boolean
}

/**
 * The tax on top of what is sold: one line a jurisdiction and rate, on all that it taxes together, rounded once. A line
 * for which no rule holds is refused with TAX_RULE_MISSING: nothing is zero because nobody knew.
 */
export function quoteByRules(rules: readonly TaxRule[], question: TaxQuestion): Outcome<TaxQuote> {
  const ruled = question.lines.map(({ taxCode, net }) => ({ net, rules: rulesFor(rules, question, taxCode) }))
  const violations = ruled.flatMap(({ rules: holding }, index) => [
    ...missing(holding, question, index),
    ...ambiguous(holding, index),
  ])
  if (violations.length > 0) return { violations }
  const used = [...new Set(ruled.flatMap((line) => line.rules))].toSorted(
    (a, b) => rules.indexOf(a) - rules.indexOf(b),
  )
  const taxes = used.flatMap(({ name: rule, jurisdiction, rate }): QuotedTax[] => {
    if (rate === null) return []
    const taxable = sum(
      ruled.flatMap((line) => (line.rules.some(({ name }) => name === rule) ? [line.net] : [])),
    )
    return [{ rule, jurisdiction, rate, taxable, amount: taxOn(taxable, rate) }]
  })
  const exemptions = used.flatMap(({ name: rule, jurisdiction, rate, reason }) =>
    rate === null ? [{ rule, jurisdiction, reason: reason ?? '' }] : [],
  )
  const needsTaxId = used.some((rule) => rule.needsTaxId)
  return { value: { taxes, exemptions, tax: sum(taxes.map(({ amount }) => amount)), needsTaxId } }
}

/** The rules that hold for one tax code; of two for one jurisdiction only the more specific one. */
export function rulesFor(
  rules: readonly TaxRule[],
  question: Omit<TaxQuestion, 'lines'>,
  taxCode: string | null,
): TaxRule[] {
  const holding = rules.filter((rule) => holds(rule, question, taxCode))
  return holding.filter((rule) =>
    holding.every(
      (other) => other.jurisdiction !== rule.jurisdiction || specificity(other) <= specificity(rule),
    ),
  )
}

function holds(rule: TaxRule, question: Omit<TaxQuestion, 'lines'>, taxCode: string | null): boolean {
  const { country, region, city, seller, date } = question
  return (
    rule.country === country &&
    (rule.region === null || rule.region === region) &&
    (rule.city === null || rule.city === city) &&
    (rule.sellers === null || rule.sellers.includes(seller)) &&
    (rule.taxCodes === null || (taxCode !== null && rule.taxCodes.includes(taxCode))) &&
    (rule.since === null || !isBefore(date, rule.since)) &&
    (rule.until === null || isBefore(date, rule.until))
  )
}

const dimensions = ['region', 'city', 'sellers', 'taxCodes'] as const
const specificity = (rule: TaxRule): number => dimensions.filter((it) => rule[it] !== null).length

function missing(holding: readonly TaxRule[], question: TaxQuestion, index: number): Violation[] {
  const { country, region, city, seller, date } = question
  const place = [city, region, country].filter((part) => part !== null).join(', ')
  const message = `No rule says what tax falls due in ${place} when ${seller} sells there on ${date.toString()}`
  return violationIf(holding.length === 0, 'TAX_RULE_MISSING', `lines.${index}`, message)
}

/** Two rules of one jurisdiction of which neither is more specific. */
function ambiguous(holding: readonly TaxRule[], index: number): Violation[] {
  const names = [...Map.groupBy(holding, ({ jurisdiction }) => jurisdiction).values()]
    .filter((rules) => rules.length > 1)
    .map((rules) => rules.map(({ name }) => name).join(' and '))
  return names.map((pair) => ({
    code: 'RULES_AMBIGUOUS',
    field: `lines.${index}`,
    message: `Which of ${pair} holds cannot be told`,
  }))
}

/** Rules of one jurisdiction that can hold at once, and of which neither is more specific. */
export function ambiguousTaxRules(rules: readonly TaxRule[]): [TaxRule, TaxRule][] {
  return rules.flatMap((rule, index) =>
    rules
      .slice(index + 1)
      .filter((other) => specificity(rule) === specificity(other) && canMeet(rule, other))
      .map((other): [TaxRule, TaxRule] => [rule, other]),
  )
}

const canMeet = (a: TaxRule, b: TaxRule): boolean =>
  a.jurisdiction === b.jurisdiction &&
  a.country === b.country &&
  (['region', 'city'] as const).every((it) => a[it] === null || b[it] === null || a[it] === b[it]) &&
  (['sellers', 'taxCodes'] as const).every(
    (it) => a[it] === null || b[it] === null || a[it].some((value) => b[it]?.includes(value)),
  ) &&
  (a.until === null || b.since === null || isBefore(b.since, a.until)) &&
  (b.until === null || a.since === null || isBefore(a.since, b.until))
