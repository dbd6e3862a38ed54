import type {
  CreditNote,
  Dispute,
  Invoice,
  Payment,
  Price,
  Product,
  Refund,
  Subscription,
  SubscriptionStatus,
} from '#domain/billing.ts'
import { lineCharges } from '#domain/contract.ts'
import type { ContractPlan } from '#domain/contract-plan.ts'
import type { Contract, ContractLine, ContractStatus, Customer } from '#domain/crm.ts'
import type { AccountRole, ScheduleFact } from '#domain/erp.ts'
import type { JournalEntry } from '#domain/journal.ts'
import { sum } from '#domain/money.ts'
import { multiply, parseDecimal, rational, round } from '#domain/rational.ts'
import type { HeldFact } from '#domain/reconciliation.ts'
import type { RuleName } from '#domain/reconciliation-rules.ts'
import { parseDate, parseYearMonth } from '#platform/dates.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import { reviveLine } from '#platform/proposal.ts'
import type { Jsonified } from '#platform/table.ts'

/** A held fact as it is kept. */
export type KeptHeld = Jsonified<HeldFact>

/** What an aggregate's last event tells of what its system holds, and the keys of that. */
export interface KeptHolding {
  readonly keys: readonly string[]
  readonly held: readonly KeptHeld[]
}

/** A key of a rule, as holdings are found by it. */
export const keyOf = ({ rule, key }: Pick<HeldFact, 'rule' | 'key'>): string => `${rule} ${key}`

/** What every state has. */
interface Recorded {
  readonly id: string
  readonly recordedAt: string
}
type Stated<State> = Jsonified<State> & Recorded
type Read<State> = (state: Stated<State>) => KeptHeld[]

/** A fact of a state, with all that it does not say left open. */
function held(
  rule: RuleName,
  side: HeldFact['side'],
  { id, recordedAt }: Recorded,
  told: Partial<KeptHeld>,
): KeptHeld {
  return {
    rule,
    side,
    key: id,
    part: '',
    amount: null,
    customerId: null,
    terms: {},
    months: null,
    since: recordedAt.slice(0, 'yyyy-mm-dd'.length),
    recordId: id,
    ...told,
  }
}

const monthOf = (date: string): string => date.slice(0, 'yyyy-mm'.length)
/** A document concerns the month of its day. */
const dated = (date: string): Pick<KeptHeld, 'months' | 'since'> => ({
  months: { from: monthOf(date), to: monthOf(date) },
  since: date,
})
const moneyOf = (minorUnits: bigint | string, currency: string): KeptHeld['amount'] => ({
  minorUnits: minorUnits.toString(),
  currency,
})

const readCustomer: Read<Customer> = (state) => [
  held('CUSTOMERS', 'LEFT', state, { terms: { region: state.region ?? '' } }),
]

const readCustomerRegion: Read<{ region: string | null }> = (state) => [
  held('CUSTOMERS', 'RIGHT', state, { terms: { region: state.region ?? '' } }),
]

const readProduct: Read<Product> = (state) => [
  held('CATALOGUE', 'LEFT', state, { terms: { family: state.family ?? '' } }),
]

const readProductFamily: Read<{ family: string | null }> = (state) => [
  held('CATALOGUE', 'RIGHT', state, { terms: { family: state.family ?? '' } }),
]

const readPrice =
  (side: HeldFact['side']): Read<Pick<Price, 'unitAmount'>> =>
  (state) => [held('LIST_PRICES', side, state, { terms: { unitPrice: state.unitAmount ?? 'tiers' } })]

/** What both systems say of a line; the amount is that of one interval. */
function pricedLine(
  { quantity, unitPrice }: Pick<Jsonified<ContractLine>, 'quantity' | 'unitPrice'>,
  currency: string,
): { readonly amount: KeptHeld['amount']; readonly terms: { quantity: string; unitPrice: string } } {
  const amount = round(multiply(rational(BigInt(unitPrice)), parseDecimal(quantity)))
  return { amount: moneyOf(amount, currency), terms: { quantity, unitPrice } }
}

