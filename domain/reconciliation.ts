import { isBefore } from './calendar.ts'
import { sum } from './money.ts'
import { type ReconciliationRule, type RuleName, reconciliationRules } from './reconciliation-rules.ts'
import type { Money } from './money.ts'

/** Why two systems do not hold the same. */
export type BreakCause =
  | 'MISSING'
  | 'PRICE_DRIFT'
  | 'VOID_NOT_POSTED'
  | 'TIMING'
  | 'FX'
  | 'ROUNDING'
  | 'DUPLICATE'
  | 'IDENTITY'

/** What a system says of something beside its amount. */
type Term = 'unitPrice' | 'quantity' | 'discount' | 'status' | 'start' | 'end' | 'date' | 'family' | 'region'

/** What a difference of a term means; where several differ, the first one that differs tells the cause. */
const causeOfTerm: Readonly<Record<Term, BreakCause>> = {
  unitPrice: 'PRICE_DRIFT',
  quantity: 'PRICE_DRIFT',
  discount: 'PRICE_DRIFT',
  status: 'VOID_NOT_POSTED',
  start: 'TIMING',
  end: 'TIMING',
  date: 'TIMING',
  family: 'IDENTITY',
  region: 'IDENTITY',
}
const terms = Object.keys(causeOfTerm) as readonly Term[]
const pricing: ReadonlySet<Term> = new Set(['unitPrice', 'quantity'])

/** Something that one system holds, which another one should hold as well. */
export interface HeldFact {
  readonly rule: RuleName
  readonly side: 'LEFT' | 'RIGHT'
  /** What both systems know it by. */
  readonly key: string
  /** Which part of its side it is: a side that has a part twice has a duplicate. */
  readonly part: string
  /** Null where it is not about money. */
  readonly amount: Money | null
  /** Null where the system does not say whose it is. */
  readonly customerId: string | null
  /** Compared where both sides have the term. */
  readonly terms: Readonly<Partial<Record<Term, string>>>
  /** First and last month that it concerns; null for all. */
  readonly months: { readonly from: Temporal.PlainYearMonth; readonly to: Temporal.PlainYearMonth } | null
  /** The day since when the other system should hold it. */
  readonly since: Temporal.PlainDate
  /** The entity that shows it. */
  readonly recordId: string
}

/** A difference between two systems. */
export interface Break {
  readonly cause: BreakCause
  /** Null where the system holds nothing, or nothing that is an amount of one currency. */
  readonly left: Money | null
  readonly right: Money | null
  /** What the left one holds less what the right one does; null where that is no amount of one currency. */
  readonly delta: Money | null
  readonly since: Temporal.PlainDate
  /** The entity to look at: of the master where it holds one. */
  readonly recordId: string
  /** Whose it is, as the first system says that says it; null where none does. */
  readonly customerId: string | null
  /** What differs, for people. */
  readonly message: string
}

/** What came of comparing the two sides of one key. */
export interface Comparison {
  readonly months: HeldFact['months']
  /** Null where both hold the same, or the other one need not yet. */
  readonly found: Break | null
  /** The day from which on the other system should hold it as well; null where it should by now. */
  readonly expectedOn: Temporal.PlainDate | null
}

/**
 * Compares what two systems hold of one thing; null where neither holds anything. Amounts are those of all facts of a
 * side together, so that an entry and its correction count as what is left. Nothing on one side is as good as zero, and
 * nothing is missing on the right that is only expected after today, or by its rule later.
 */
export function reconcile(facts: readonly HeldFact[], today: Temporal.PlainDate): Comparison | null {
  const left = sideOf(facts, 'LEFT')
  const right = sideOf(facts, 'RIGHT')
  const [shown] = [...left.facts, ...right.facts]
  if (shown === undefined) return null
  const { rule, months, recordId } = shown
  const difference = differenceOf(left, right, reconciliationRules[rule])
  if (difference === null) return { months, found: null, expectedOn: null }
  const since = facts.map((fact) => fact.since).toSorted((a, b) => Temporal.PlainDate.compare(a, b))
  const [first = shown.since] = since
  const expectedOn = first.add({ days: graceOf(rule) })
  if (difference.cause === 'MISSING' && right.facts.length === 0 && isBefore(today, expectedOn))
    return { months, found: null, expectedOn }
  return {
    months,
    expectedOn: null,
    found: {
      cause: difference.cause,
      left: left.value,
      right: right.value,
      delta: deltaOf(left, right),
      since: since[difference.cause === 'MISSING' ? 0 : since.length - 1] ?? shown.since,
      recordId,
      customerId: facts.find((fact) => fact.customerId !== null)?.customerId ?? null,
      message: difference.message(reconciliationRules[rule]),
    },
  }
}

const graceOf = (rule: RuleName): number => {
  const { graceDays = 0 }: ReconciliationRule = reconciliationRules[rule]
  return graceDays
}

/** All that one system holds of one thing. */
interface Side {
  readonly facts: readonly HeldFact[]
  readonly customers: ReadonlySet<string>
  readonly currencies: ReadonlySet<string>
  /** Sum of its amounts, minor units; null where it has none. */
  readonly total: bigint | null
  /** The sum as money; null where it is in several currencies. */
  readonly value: Money | null
}

