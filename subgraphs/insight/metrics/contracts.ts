import type { Amendment, Contract } from '#domain/crm.ts'
import { sum } from '#domain/money.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import type { Jsonified } from '#platform/table.ts'
import { type Grouped, groupedProjection, type Grouping, type MetricMovement } from './grouped.ts'

/** What is kept of a contract. */
interface KeptContract extends Grouped {
  readonly kind: 'CONTRACT'
  /** The day of its signature; null where it binds nobody yet. */
  readonly signedOn: string | null
  readonly legalEntityId: string
  readonly currency: string
  readonly customerId: string
  readonly value: string
}

/** What is kept of an amendment. */
interface KeptAmendment extends Grouped {
  readonly kind: 'AMENDMENT'
  readonly effectiveOn: string
  readonly delta: string
}

type Kept = KeptContract | KeptAmendment

/** What was sold: contracts by the day of their signature, changes of their value by the day from which they hold. */
export const contractsGrouping: Grouping<Kept> = {
  name: 'metrics-contracts',
  source: 'crm',
  aggregates: ['contract', 'amendment'],
  apply: (_, event) => (event.aggregate === 'contract' ? contractOf(event) : amendmentOf(event)),
  movementsOf: (_, states) => [...states].flatMap(([id, kept]) => bookingsOf(id, kept, [...states.values()])),
}

export const contractsProjection = groupedProjection(contractsGrouping)

function contractOf({ data, aggregateId }: LoggedEvent): KeptContract {
  const { status, signedOn, legalEntityId, currency, customerId, totalContractValue } =
    data as Jsonified<Contract>
  const about = { legalEntityId, currency, customerId, value: totalContractValue }
  return { kind: 'CONTRACT', groups: [aggregateId], signedOn: status === 'DRAFT' ? null : signedOn, ...about }
}

function amendmentOf({ data }: LoggedEvent): KeptAmendment {
  const { contractId, status, effectiveDate, contractValueDelta } = data as Jsonified<Amendment>
  const groups = status === 'APPLIED' ? [contractId] : []
  return { kind: 'AMENDMENT', groups, effectiveOn: effectiveDate, delta: contractValueDelta }
}

/** The value of a contract is what it is after its amendments: what they changed was not sold with it. */
function bookingsOf(id: string, contract: Kept, states: readonly Kept[]): MetricMovement[] {
  if (contract.kind === 'AMENDMENT' || contract.signedOn === null) return []
  const { legalEntityId, currency, customerId, signedOn, value } = contract
  const amendments = states.filter((it) => it.kind === 'AMENDMENT')
  const about = {
    measure: 'BOOKINGS',
    legalEntityId,
    currency,
    customerId,
    sourceType: 'CONTRACT',
    sourceId: id,
  }
  const changed = amendments.map(({ effectiveOn, delta }) => ({ on: effectiveOn, amount: BigInt(delta) }))
  const signed = { on: signedOn, amount: BigInt(value) - sum(changed.map(({ amount }) => amount)) }
  return [signed, ...changed].filter(({ amount }) => amount !== 0n).map((it) => ({ ...about, ...it }))
}
