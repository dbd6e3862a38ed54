import { findingIf, findTwice, type LintFinding } from './lint-finding.ts'
import { isCurrency, MoneyError, parseAmount } from './money.ts'
import type {
  AmountByCurrency,
  CatalogueStep,
  FlowCatalogue,
  FlowName,
  FlowPlan,
  Gate,
  WorkflowModel,
} from './workflow-model.ts'

/** Deadlines of gates and exceptions: from an hour to a quarter of a year. */
const MAX_DEADLINE_HOURS = 24 * 90

/** Whether nobody could be held to it. */
export const isNoDeadline = (hours: number): boolean => hours < 1 || hours > MAX_DEADLINE_HOURS

/** Flows that can be undone up to their pivot and driven on after it, and gates that somebody decides in time. */
export function lintFlows(model: WorkflowModel, catalogue: FlowCatalogue): LintFinding[] {
  return [
    ...findTwice(model.gates, ({ name }) => name, 'DEFINED_ONCE', 'gates'),
    ...model.gates.flatMap((gate, index) => lintGate(gate, `gates.${index}`)),
    ...Object.entries(model.flows).flatMap(([name, plan]) => {
      const story = catalogue[name as FlowName] ?? []
      const path = `flows.${name}`
      const order = plan.steps.length === 0 ? story.map((step) => step.name) : plan.steps
      const steps = order.flatMap((step) => story.find((each) => each.name === step) ?? [])
      return [
        ...lintComplete(plan, story, path),
        ...lintNeeds(steps, path),
        ...lintKinds(steps, path),
        ...lintPlaces(plan, model.gates, steps, path),
      ]
    }),
  ]
}

function lintComplete({ steps }: FlowPlan, story: readonly CatalogueStep[], path: string): LintFinding[] {
  if (steps.length === 0) return []
  const known = story.map(({ name }) => name)
  const unknown = steps.filter((step) => !known.includes(step))
  const missing = known.filter((step) => !steps.includes(step))
  return [
    ...findingIf(unknown.length > 0, 'STEPS_COMPLETE', path, `There is no step ${unknown.join(', ')}`),
    ...findingIf(
      missing.length > 0,
      'STEPS_COMPLETE',
      path,
      `Nothing has the step ${missing.join(', ')} done`,
    ),
    ...findTwice(steps, (step) => step, 'STEPS_COMPLETE', `${path}.steps`),
  ]
}

function lintNeeds(steps: readonly CatalogueStep[], path: string): LintFinding[] {
  const order = steps.map(({ name }) => name)
  return steps.flatMap(({ name, needs }, index) => {
    const late = needs.filter((need) => !order.slice(0, index).includes(need))
    return findingIf(
      late.length > 0,
      'STEP_NEEDS',
      `${path}.steps.${index}`,
      `${name} reads ${late.join(', ')} before`,
    )
  })
}

function lintKinds(steps: readonly CatalogueStep[], path: string): LintFinding[] {
  const pivots = steps.filter(({ kind }) => kind === 'PIVOT').map(({ name }) => name)
  const pivot = steps.findIndex(({ kind }) => kind === 'PIVOT')
  return [
    ...findingIf(pivots.length > 1, 'ONE_PIVOT', path, `${pivots.join(' and ')} cannot both be past return`),
    ...steps.flatMap(({ name, kind, hasUndo }, index) => {
      const at = `${path}.steps.${index}`
      const isPast = pivot !== -1 && index > pivot
      const isStuck = pivot !== -1 && index < pivot && kind === 'RETRIABLE'
      return [
        ...findingIf(
          isPast && kind !== 'RETRIABLE' && kind !== 'PIVOT',
          'RETRIABLE_AFTER_PIVOT',
          at,
          `${name} is ${kind} and comes after the pivot, where nothing may fail for good`,
        ),
        ...findingIf(
          isStuck,
          'RETRIABLE_AFTER_PIVOT',
          at,
          `${name} cannot be undone and comes before the pivot`,
        ),
        ...findingIf(kind === 'COMPENSATABLE' && !hasUndo, 'INVERSE_MISSING', at, `${name} has no inverse`),
      ]
    }),
  ]
}