function contractLineHeld(
  rule: RuleName,
  side: HeldFact['side'],
  state: Recorded,
  line: Jsonified<ContractLine>,
  currency: string,
): KeptHeld {
  const { amount, terms } = pricedLine(line, currency)
  return held(rule, side, state, { key: line.id, amount, terms: { ...terms, ...line.servicePeriod } })
}

/** What a contract's state means for billing; a renewed one is over as well, since another follows it. */
const CONTRACT_STATES: Readonly<Record<ContractStatus, string>> = {
  DRAFT: 'RUNNING',
  SIGNED: 'RUNNING',
  ACTIVE: 'RUNNING',
  SUSPENDED: 'PAUSED',
  EXPIRED: 'ENDED',
  TERMINATED: 'ENDED',
  RENEWED: 'ENDED',
}

/** Billing's states in the same words. One whose payments fail runs on as far as the contract is concerned. */
const SUBSCRIPTION_STATES: Readonly<Record<SubscriptionStatus, string>> = {
  INCOMPLETE: 'RUNNING',
  INCOMPLETE_EXPIRED: 'ENDED',
  TRIALING: 'RUNNING',
  ACTIVE: 'RUNNING',
  PAST_DUE: 'RUNNING',
  UNPAID: 'RUNNING',
  PAUSED: 'PAUSED',
  CANCELED: 'ENDED',
}

const readContract: Read<Contract> = (state) => {
  const { id, status, lines, currency, customerId, totalContractValue } = state
  if (status === 'DRAFT') return []
  const last = parseDate(state.endDate).subtract({ days: 1 }).toString()
  const to = last < state.startDate ? state.startDate : last
  const term = { months: { from: monthOf(state.startDate), to: monthOf(to) } }
  const recurring = lines.filter(({ interval }) => interval !== null)
  const facts = [
    held('CONTRACT_VALUE', 'LEFT', state, { amount: moneyOf(totalContractValue, currency) }),
    ...(recurring.length === 0
      ? []
      : [held('SUBSCRIPTIONS', 'LEFT', state, { customerId, terms: { status: CONTRACT_STATES[status] } })]),
    ...recurring.map((line) => contractLineHeld('SUBSCRIPTION_ITEMS', 'LEFT', state, line, currency)),
    ...lines.map((line) => contractLineHeld('OBLIGATIONS', 'LEFT', state, line, currency)),
  ]
  return [...facts.map((fact) => ({ ...fact, ...term, recordId: id })), ...chargesHeld(state)]
}

/** A period of a line, as both CRM and billing know it. */
const periodKey = (lineId: string, start: string): string => `${lineId} ${start}`

/** What a contract charges, period by period, each on its first day. */
function chargesHeld(state: Stated<Contract>): KeptHeld[] {
  const anchor = parseDate(state.billingAnchor ?? state.startDate)
  return state.lines.flatMap((line) =>
    lineCharges(reviveLine(line), anchor)
      .filter(({ amount }) => amount > 0n)
      .map(({ period, amount }) => {
        const start = period.start.toString()
        return held('BILLING_COVERAGE', 'LEFT', state, {
          key: periodKey(line.id, start),
          amount: moneyOf(amount, state.currency),
          ...dated(start),
        })
      }),
  )
}

const readSubscription: Read<Subscription> = (state) => {
  const { contractId, customerId, status, currency, items } = state
  if (contractId === null) return []
  return [
    held('SUBSCRIPTIONS', 'RIGHT', state, {
      key: contractId,
      customerId,
      terms: { status: SUBSCRIPTION_STATES[status] },
    }),
    ...items.flatMap((item) => {
      if (item.contractLineId === null) return []
      const { amount, terms } = pricedLine(item, currency)
      const dates = { start: item.startDate, ...(item.endDate !== null && { end: item.endDate }) }
      return [
        held('SUBSCRIPTION_ITEMS', 'RIGHT', state, {
          key: item.contractLineId,
          amount,
          terms: { ...terms, ...dates },
        }),
      ]
    }),
  ]
}

