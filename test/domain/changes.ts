/** Changes of contracts for tests: complete requests, of which a test names only what it is about. */
import { amend } from '#domain/amend.ts'
import { formatAmount } from '#domain/money.ts'
import { contract, contractLine, day, range } from './documents.ts'
import type { AmendmentTerms } from '#domain/amend.ts'
import type { Amended, AmendmentRequest, ChangeRequest } from '#domain/amendment.ts'
import type { ContractFact, ContractLine } from '#domain/crm.ts'

type Update = Extract<ChangeRequest, { readonly kind: 'UPDATE' }>
type Transfer = Extract<ChangeRequest, { readonly kind: 'TRANSFER' }>
type Renewal = Extract<ChangeRequest, { readonly kind: 'RENEW' }>
type Addition = Extract<ChangeRequest, { readonly kind: 'ADD' }>

/** What a change makes of a contract that it fits. */
export function amended(
  before: ContractFact,
  asked: ChangeRequest,
  terms?: Partial<AmendmentTerms>,
): Amended {
  const { value, violations } = amend(before, alone(asked), terms)
  if (value === undefined) throw new Error(JSON.stringify(violations))
  return value
}

/** The amendment that makes one change. */
export function alone(asked: ChangeRequest): AmendmentRequest {
  return { effectiveDate: asked.effectiveDate, changes: [asked] }
}

/** A contract after a change that fits it. */
export function after(before: ContractFact, asked: ChangeRequest): ContractFact {
  return amended(before, asked).contract
}

/** A contract of one line over its whole term, 100.00 a month unless told otherwise. */
export function sold(
  start: string,
  end: string,
  line: Partial<ContractLine>,
  currency = 'USD',
): ContractFact {
  const {
    totalContractValue: _,
    version: _v,
    recordedAt: _r,
    ...fact
  } = contract({
    startDate: day(start),
    endDate: day(end),
    currency,
    lines: [contractLine({ servicePeriod: range(start, end), ...line })],
  })
  return fact
}

/** Another quantity or price of line-1. */
export function update(fields: Partial<Update>, date: string): Update {
  return {
    kind: 'UPDATE',
    lineId: 'line-1',
    quantity: null,
    unitPrice: null,
    ...fields,
    effectiveDate: day(date),
  }
}

/** Another price of line-1 in dollars. */
export function price(amount: string, date: string): Update {
  return update({ unitPrice: { amount, currency: 'USD' } }, date)
}

/** A line of 50.00 a month. */
export function added(fields: Partial<Addition['line']>, date: string): Addition {
  const line = {
    id: 'line-2',
    productId: 'product-2',
    quantity: '1',
    unitPrice: { amount: '50.00', currency: 'USD' },
    interval: { unit: 'MONTH' as const, count: 1 },
    endDate: null,
    ...fields,
  }
  return { kind: 'ADD', line, effectiveDate: day(date) }
}

/** An end at once. */
export function cancelled(date: string): ChangeRequest {
  return { kind: 'CANCEL', timing: 'AT_ONCE', effectiveDate: day(date) }
}

/** The end of a suspension, to the same end of the term. */
export function resumed(date: string): ChangeRequest {
  return { kind: 'RESUME', extendsTerm: false, effectiveDate: day(date) }
}

/** The rest of the term for another customer, from May 2026 on. */
export function transferred(fields: Partial<Transfer>): Transfer {
  return {
    kind: 'TRANSFER',
    customerId: 'customer-2',
    contract: { id: 'contract-2', number: 'C-2' },
    effectiveDate: day('2026-05-01'),
    ...fields,
  }
}

/** A renewal by a year of a contract that ends with 2026, at the same price. */
export function renewed(fields: Partial<Renewal>): Renewal {
  return {
    kind: 'RENEW',
    contract: { id: 'contract-2', number: 'C-2' },
    endDate: day('2028-01-01'),
    uplift: '0',
    effectiveDate: day('2027-01-01'),
    ...fields,
  }
}

/** A line as `line-1 2027-01-01..2027-05-01 1 × 12000.00`. */
export function lineText({ id, servicePeriod, quantity, unitPrice }: ContractLine, currency = 'USD'): string {
  const dates = `${servicePeriod.start.toString()}..${servicePeriod.end.toString()}`
  return `${id} ${dates} ${quantity} × ${formatAmount(unitPrice, currency)}`
}
