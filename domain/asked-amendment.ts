import type { AskedMoney } from './asked-money.ts'
import type { AmendmentRequest, AskedContract, Change } from './amendment.ts'
import type { AmendmentKind, ContractFact } from './crm.ts'
import type { Interval } from './entity.ts'
import type { Violation } from './failure.ts'

/** A change as a client asks for it: fields of all kinds, of which each kind takes its own. */
export interface AskedChange {
  /** UPDATE where it is not given. */
  readonly kind?: AmendmentKind
  readonly lineId?: string | null
  readonly productId?: string | null
  readonly quantity?: string | null
  readonly unitPrice?: AskedMoney | null
  readonly interval?: Interval | null
  readonly endDate?: Temporal.PlainDate | null
  readonly extendsTerm?: boolean
  readonly atEndOfPeriod?: boolean
  readonly customerId?: string | null
  /** Percent, as an exact decimal. */
  readonly uplift?: string
}

/** An amendment as a client asks for it. */
export interface AskedAmendment {
  readonly contractId: string
  readonly effectiveDate: Temporal.PlainDate
  readonly changes: readonly AskedChange[]
}

/** What an amendment that is made calls the lines and the contract that it begins. */
export interface NewNames {
  /** The line that the change at a place adds. */
  readonly lineId: (place: number) => string
  readonly contract: AskedContract
}

/** Names that stand in for those of a line and a contract that are not made. */
function placeholders({ id, number }: Pick<ContractFact, 'id' | 'number'>): NewNames {
  return {
    lineId: (place) => `${id}.${place}`,
    contract: { id: `${id}.next`, number: `${number} (next)` },
  }
}

/** An amendment as its rules take it. */
export function readAmendment(
  contract: ContractFact,
  { effectiveDate, changes }: AskedAmendment,
  names: NewNames = placeholders(contract),
): AmendmentRequest {
  return { effectiveDate, changes: changes.map((it, place) => readChange(contract, it, place, names)) }
}

/** A violation with the field as a client knows it: what it asks of an added line is beside the kind of change. */
export function asAsked(violation: Violation): Violation {
  return { ...violation, field: violation.field.replace('.line.', '.') }
}

/** One word for all that an amendment does: the kind of its changes, or UPDATE for several. */
export function kindOf({ changes }: Pick<AskedAmendment, 'changes'>): AmendmentKind {
  const [kind = 'UPDATE', ...others] = new Set(changes.map((change) => change.kind ?? 'UPDATE'))
  return others.length === 0 ? kind : 'UPDATE'
}

function readChange(
  contract: ContractFact,
  change: AskedChange,
  place: number,
  { lineId: lineIdAt, contract: next }: NewNames,
): Change {
  const lineId = change.lineId ?? ''
  const productId = change.productId ?? ''
  const quantity = change.quantity ?? null
  const unitPrice: AskedMoney = change.unitPrice ?? { amount: '', currency: contract.currency }
  const interval = change.interval ?? null
  switch (change.kind ?? 'UPDATE') {
    case 'ADD': {
      const id = lineIdAt(place)
      const endDate = change.endDate ?? null
      return { kind: 'ADD', line: { id, productId, quantity: quantity ?? '1', unitPrice, interval, endDate } }
    }
    case 'UPDATE':
      return { kind: 'UPDATE', lineId, quantity, unitPrice: change.unitPrice ?? null }
    case 'CHANGE_PLAN':
      return { kind: 'CHANGE_PLAN', lineId, productId, quantity, unitPrice, interval }
    case 'REMOVE':
      return { kind: 'REMOVE', lineId }
    case 'SUSPEND':
      return { kind: 'SUSPEND' }
    case 'RESUME':
      return { kind: 'RESUME', extendsTerm: change.extendsTerm ?? false }
    case 'CANCEL':
      return { kind: 'CANCEL', timing: (change.atEndOfPeriod ?? false) ? 'END_OF_PERIOD' : 'AT_ONCE' }
    case 'TRANSFER':
      return { kind: 'TRANSFER', customerId: change.customerId ?? '', contract: next }
    case 'RENEW': {
      const endDate = change.endDate ?? endOfNextTerm(contract)
      return { kind: 'RENEW', contract: next, endDate, uplift: change.uplift ?? '0' }
    }
  }
}

function endOfNextTerm({ startDate, endDate }: ContractFact): Temporal.PlainDate {
  return endDate.add(startDate.until(endDate, { largestUnit: 'month' }))
}
