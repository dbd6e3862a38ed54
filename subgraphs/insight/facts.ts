import type { Dispute, Invoice, Payment } from '#domain/billing.ts'
import type { Contract, Customer } from '#domain/crm.ts'
import type { CreditProfile } from '#domain/erp.ts'
import type { StandingFact } from '#domain/standing-facts.ts'
import { parseDate } from '#platform/dates.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import type { Jsonified } from '#platform/table.ts'

/** A fact as it is kept. */
export interface KeptFact {
  readonly id: string
  readonly version: number
  readonly customerId: string
  /** Null where it has no part in standing any more. */
  readonly content: Jsonified<StandingFact> | null
}

/** Of whom a document is that names no customer. */
const NOBODY = ''

/** What an event tells about standing; null where it is about nobody. */
type Read<State> = (
  state: Jsonified<State>,
) => Pick<KeptFact, 'content'> & { readonly customerId: string | null }

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
  content: BigInt(unapplied) > 0n ? { kind: 'payment', currency, unapplied } : null,
})

const readDispute: Read<Dispute> = ({ customerId, status, currency, amount }) => ({
  customerId,
  content: { kind: 'dispute', status, currency, amount },
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

const readers: Readonly<Record<string, Read<never>>> = {
  customer: readCustomer,
  contract: readContract,
  invoice: readInvoice,
  payment: readPayment,
  dispute: readDispute,
  creditProfile: readCreditProfile,
} satisfies Record<StandingFact['kind'], unknown>

/** What standing needs of an event; undefined for an event that says nothing of it. */
export function factOf({ aggregate, aggregateId: id, version, data }: LoggedEvent): KeptFact | undefined {
  const read = readers[aggregate]
  if (read === undefined) return undefined
  const { customerId, content } = read(data as never)
  return { id, version, customerId: customerId ?? NOBODY, content: customerId === null ? null : content }
}

/** The time zone that an event tells of a legal entity. */
export function timeZoneOf({ aggregate, data }: LoggedEvent): string | undefined {
  return aggregate === 'legalEntity' ? (data as { readonly timeZone: string }).timeZone : undefined
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
    case 'creditProfile':
      return { ...content, creditLimit: content.creditLimit === null ? null : BigInt(content.creditLimit) }
  }
}
