import type { AskedMoney } from '#domain/asked-money.ts'
import { amend } from '#domain/amend.ts'
import type { Adjustment, Amended, AmendmentRequest, Change } from '#domain/amendment.ts'
import { later } from '#domain/calendar.ts'
import type { ContractTerms } from '#domain/contract-plan.ts'
import { anchorOf, lineValue, totalContractValue } from '#domain/contract.ts'
import type { Contract, ContractFact, ContractLine } from '#domain/crm.ts'
import type { Violation } from '#domain/failure.ts'
import { money, type PrintableMoney, sum } from '#domain/money.ts'
import { recurringRevenueOf } from '#domain/recurring.ts'
import { publicError } from '#platform/errors.ts'
import { writeProposal } from '#platform/proposal.ts'
import type {
  AmendmentChange,
  AmendmentInput,
  ResolversParentTypes,
  UserError,
  UserErrorCode,
} from '#schema/crm.generated.ts'

type AmendmentPreview = ResolversParentTypes['AmendmentPreview']
type PreviewedContract = ResolversParentTypes['PreviewedContract']
type PreviewedLine = ResolversParentTypes['PreviewedLine']
type PreviewedInvoiceLine = ResolversParentTypes['PreviewedInvoiceLine']

/** Most changes of one amendment. */
const maxChanges = 50

/** What an amendment would do to a contract of which everything that fell due before today is billed. */
export function previewAmendment(
  contract: Contract,
  { effectiveDate, changes }: AmendmentInput,
  today: Temporal.PlainDate,
): AmendmentPreview {
  if (changes.length > maxChanges) {
    throw publicError('BAD_USER_INPUT', `An amendment makes at most ${maxChanges} changes.`)
  }
  const read = changes.map((change, index) => readChange(contract, change, index))
  const asked = { effectiveDate, changes: read }
  const { value, violations } = amend(contract, asked, { billedUntil: today })
  return value === undefined ? refused(violations) : previewed(contract, value, asked)
}

/** A change as the domain takes it. What is not made yet has an id that stands in for its own. */
function readChange(contract: Contract, change: AmendmentChange, index: number): Change {
  const lineId = change.lineId ?? ''
  const productId = change.productId ?? ''
  const quantity = change.quantity ?? null
  const unitPrice: AskedMoney = change.unitPrice ?? { amount: '', currency: contract.currency }
  const interval = change.interval ?? null
  const next = { id: `${contract.id}.next`, number: `${contract.number} (next)` }
  switch (change.kind ?? 'UPDATE') {
    case 'ADD': {
      const id = `${contract.id}.${index}`
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

function endOfNextTerm({ startDate, endDate }: Contract): Temporal.PlainDate {
  return endDate.add(startDate.until(endDate, { largestUnit: 'month' }))
}

function refused(violations: readonly Violation[]): AmendmentPreview {
  return {
    proposal: '',
    contract: null,
    continuation: null,
    contractValue: null,
    invoiceLines: [],
    netInvoiceAmount: null,
    monthlyRecurringRevenueDelta: null,
    reasons: [],
    userErrors: violations.map(userError),
  }
}

/** The schema lists the codes that an amendment can be refused with; the writer of answers fails on another one. */
function userError({ code, field, message }: Violation): UserError {
  return { code: code as UserErrorCode, field: field.replace('.line.', '.'), message }
}

function previewed(before: Contract, amended: Amended, asked: AmendmentRequest): AmendmentPreview {
  const { contract, successor, adjustments, contractValueDelta } = amended
  const inCurrency = (minorUnits: bigint): PrintableMoney => money(minorUnits, contract.currency)
  const billed = (id: string | undefined): bigint =>
    sum(adjustments.filter(({ contractId }) => contractId === id).map(({ amount }) => amount))
  return {
    proposal: writeProposal({
      asked,
      effectiveDate: asked.effectiveDate,
      version: before.version,
      before: termsOf(before),
      after: termsOf(contract),
      successor: successor && termsOf(successor),
      billed: { after: billed(contract.id), successor: billed(successor?.id) },
    }),
    contract: previewedContract(contract),
    continuation: successor && previewedContract(successor),
    contractValue: {
      before: inCurrency(before.totalContractValue),
      after: inCurrency(before.totalContractValue + contractValueDelta),
      delta: inCurrency(contractValueDelta),
    },
    invoiceLines: adjustments.map((line) => invoiceLine(line, contract)),
    netInvoiceAmount: inCurrency(billed(contract.id)),
    monthlyRecurringRevenueDelta: inCurrency(recurringDelta(before, amended, asked.effectiveDate)),
    reasons: amended.reasons,
    userErrors: [],
  }
}

/** What of a contract other systems preview from. */
function termsOf({
  id,
  number,
  status,
  customerId,
  legalEntityId,
  ...contract
}: ContractFact): ContractTerms {
  const { currency, startDate, billingAnchor, lines } = contract
  return { id, number, status, customerId, legalEntityId, currency, startDate, billingAnchor, lines }
}

function previewedContract(contract: ContractFact): PreviewedContract {
  const { status, startDate, endDate, currency, lines } = contract
  return {
    status,
    startDate,
    endDate,
    totalContractValue: money(totalContractValue(contract), currency),
    lines: lines.map((line) => previewedLine(line, contract)),
  }
}

function previewedLine(line: ContractLine, contract: ContractFact): PreviewedLine {
  const { productId, quantity, unitPrice, interval, servicePeriod } = line
  const inCurrency = (minorUnits: bigint): PrintableMoney => money(minorUnits, contract.currency)
  return {
    product: { id: productId },
    quantity,
    unitPrice: inCurrency(unitPrice),
    interval,
    servicePeriod,
    value: inCurrency(lineValue(line, anchorOf(contract))),
  }
}

/** With the last day of service, as people write it. */
function invoiceLine(
  { kind, period, amount, contractId }: Adjustment,
  { id, currency }: ContractFact,
): PreviewedInvoiceLine {
  const dates = `${period.start.toString()} to ${later(period.start, period.end.subtract({ days: 1 })).toString()}`
  return {
    description: kind === 'CREDIT' ? `Unused service, ${dates}` : `Service, ${dates}`,
    amount: money(amount, currency),
    servicePeriod: period,
    isOfContinuation: contractId !== id,
  }
}

/** On the day from which all changes hold; what a contract that ends then had is what it had on its last day. */
function recurringDelta(before: Contract, amended: Amended, effectiveDate: Temporal.PlainDate): bigint {
  const { contract, successor } = amended
  const date = contract.status === 'TERMINATED' ? contract.endDate : effectiveDate
  const lastDay = before.endDate.subtract({ days: 1 })
  const was = recurringRevenueOf(before.lines, Temporal.PlainDate.compare(date, lastDay) > 0 ? lastDay : date)
  return recurringRevenueOf([...contract.lines, ...(successor?.lines ?? [])], date) - was
}
