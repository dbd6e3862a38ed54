import type { DisputeStatus } from '#domain/billing.ts'
import type { CustomerStatus } from '#domain/crm.ts'
import type { Money } from '#domain/money.ts'
import { owedTogether, standing, type Standing, type StandingInput } from '#domain/standing.ts'
import { parseDate } from '#platform/dates.ts'
import { publicError } from '#platform/errors.ts'

/** An amount as it travels between subgraphs. */
interface MoneyRepresentation {
  readonly minorUnits: string
  readonly currency: string
}

type Amount = Pick<MoneyRepresentation, 'minorUnits'>

/** What billing told about a customer. */
interface BilledRepresentation {
  readonly receivablesByCurrency?:
    | readonly {
        readonly currency: string
        readonly total: Amount
        readonly overdue: Amount
        readonly unappliedCash: Amount
        readonly oldestDaysPastDue: number
      }[]
    | null
  readonly disputes?:
    | readonly { readonly status: DisputeStatus; readonly amount: MoneyRepresentation }[]
    | null
}

/** What the other systems told about a customer: the fields of `standing`'s @requires, as they travel. */
export interface CustomerRepresentation extends BilledRepresentation {
  readonly id: string
  readonly status?: CustomerStatus | null
  readonly contractSummary?: {
    readonly active: number
    readonly suspended: number
    readonly nextEndDate: string | null
  } | null
  readonly credit?: {
    readonly onHold: boolean
    readonly holdReason: string | null
    readonly limit: MoneyRepresentation | null
  } | null
  readonly mergedCustomers?: readonly BilledRepresentation[] | null
}

/**
 * The standing of a customer today, by the rules of `domain/standing.ts`. A system that did not answer could hide a
 * hold: then there is no standing, and the error SUBGRAPH_UNAVAILABLE.
 */
export function standingOf(customer: CustomerRepresentation, today: Temporal.PlainDate): Standing {
  const { status, contractSummary, credit, mergedCustomers } = customer
  if (!status || !contractSummary || !credit || !mergedCustomers) throw silent()
  const { nextEndDate } = contractSummary
  const billed = [customer, ...mergedCustomers].map(billedOf)
  return standing({
    today,
    customerStatus: status,
    contracts: {
      ...contractSummary,
      nextEndDate: nextEndDate === null ? null : parseDate(nextEndDate),
    },
    receivables: owedTogether(billed.flatMap(({ receivables }) => receivables)),
    disputes: billed.flatMap(({ disputes }) => disputes),
    credit: { ...credit, limit: credit.limit === null ? null : toMoney(credit.limit) },
  })
}

function billedOf({
  receivablesByCurrency,
  disputes,
}: BilledRepresentation): Pick<StandingInput, 'receivables' | 'disputes'> {
  if (!receivablesByCurrency || !disputes) throw silent()
  return {
    receivables: receivablesByCurrency.map((owed) => ({
      currency: owed.currency,
      total: BigInt(owed.total.minorUnits),
      overdue: BigInt(owed.overdue.minorUnits),
      unappliedCash: BigInt(owed.unappliedCash.minorUnits),
      oldestDaysPastDue: owed.oldestDaysPastDue,
    })),
    disputes: disputes.map((dispute) => ({ status: dispute.status, amount: toMoney(dispute.amount) })),
  }
}

const silent = (): Error =>
  publicError(
    'SUBGRAPH_UNAVAILABLE',
    'The standing cannot be told while CRM, billing or ERP does not answer.',
  )

const toMoney = ({ minorUnits, currency }: MoneyRepresentation): Money => ({
  minorUnits: BigInt(minorUnits),
  currency,
})