const readContractPlan: Read<ContractPlan & { readonly currency: string; readonly contractId: string }> = (
  state,
) =>
  state.obligations.map(({ line }) => ({
    ...contractLineHeld('OBLIGATIONS', 'RIGHT', state, line, state.currency),
    recordId: state.contractId,
  }))

const readRevenueSchedule: Read<ScheduleFact> = (state) =>
  state.contractId === null
    ? []
    : [
        held('CONTRACT_VALUE', 'RIGHT', state, {
          key: state.contractId,
          part: state.id,
          amount: moneyOf(state.allocatedPrice, state.currency),
        }),
      ]

const readInvoice: Read<Invoice> = (state) => {
  const { lifecycle, issueDate, total, writtenOff, currency, customerId } = state
  if (lifecycle === 'DRAFT') return []
  const amount = lifecycle === 'VOID' ? 0n : BigInt(total) - BigInt(writtenOff)
  return [
    documentHeld('INVOICE_POSTINGS', state, issueDate, amount, currency, customerId),
    ...(lifecycle === 'VOID' ? [] : billedHeld(state)),
  ]
}

/** The periods of contract lines that an invoice bills. */
function billedHeld(state: Stated<Invoice>): KeptHeld[] {
  return state.lines.flatMap(({ id, contractLineId, servicePeriod, amount, discount }) => {
    if (contractLineId === null || servicePeriod === null || BigInt(amount) <= 0n) return []
    const key = periodKey(contractLineId, servicePeriod.start)
    const terms = BigInt(discount) > 0n ? { discount } : {}
    const fact = { key, part: id, amount: moneyOf(amount, state.currency), terms }
    return [held('BILLING_COVERAGE', 'RIGHT', state, { ...fact, ...dated(servicePeriod.start) })]
  })
}

const readCreditNote: Read<CreditNote> = (state) => {
  const { status, issuedOn, currency, customerId } = state
  if (status === 'DRAFT') return []
  const amount = status === 'VOID' ? 0n : BigInt(state.amount)
  return [documentHeld('CREDIT_NOTE_POSTINGS', state, issuedOn, amount, currency, customerId)]
}

const readPayment: Read<Payment> = (state) => {
  const { outcome, receivedOn, fee, method, currency, customerId } = state
  if (outcome === 'PENDING') return []
  // A customer's balance pays without a processor.
  const came = BigInt(state.amount) - (method === 'CUSTOMER_BALANCE' ? 0n : BigInt(fee))
  const amount = outcome === 'SUCCEEDED' ? came : 0n
  return [documentHeld('CASH_RECEIPTS', state, receivedOn, amount, currency, customerId)]
}

const readRefund: Read<Refund> = (state) => {
  const { status, refundedOn, currency } = state
  const amount = status === 'SUCCEEDED' || status === 'PENDING' ? BigInt(state.amount) : 0n
  return [documentHeld('REFUND_POSTINGS', state, refundedOn, amount, currency, null)]
}

const readDispute: Read<Dispute> = (state) => {
  const { status, fundsWithdrawn, openedOn, currency, customerId } = state
  const amount = fundsWithdrawn && status !== 'WON' ? BigInt(state.amount) : 0n
  return [documentHeld('DISPUTE_POSTINGS', state, openedOn, amount, currency, customerId)]
}

function documentHeld(
  rule: RuleName,
  state: Recorded,
  date: string,
  amount: bigint,
  currency: string,
  customerId: string | null,
): KeptHeld {
  const fact = { amount: moneyOf(amount, currency), customerId, ...dated(date) }
  return held(rule, 'LEFT', state, { ...fact, terms: { date } })
}

