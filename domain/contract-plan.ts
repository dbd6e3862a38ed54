import { allocate } from './allocation.ts'
import { dayOfChange, modifyPlan } from './contract-modification.ts'
import { anchorOf, lineValue, totalContractValue } from './contract.ts'
import { methodOfObligation } from './delivery.ts'
import { sum } from './money.ts'
import { allocatedPriceOf, plannedEntries, spread, withDeliveries } from './obligation-plan.ts'
import { obligationIdOf, scheduleIdOf } from './recognition.ts'
import { standalonePriceOf } from './standalone-price.ts'
import type { ContractFact, ContractLine } from './crm.ts'
import type { DeliveryMeasure } from './delivery.ts'
import type { ScheduleFact } from './erp.ts'
import type { ModificationDecision } from './modification.ts'
import type { PlannedObligation } from './obligation-plan.ts'
import type { ListPrice, PriceEvidence } from './standalone-price.ts'

/** What of a contract its plan follows from. */
export type ContractTerms = Pick<
  ContractFact,
  | 'id'
  | 'number'
  | 'status'
  | 'customerId'
  | 'legalEntityId'
  | 'currency'
  | 'startDate'
  | 'billingAnchor'
  | 'lines'
>

/** A change of a contract as it was accounted for. */
export interface AppliedModification extends ModificationDecision {
  /** The first day on which the contract was on other terms. */
  readonly date: Temporal.PlainDate
}

/** How a contract is earned: its obligations with their parts of its price, and how changes were treated. */
export interface ContractPlan {
  readonly anchor: Temporal.PlainDate
  /** One a line, in their order; their allocated prices sum to the value of the contract. */
  readonly obligations: readonly PlannedObligation[]
  /** Earliest first. */
  readonly modifications: readonly AppliedModification[]
}

/**
 * The plan of a contract: of a new one by allocation (ASC 606 step 4), of a changed one by the treatment that its
 * modification demands, of another one as before. Where the past is not what was planned, all is planned afresh.
 */
export function planContract(
  contract: ContractTerms,
  before: ContractPlan | null,
  listPrices: readonly ListPrice[],
  deliveries: ReadonlyMap<string, DeliveryMeasure> = new Map(),
): ContractPlan {
  const evidence = { anchor: anchorOf(contract), currency: contract.currency, listPrices }
  const day = before && dayOfChange(before.obligations, contract.lines)
  const plan = before && day ? modifyPlan(before, contract.lines, day, evidence) : before
  const whole = plan !== null && isComplete(plan, contract) ? plan : planAfresh(contract, evidence)
  return deliverPlan(whole, deliveries)
}

/** The plan with what measures the delivery of its obligations; the same where nothing is new. */
export function deliverPlan(
  plan: ContractPlan,
  deliveries: ReadonlyMap<string, DeliveryMeasure>,
): ContractPlan {
  const obligations = withDeliveries(plan.obligations, deliveries)
  return obligations === plan.obligations ? plan : { ...plan, obligations }
}

/** The revenue schedules of a contract that nothing is known of yet. */
export function scheduleFromContract(contract: ContractTerms): ScheduleFact[] {
  return schedulesOfPlan(contract, planContract(contract, null, []))
}

/** The revenue schedules of a plan, one a line; none while the contract is a draft, which binds nobody. */
export function schedulesOfPlan(contract: ContractTerms, { obligations }: ContractPlan): ScheduleFact[] {
  if (contract.status === 'DRAFT') return []
  return obligations.map((obligation, index) => ({
    id: scheduleIdOf(obligation.line.id),
    obligationId: obligationIdOf(obligation.line.id),
    contractId: contract.id,
    customerId: contract.customerId,
    legalEntityId: contract.legalEntityId,
    description: `${contract.number} line ${index + 1}`,
    currency: contract.currency,
    productId: obligation.line.productId,
    servicePeriod: obligation.line.servicePeriod,
    method: methodOfObligation(obligation),
    allocatedPrice: allocatedPriceOf(obligation),
    entries: plannedEntries(obligation),
  }))
}

/** Whether the obligations are the lines of the contract, and their prices its value. */
function isComplete({ obligations }: ContractPlan, contract: ContractTerms): boolean {
  return (
    obligations.length === contract.lines.length &&
    obligations.every(({ line }, index) => line.id === contract.lines[index]?.id) &&
    sum(obligations.map(allocatedPriceOf)) === totalContractValue(contract)
  )
}

/**
 * What was sold together shares its price by stand-alone prices. A recurring line that begins after the contract does,
 * a step of a ramp or a later sale, is priced by itself.
 */
function planAfresh(contract: ContractTerms, evidence: PriceEvidence): ContractPlan {
  const sales = Map.groupBy(contract.lines, ({ interval, servicePeriod }) =>
    (interval === null ? contract.startDate : servicePeriod.start).toString(),
  )
  const planned = new Map(
    [...sales.values()].flatMap((lines) => allocateSale(lines, evidence)).map((it) => [it.line.id, it]),
  )
  return {
    anchor: evidence.anchor,
    obligations: contract.lines.flatMap(({ id }) => planned.get(id) ?? []),
    modifications: [],
  }
}

function allocateSale(lines: readonly ContractLine[], evidence: PriceEvidence): PlannedObligation[] {
  const { anchor } = evidence
  const priced = lines.map((line) => ({ line, ...standalonePriceOf(line, evidence) }))
  const { value, violations } = allocate({
    transactionPrice: sum(lines.map((line) => lineValue(line, anchor))),
    obligations: priced.map(({ line: { id }, ...price }) => ({ id, ...price })),
    bundles: [],
  })
  if (value === undefined) throw new Error(violations.map(({ message }) => message).join(', '))
  return priced.map((it, index) => ({
    ...it,
    past: [],
    delivery: null,
    ahead: spread(value.obligations[index]?.allocatedPrice ?? 0n, it.line, anchor),
  }))
}
