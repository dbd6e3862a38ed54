import { isBefore } from './calendar.ts'
import type { Fact, Recorded } from './entity.ts'
import type { AccountRole, PostingPurpose } from './erp.ts'

/** Which account a side of a posting goes to. What is null holds for all. */
export interface AccountRuleFact extends Fact {
  readonly role: AccountRole
  /** Number in the chart of the legal entity that posts. */
  readonly accountCode: string
  readonly purpose: PostingPurpose | null
  readonly legalEntityId: string | null
  /** Family of the product that is sold, as the catalogue has it. */
  readonly productFamily: string | null
  /** Sales region of the customer; for tax its jurisdiction. */
  readonly region: string | null
  /** First day on which it holds; null where it always did. */
  readonly validFrom: Temporal.PlainDate | null
  /** First day on which it holds no more; null where none is known. */
  readonly validUntil: Temporal.PlainDate | null
}

export type AccountRule = AccountRuleFact & Recorded

/** What an account is wanted for. */
export type AccountQuestion = Record<
  'purpose' | 'legalEntityId' | 'productFamily' | 'region',
  string | null
> & {
  readonly role: AccountRole
  readonly date: Temporal.PlainDate
}

const dimensions = ['purpose', 'legalEntityId', 'productFamily', 'region'] as const

/** The rule that names most of what is asked for; undefined where none holds: there is no default. */
export function findAccountRule<Rule extends AccountRuleFact>(
  rules: readonly Rule[],
  question: AccountQuestion,
): Rule | undefined {
  let best: Rule | undefined
  for (const rule of rules) {
    if (!holds(rule, question)) continue
    if (best === undefined || specificity(best) < specificity(rule)) best = rule
  }
  return best
}

/** Rules of which two hold at once and none is more specific: which account is meant cannot be told. */
export function ambiguousRules<Rule extends AccountRuleFact>(rules: readonly Rule[]): [Rule, Rule][] {
  const byRole = Map.groupBy(rules, ({ role }) => role)
  return [...byRole.values()].flatMap((own) =>
    own.flatMap((rule, index) =>
      own
        .slice(index + 1)
        .filter((other) => meet(rule, other) && !isDecided(rule, other, own))
        .map((other): [Rule, Rule] => [rule, other]),
    ),
  )
}

/** A rule in words, so that an error names it. */
export function nameOfRule({ role, accountCode, ...rule }: AccountRuleFact): string {
  const named = dimensions.flatMap((dimension) => rule[dimension] ?? [])
  return [`${role} to ${accountCode}`, ...(named.length > 0 ? [`for ${named.join(', ')}`] : [])].join(' ')
}

function holds(rule: AccountRuleFact, question: AccountQuestion): boolean {
  return (
    rule.role === question.role &&
    dimensions.every((dimension) => rule[dimension] === null || rule[dimension] === question[dimension]) &&
    (rule.validFrom === null || !isBefore(question.date, rule.validFrom)) &&
    (rule.validUntil === null || isBefore(question.date, rule.validUntil))
  )
}

function specificity(rule: AccountRuleFact): number {
  return dimensions.filter((dimension) => rule[dimension] !== null).length
}

/** Whether both can hold for one question, with another answer, and neither is more specific. */
function meet(a: AccountRuleFact, b: AccountRuleFact): boolean {
  return (
    a.accountCode !== b.accountCode &&
    specificity(a) === specificity(b) &&
    dimensions.every((it) => a[it] === null || b[it] === null || a[it] === b[it]) &&
    endsAfter(a, b.validFrom) &&
    endsAfter(b, a.validFrom)
  )
}

function endsAfter({ validUntil }: AccountRuleFact, day: Temporal.PlainDate | null): boolean {
  return validUntil === null || day === null || isBefore(day, validUntil)
}

/** Whether a third rule, at all times, is for just what both are for. */
function isDecided(a: AccountRuleFact, b: AccountRuleFact, rules: readonly AccountRuleFact[]): boolean {
  if (dimensions.every((it) => a[it] === b[it])) return false
  return rules.some(
    (rule) =>
      rule.validFrom === null &&
      rule.validUntil === null &&
      dimensions.every((it) => rule[it] === (a[it] ?? b[it])),
  )
}
