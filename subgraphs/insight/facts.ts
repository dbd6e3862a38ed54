import type { Dispute, Invoice, Payment, Subscription } from '#domain/billing.ts'
import type { Contract, Customer } from '#domain/crm.ts'
import type { CreditProfile, LegalEntity } from '#domain/erp.ts'
import { recurringStatuses } from '#domain/recurring.ts'
import type { StandingFact } from '#domain/standing-facts.ts'
import { parseDate } from '#platform/dates.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import type { Jsonified } from '#platform/table.ts'

/** What is kept of a customer, or of what may be a customer's. */
export interface KeptFact {
  /** Null where it is nobody's. */
  readonly customerId: string | null
  /** Null where it has no part in standing, or has none any more. */
  readonly content: Jsonified<StandingFact> | null
}

/** What is kept of a legal entity: where its days begin. */
export interface KeptTimeZone {
  readonly timeZone: string
}

/** What is kept of a customer: the one that carries on for it, if it was merged. */
export type KeptMerge = Pick<Customer, 'mergedIntoId'>

/** What is kept of the state that an event tells. */
type Read<State> = (state: Jsonified<State>) => KeptFact | KeptTimeZone

const readCustomer: Read<Customer> = ({ id, status }) => ({
  customerId: id,
  content: { kind: 'customer', status },
})

const readContract: Read<Contract> = ({ customerId, status, endDate, autoRenew }) => ({
  customerId,
  content:
    status === 'ACTIVE' || status === 'SUSPENDED' ? { kind: 'contract', status, endDate, autoRenew } : null,
})

const readInvoice: Read<Invoice> = ({ customerId, status, currency, balance, dueDate, legalEntityId }) => ({
  customerId,
  content:
    status === 'OPEN' || status === 'PARTIALLY_PAID'
      ? { kind: 'invoice', currency, balance, dueDate, legalEntityId }
      : null,
})

const readPayment: Read<Payment> = ({ customerId, currency, unapplied }) => ({
  customerId,
  content: customerId !== null && BigInt(unapplied) > 0n ? { kind: 'payment', currency, unapplied } : null,
})

const readDispute: Read<Dispute> = ({ customerId, status, currency, amount }) => ({
  customerId,
  content: customerId === null ? null : { kind: 'dispute', status, currency, amount },
})

const readCreditProfile: Read<CreditProfile> = ({
  customerId,
  onHold,
  holdReason,
  currency,
  creditLimit,
}) => ({
  customerId,
  content: { kind: 'creditProfile', onHold, holdReason, currency, creditLimit },
})

const readSubscription: Read<Subscription> = ({ customerId, status, currency, endedOn, items }) => ({
  customerId,
  content: recurringStatuses.has(status) ? { kind: 'subscription', status, currency, endedOn, items } : null,
})

const readLegalEntity: Read<LegalEntity> = ({ timeZone }) => ({ timeZone })

const readers: Readonly<Record<string, Read<never>>> = {
  customer: readCustomer,
  contract: readContract,
  invoice: readInvoice,
  payment: readPayment,
  dispute: readDispute,
  subscription: readSubscription,
  creditProfile: readCreditProfile,
  legalEntity: readLegalEntity,
} satisfies Record<StandingFact['kind'] | 'legalEntity', unknown>

/** The aggregates whose events tell of what standing rests on. */
export const AGGREGATES: readonly string[] = Object.keys(readers).filter((name) => name !== 'subscription')

/** What standing needs of an event. */
export function keptOf({ aggregate, data }: LoggedEvent): KeptFact | KeptTimeZone {
  const read = readers[aggregate]
  if (read === undefined) throw new Error(`Standing does not rest on ${aggregate}`)
  return read(data as never)
}

/** Whom an event about a customer tells to carry on for it. */
export const mergeOf = ({ data }: LoggedEvent): KeptMerge => {
  const { mergedIntoId } = data as Jsonified<Customer>
  return { mergedIntoId }
}

/** A kept fact as the rules read it. */
export function reviveFact(content: Jsonified<StandingFact>): StandingFact {
  switch (content.kind) {
    case 'customer':
      return content
    case 'contract':
      return { ...content, endDate: parseDate(content.endDate) }
    case 'invoice':
      return { ...content, balance: BigInt(content.balance), dueDate: parseDate(content.dueDate) }
    case 'payment':
      return { ...content, unapplied: BigInt(content.unapplied) }
    case 'dispute':
      return { ...content, amount: BigInt(content.amount) }
    case 'subscription':
      return {
        ...content,
        endedOn: content.endedOn === null ? null : parseDate(content.endedOn),
        items: content.items.map((item) => ({
          ...item,
          unitPrice: BigInt(item.unitPrice),
          startDate: parseDate(item.startDate),
          endDate: item.endDate === null ? null : parseDate(item.endDate),
        })),
      }
    case 'creditProfile':
      return { ...content, creditLimit: content.creditLimit === null ? null : BigInt(content.creditLimit) }
  }
}