/** Where an entry of a source shows what billing says: these accounts, debit less credit, times the sign. */
const POSTED: Readonly<
  Record<string, { readonly rule: RuleName; readonly roles: readonly AccountRole[]; readonly sign: bigint }>
> = {
  INVOICE: { rule: 'INVOICE_POSTINGS', roles: ['RECEIVABLES'], sign: 1n },
  CREDIT_NOTE: { rule: 'CREDIT_NOTE_POSTINGS', roles: ['RECEIVABLES'], sign: -1n },
  PAYMENT: { rule: 'CASH_RECEIPTS', roles: ['CASH_CLEARING', 'CUSTOMER_BALANCE'], sign: 1n },
  REFUND: { rule: 'REFUND_POSTINGS', roles: ['CASH_CLEARING'], sign: -1n },
  DISPUTE: { rule: 'DISPUTE_POSTINGS', roles: ['CASH_CLEARING'], sign: -1n },
}
/** What a source begins with: its day is that of the document. */
const FIRST_PURPOSES: ReadonlySet<string> = new Set([
  'INVOICE_ISSUED',
  'CREDIT_NOTE_ISSUED',
  'PAYMENT_RECEIVED',
  'CUSTOMER_BALANCE_APPLIED',
  'REFUND_PAID',
  'DISPUTE_OPENED',
])

const readJournalEntry: Read<JournalEntry> = (state) => {
  const posted = POSTED[state.sourceType]
  if (posted === undefined) return []
  const { sourceId, purpose, currency, customerId, date, period, originalPeriod } = state
  const lines = state.lines.filter(({ role }) => posted.roles.includes(role))
  // The entry of another legal entity that shares in the document shows none of it.
  if (lines.length === 0) return []
  const booked = sum(lines.map(({ debit, credit }) => BigInt(debit) - BigInt(credit)))
  const day = period === originalPeriod ? date : `${date} (in ${period})`
  return [
    held(posted.rule, 'RIGHT', state, {
      key: sourceId,
      part: purpose,
      amount: moneyOf(booked * posted.sign, currency),
      customerId: posted.rule === 'REFUND_POSTINGS' ? null : customerId,
      terms: FIRST_PURPOSES.has(purpose) ? { date: day } : {},
      ...dated(date),
    }),
  ]
}

const readers: Readonly<Record<string, Read<never>>> = {
  customer: readCustomer,
  contract: readContract,
  product: readProduct,
  price: readPrice('LEFT'),
  subscription: readSubscription,
  invoice: readInvoice,
  creditNote: readCreditNote,
  payment: readPayment,
  refund: readRefund,
  dispute: readDispute,
  customerRegion: readCustomerRegion,
  productFamily: readProductFamily,
  listPrice: readPrice('RIGHT'),
  contractPlan: readContractPlan,
  revenueSchedule: readRevenueSchedule,
  journal: readJournalEntry,
}

/** The aggregates whose events tell of what is reconciled. */
export const RECONCILED_AGGREGATES = Object.keys(readers)

/** Whether an event is of what is reconciled: most entries of the books are revenue, which no other system holds. */
export function isReconciled({ aggregate, data }: LoggedEvent): boolean {
  return aggregate !== 'journal' || (data as Jsonified<JournalEntry>).sourceType in POSTED
}

/** What a system holds by an event. */
export function holdingOf({ aggregate, data }: LoggedEvent): KeptHolding {
  const read = readers[aggregate]
  if (read === undefined) throw new Error(`Nothing of ${aggregate} is reconciled`)
  const facts = read(data as never)
  return { keys: [...new Set(facts.map(keyOf))], held: facts }
}

/** A kept fact as the rule reads it. */
export function reviveHeld({ amount, months, since, ...told }: KeptHeld): HeldFact {
  return {
    ...told,
    amount: amount && { ...amount, minorUnits: BigInt(amount.minorUnits) },
    months: months && { from: parseYearMonth(months.from), to: parseYearMonth(months.to) },
    since: parseDate(since),
  }
}
