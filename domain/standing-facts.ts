import { sum } from './money.ts'
import type { DisputeStatus, Subscription } from './billing.ts'
import type { ContractStatus, CustomerStatus } from './crm.ts'
import type { Standing, StandingInput, StandingReason } from './standing.ts'

/** What standing needs to know of a customer, and of what is or may be a customer's. */
export type StandingFact =
  | { readonly kind: 'customer'; readonly status: CustomerStatus }
  | {
      readonly kind: 'contract'
      readonly status: Extract<ContractStatus, 'ACTIVE' | 'SUSPENDED'>
      readonly endDate: Temporal.PlainDate
      readonly autoRenew: boolean
    }
  | {
      readonly kind: 'invoice'
      readonly currency: string
      readonly balance: bigint
      readonly dueDate: Temporal.PlainDate
      readonly legalEntityId: string
    }
  | { readonly kind: 'payment'; readonly currency: string; readonly unapplied: bigint }
  | {
      readonly kind: 'dispute'
      readonly status: DisputeStatus
      readonly currency: string
      readonly amount: bigint
    }
  | ({ readonly kind: 'subscription' } & Pick<Subscription, 'status' | 'currency' | 'endedOn' | 'items'>)
  | {
      readonly kind: 'creditProfile'
      readonly onHold: boolean
      readonly holdReason: string | null
      readonly currency: string
      readonly creditLimit: bigint | null
    }

/** The calendar day that it is for a legal entity; for none, the day in UTC. */
export type TodayOf = (legalEntityId: string | null) => Temporal.PlainDate

type FactOf<Kind extends StandingFact['kind']> = Extract<StandingFact, { readonly kind: Kind }>

/** The input of `standing` for one customer by what is known; undefined while CRM has not told of the customer. */
export function standingInput(facts: readonly StandingFact[], todayOf: TodayOf): StandingInput | undefined {
  const ofKind = <Kind extends StandingFact['kind']>(kind: Kind): FactOf<Kind>[] =>
    facts.filter((fact): fact is FactOf<Kind> => fact.kind === kind)
  const [customer] = ofKind('customer')
  if (customer === undefined) return undefined
  const [profile] = ofKind('creditProfile')
  const disputes = ofKind('dispute').map(({ status, currency, amount }) => ({
    status,
    amount: { minorUnits: amount, currency },
  }))
  return {
    today: todayOf(null),
    customerStatus: customer.status,
    contracts: contractsOf(ofKind('contract')),
    receivables: receivablesOf(ofKind('invoice'), ofKind('payment'), todayOf),
    disputes,
    credit: profile === undefined ? null : creditOf(profile),
  }
}

function contractsOf(contracts: readonly FactOf<'contract'>[]): StandingInput['contracts'] {
  const active = contracts.filter(({ status }) => status === 'ACTIVE')
  const [nextEndDate = null] = active
    .filter(({ autoRenew }) => !autoRenew)
    .map(({ endDate }) => endDate)
    .toSorted((a, b) => Temporal.PlainDate.compare(a, b))
  return { active: active.length, suspended: contracts.length - active.length, nextEndDate }
}

function creditOf({
  onHold,
  holdReason,
  creditLimit,
  currency,
}: FactOf<'creditProfile'>): StandingInput['credit'] {
  return { onHold, holdReason, limit: creditLimit === null ? null : { minorUnits: creditLimit, currency } }
}

/** What is owed by currency, in the order of the codes: days past due are those of the legal entity that is owed. */
function receivablesOf(
  invoices: readonly FactOf<'invoice'>[],
  payments: readonly FactOf<'payment'>[],
  todayOf: TodayOf,
): StandingInput['receivables'] {
  const currencies = new Set([...invoices, ...payments].map(({ currency }) => currency))
  return [...currencies].toSorted().map((currency) => {
    const open = invoices
      .filter((invoice) => invoice.currency === currency)
      .map(({ balance, dueDate, legalEntityId }) => ({
        balance,
        days: dueDate.until(todayOf(legalEntityId), { largestUnit: 'day' }).days,
      }))
    const onAccount = payments.filter((payment) => payment.currency === currency)
    return {
      currency,
      total: sum(open.map(({ balance }) => balance)),
      overdue: sum(open.filter(({ days }) => days > 0).map(({ balance }) => balance)),
      unappliedCash: sum(onAccount.map(({ unapplied }) => unapplied)),
      oldestDaysPastDue: Math.max(0, ...open.map(({ days }) => days)),
    }
  })
}

/** Whether two standings tell the same. Their messages count days, and are no change by themselves. */
export function isSameStanding(a: Standing | null, b: Standing): boolean {
  return a !== null && a.level === b.level && textOf(a.reasons) === textOf(b.reasons)
}

function textOf(reasons: readonly StandingReason[]): string {
  const texts = reasons.map(({ code, level, amount }) =>
    [code, level, amount?.minorUnits, amount?.currency].join(' '),
  )
  return texts.toSorted().join('\n')
}
