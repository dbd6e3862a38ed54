import { isBefore } from './calendar.ts'
import { compareText, maximum, minimum } from './order.ts'
import { sum } from './money.ts'
import { add, multiply, rational, round, zero } from './rational.ts'
import type { RecurringRun } from './recurring-history.ts'

/** How recurring revenue moves. Contraction and churn take off; all amounts are positive. */
type RecurringMove = 'NEW' | 'EXPANSION' | 'REACTIVATION' | 'CONTRACTION' | 'CHURN'

/** A subscription of a customer, with what it earned and when. */
export interface RecurringSubscription {
  readonly id: string
  readonly legalEntityId: string
  readonly currency: string
  readonly runs: readonly RecurringRun[]
}

/** A movement of a subscription's recurring revenue; minor units of its currency. */
export interface RecurringMovement {
  readonly subscriptionId: string
  readonly legalEntityId: string
  readonly currency: string
  readonly on: Temporal.PlainDate
  readonly move: RecurringMove
  /** A month, positive. */
  readonly amount: bigint
  /** What annual recurring revenue changes by; negative for contraction and churn. */
  readonly annual: bigint
}

/** How much a subscription earns from a day on. */
interface Step {
  readonly subscription: RecurringSubscription
  readonly on: Temporal.PlainDate
  readonly from: Level
  readonly to: Level
}

/** Recurring revenue a month and a year, each rounded once. */
interface Level {
  readonly monthly: bigint
  readonly annual: bigint
}

const nothing: Level = { monthly: 0n, annual: 0n }
const signs: Readonly<Record<RecurringMove, bigint>> = {
  NEW: 1n,
  EXPANSION: 1n,
  REACTIVATION: 1n,
  CONTRACTION: -1n,
  CHURN: -1n,
}

/** What a movement changes monthly recurring revenue by. */
export function changeOf({ move, amount }: Pick<RecurringMovement, 'move' | 'amount'>): bigint {
  return signs[move] * amount
}

/**
 * How the recurring revenue of one customer moved, by subscription, in the order of days. What begins is new, or a
 * reactivation where the customer had left, or the subscription had paused. Of one legal entity and currency, what ends
 * and what begins on one day is one change: a renewal under another subscription is neither churn nor new. Days of one
 * subscription on which several things happened have one movement.
 */
export function recurringMovements(subscriptions: readonly RecurringSubscription[]): RecurringMovement[] {
  const steps = subscriptions.flatMap(stepsOf).toSorted(byDay)
  const movements: RecurringMovement[] = []
  const earning = new Map<string, Level>()
  const known = new Set<string>()
  for (const day of Map.groupBy(steps, ({ on }) => on.toString()).values()) {
    const isAway = known.size > 0 && [...earning.values()].every(({ monthly }) => monthly === 0n)
    const isBack = ({ subscription }: Step): boolean => isAway || known.has(subscription.id)
    const kept = Map.groupBy(day, ({ subscription: it }) => `${it.legalEntityId} ${it.currency}`).values()
    for (const own of kept) movements.push(...movesOf(own, isBack))
    for (const { subscription, to } of day) {
      earning.set(subscription.id, to)
      known.add(subscription.id)
    }
  }
  return movements
}

/** The movements of one day, in one currency of one legal entity. */
function movesOf(steps: readonly Step[], isBack: (step: Step) => boolean): RecurringMovement[] {
  const begun = steps.filter(({ from }) => from.monthly === 0n)
  const ended = steps.filter(({ to }) => to.monthly === 0n)
  const changed = steps.filter(({ from, to }) => from.monthly > 0n && to.monthly > 0n)
  const [first] = begun
  const own = changed.flatMap((step) => moved(step, step.from, step.to))
  if (first === undefined || ended.length === 0) {
    return [
      ...own,
      ...begun.flatMap((step) => named(step, isBack(step) ? 'REACTIVATION' : 'NEW', step.to)),
      ...ended.flatMap((step) => named(step, 'CHURN', step.from)),
    ]
  }
  return [...own, ...moved(first, total(ended.map(({ from }) => from)), total(begun.map(({ to }) => to)))]
}