function sideOf(all: readonly HeldFact[], side: HeldFact['side']): Side {
  const facts = inForce(all.filter((fact) => fact.side === side))
  const amounts = facts.flatMap(({ amount }) => amount ?? [])
  const currencies = new Set(amounts.map(({ currency }) => currency))
  const [currency, ...others] = currencies
  const total = currency === undefined ? null : sum(amounts.map(({ minorUnits }) => minorUnits))
  return {
    facts,
    customers: new Set(facts.flatMap(({ customerId }) => customerId ?? [])),
    currencies,
    total,
    value:
      currency === undefined || total === null || others.length > 0 ? null : { minorUnits: total, currency },
  }
}

/** What is left of facts whose amounts have taken each other back: a correction ends what it corrects. */
function inForce(facts: readonly HeldFact[]): readonly HeldFact[] {
  const groups = Map.groupBy(facts, ({ amount, customerId }) => `${customerId} ${amount?.currency}`)
  const standing = [...groups.values()].filter((group) =>
    group.some(({ amount }) => amount === null || sumOf(group) !== 0n),
  )
  return standing.length === 0 ? facts : standing.flat()
}

function sumOf(facts: readonly HeldFact[]): bigint {
  return sum(facts.map(({ amount }) => amount?.minorUnits ?? 0n))
}

interface Difference {
  readonly cause: BreakCause
  readonly message: (rule: ReconciliationRule) => string
}

/** The first difference in the order in which one explains the next: a thing that is not there has no price. */
function differenceOf(
  left: Side,
  right: Side,
  { isPresenceEnough = false }: ReconciliationRule,
): Difference | null {
  if (left.facts.length === 0 || right.facts.length === 0) return missing(left, right)
  if (isPresenceEnough) return discountDifference(left, right)
  if (!agree(left.customers, right.customers))
    return { cause: 'IDENTITY', message: () => 'It is of different customers' }
  if (!agree(left.currencies, right.currencies))
    return {
      cause: 'FX',
      message: (rule) =>
        `${rule.left} has it in ${listed(left.currencies)}, ${rule.right} in ${listed(right.currencies)}`,
    }
  const differing = terms.find((term) => !agree(valuesOf(left, term), valuesOf(right, term)))
  const isOfPrice = differing !== undefined && pricing.has(differing)
  if (left.total !== null && right.total !== null && left.total !== right.total) {
    if (isDuplicated(left, right)) return { cause: 'DUPLICATE', message: () => 'It is there twice' }
    if (!isOfPrice) return amountDifference(left, right)
  }
  return differing === undefined ? null : termDifference(differing, left, right)
}

/** A discount by which less is asked for than was agreed: where a price was agreed with a discount, that is in it. */
function discountDifference(left: Side, right: Side): Difference | null {
  const isDiscounted = valuesOf(right, 'discount').size > 0
  if (!isDiscounted || left.total === null || right.total === null || right.total >= left.total) return null
  if (!agree(left.currencies, right.currencies)) return null
  return {
    cause: 'PRICE_DRIFT',
    message: (rule) => `${rule.right} takes off a discount that ${rule.left} does not have`,
  }
}

function missing(left: Side, right: Side): Difference | null {
  if ((left.total ?? right.total) === 0n) return null
  return {
    cause: 'MISSING',
    message: (rule) => `${left.facts.length === 0 ? rule.left : rule.right} holds nothing of it`,
  }
}

/** Minor units by which a sum may be off for each amount that it is made of. */
const roundingPerAmount = 1n

function amountDifference(left: Side, right: Side): Difference {
  const delta = (left.total ?? 0n) - (right.total ?? 0n)
  if (left.total === 0n || right.total === 0n) {
    return {
      cause: 'VOID_NOT_POSTED',
      message: (rule) => {
        const [withdrawn, standing] = left.total === 0n ? [rule.left, rule.right] : [rule.right, rule.left]
        return `${withdrawn} has nothing left of it, ${standing} has`
      },
    }
  }
  const tolerance = roundingPerAmount * BigInt(Math.max(left.facts.length, right.facts.length))
  const isRounding = delta <= tolerance && -delta <= tolerance
  return { cause: isRounding ? 'ROUNDING' : 'PRICE_DRIFT', message: () => 'The amounts differ' }
}

function termDifference(term: Term, left: Side, right: Side): Difference {
  const told = (side: Side): string => listed(valuesOf(side, term))
  return {
    cause: causeOfTerm[term],
    message: (rule) => `${term} is ${told(left)} in ${rule.left} and ${told(right)} in ${rule.right}`,
  }
}

function listed(values: ReadonlySet<string>): string {
  return [...values].toSorted().join(', ')
}

function valuesOf({ facts }: Side, term: Term): ReadonlySet<string> {
  return new Set(facts.flatMap((fact) => fact.terms[term] ?? []))
}

/** What a side does not say cannot differ. */
function agree(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === 0 || right.size === 0 || left.symmetricDifference(right).size === 0
}

/** Whether the sides hold the same once what one of them has twice is counted once. */
function isDuplicated(left: Side, right: Side): boolean {
  const once = ({ facts }: Side): bigint =>
    sum(
      new Map(
        facts.map(({ part, amount }) => [`${part} ${amount?.minorUnits}`, amount?.minorUnits ?? 0n]),
      ).values(),
    )
  return once(left) === once(right)
}

function deltaOf(left: Side, right: Side): Money | null {
  const known = left.value ?? right.value
  if (known === null || !agree(left.currencies, right.currencies)) return null
  if (left.currencies.size > 1 || right.currencies.size > 1) return null
  return { minorUnits: (left.total ?? 0n) - (right.total ?? 0n), currency: known.currency }
}