function lintPlaces(
  { gates: places }: FlowPlan,
  gates: readonly Gate[],
  steps: readonly CatalogueStep[],
  path: string,
): LintFinding[] {
  const pivot = steps.findIndex(({ kind }) => kind === 'PIVOT')
  return places.flatMap(({ gate: name, before }, index) => {
    const at = `${path}.gates.${index}`
    const gate = gates.find((each) => each.name === name)
    const place = before === null ? 0 : steps.findIndex((step) => step.name === before)
    const isPastReturn = pivot !== -1 && place > pivot
    const guarded = steps.slice(Math.max(place, 0))
    const isAboutMoney =
      steps.length === 0 || guarded.some(({ system }) => system === 'BILLING' || system === 'ERP')
    return [
      ...findingIf(gate === undefined, 'GATE_KNOWN', at, `There is no gate ${name}`),
      ...findingIf(place === -1, 'GATE_KNOWN', at, `There is no step ${before ?? ''} to stand before`),
      ...findingIf(
        isPastReturn,
        'GATE_BEFORE_PIVOT',
        at,
        `${name} stands after the pivot, where nobody can say no`,
      ),
      ...findingIf(
        gate?.atDeadline === 'APPROVE' && isAboutMoney,
        'GATE_DEADLINE',
        at,
        `${name} would approve money because nobody looked`,
      ),
    ]
  })
}

function lintGate(
  { when, approver, bands, deadlineHours, atDeadline, escalateTo }: Gate,
  path: string,
): LintFinding[] {
  const isByAmount = when === 'AMOUNT'
  return [
    ...findingIf(!isByAmount && approver === null, 'GATE_OWNED', path, 'Nobody is named to decide'),
    ...findingIf(
      isByAmount && approver !== null,
      'GATE_OWNED',
      path,
      'By amount, the bands name who decides',
    ),
    ...findingIf(
      isByAmount !== bands.length > 0,
      'GATE_BANDS',
      path,
      'Bands are for a gate by amount, which has them',
    ),
    ...findingIf(
      isByAmount && atDeadline === 'APPROVE',
      'GATE_DEADLINE',
      path,
      'Money is not approved by waiting',
    ),
    ...findingIf(isNoDeadline(deadlineHours), 'GATE_DEADLINE', path, `From 1 to ${MAX_DEADLINE_HOURS} hours`),
    ...findingIf(
      (atDeadline === 'ESCALATE') !== (escalateTo !== null),
      'GATE_DEADLINE',
      path,
      'ESCALATE names to whom, and nothing else does',
    ),
    ...bands.flatMap(({ from }, index) => lintBand(from, bands[index - 1]?.from, `${path}.bands.${index}`)),
  ]
}

/** Each band has the currencies of the one before it, and begins above it. */
function lintBand(
  from: AmountByCurrency,
  previous: AmountByCurrency | undefined,
  path: string,
): LintFinding[] {
  const isOther = previous !== undefined && keysOf(previous) !== keysOf(from)
  return [
    ...lintAmounts(from, 'GATE_BANDS', path),
    ...findingIf(isOther, 'GATE_BANDS', path, 'It has other currencies than the band before it'),
    ...Object.entries(from).flatMap(([currency, amount]) => {
      const below = previous?.[currency]
      const isRising =
        below === undefined || (amountOf(below, currency) ?? 0n) < (amountOf(amount, currency) ?? 0n)
      return findingIf(
        !isRising,
        'GATE_BANDS',
        path,
        `It does not begin above the band before it in ${currency}`,
      )
    }),
  ]
}

/** Amounts that can be read, in currencies that there are. */
export function lintAmounts(
  amounts: AmountByCurrency,
  rule: 'GATE_BANDS' | 'LIMIT_AMOUNT',
  path: string,
): LintFinding[] {
  return [
    ...findingIf(keysOf(amounts) === '', rule, path, 'No currency has an amount'),
    ...Object.entries(amounts).flatMap(([currency, amount]) =>
      findingIf(
        (amountOf(amount, currency) ?? -1n) < 0n,
        rule,
        `${path}.${currency}`,
        `${amount} is no amount of ${currency}, 0 or more`,
      ),
    ),
  ]
}

const keysOf = (amounts: AmountByCurrency): string => Object.keys(amounts).toSorted().join(' ')

function amountOf(amount: string, currency: string): bigint | null {
  if (!isCurrency(currency)) return null
  try {
    return parseAmount(amount, currency)
  } catch (error) {
    if (error instanceof MoneyError) return null
    throw error
  }
}