function moved(step: Step, from: Level, to: Level): RecurringMovement[] {
  const difference = { monthly: to.monthly - from.monthly, annual: to.annual - from.annual }
  if (difference.monthly >= 0n) return named(step, 'EXPANSION', difference)
  return named(step, 'CONTRACTION', { monthly: -difference.monthly, annual: -difference.annual })
}

function named(
  { subscription, on }: Step,
  move: RecurringMove,
  { monthly, annual }: Level,
): RecurringMovement[] {
  const { id: subscriptionId, legalEntityId, currency } = subscription
  const about = { subscriptionId, legalEntityId, currency, on, move }
  return monthly === 0n && annual === 0n ? [] : [{ ...about, amount: monthly, annual: signs[move] * annual }]
}

function stepsOf(subscription: RecurringSubscription): Step[] {
  const { runs } = subscription
  const days = runs.flatMap(({ start, end }) => (end === null ? [start] : [start, end]))
  const distinct = [...new Map(days.map((day) => [day.toString(), day])).values()].toSorted((a, b) =>
    Temporal.PlainDate.compare(a, b),
  )
  let from = nothing
  return distinct.flatMap((on) => {
    const step = { subscription, on, from, to: levelOn(runs, on) }
    from = step.to
    return step.from.monthly === step.to.monthly && step.from.annual === step.to.annual ? [] : [step]
  })
}

function levelOn(runs: readonly RecurringRun[], day: Temporal.PlainDate): Level {
  const yearly = runs
    .filter(({ start, end }) => !isBefore(day, start) && (end === null || isBefore(day, end)))
    .map((run) => run.yearly)
    .reduce(add, zero)
  return { monthly: round(multiply(yearly, rational(1n, 12n))), annual: round(yearly) }
}

function total(levels: readonly Level[]): Level {
  return { monthly: sum(levels.map((it) => it.monthly)), annual: sum(levels.map((it) => it.annual)) }
}

function byDay(a: Step, b: Step): number {
  return Temporal.PlainDate.compare(a.on, b.on) || compareText(a.subscription.id, b.subscription.id)
}

/** What the cohort of a period lost or won by a movement, of customers who paid at its opening; minor units a month. */
export interface CohortChange {
  readonly on: Temporal.PlainDate
  readonly subscriptionId: string
  readonly legalEntityId: string
  readonly currency: string
  /** What its net retention changes by: all but reactivation. */
  readonly net: bigint
  /** What its gross retention loses, or wins back of what it lost: never above the opening. */
  readonly lost: bigint
}

/**
 * What movements of one customer do to the retention of a kind of period. A customer counts in a legal entity and
 * currency where there was recurring revenue at the opening; reactivation does not count (GROUND-TRUTH: NRR / GRR).
 * @param openingOf The first day of the period in which a day lies.
 */
export function cohortChanges(
  movements: readonly RecurringMovement[],
  openingOf: (day: Temporal.PlainDate) => Temporal.PlainDate,
): CohortChange[] {
  return [...Map.groupBy(movements, (it) => `${it.legalEntityId} ${it.currency}`).values()].flatMap((own) => {
    let [level, opening, cohort, period] = [0n, 0n, 0n, '']
    return own.flatMap((movement) => {
      const begins = openingOf(movement.on).toString()
      if (begins !== period) [period, opening, cohort] = [begins, level, level]
      level += changeOf(movement)
      if (opening === 0n || movement.move === 'REACTIVATION') return []
      const lossBefore = maximum(0n, opening - cohort)
      cohort += changeOf(movement)
      const { on, subscriptionId, legalEntityId, currency } = movement
      const lost = minimum(opening, maximum(0n, opening - cohort)) - lossBefore
      return [{ on, subscriptionId, legalEntityId, currency, net: changeOf(movement), lost }]
    })
  })
}
