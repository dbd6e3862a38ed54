import { amend } from '#domain/amend.ts'
import type { Adjustment, Amended, AmendmentRequest } from '#domain/amendment.ts'
import { asAsked, readAmendment } from '#domain/asked-amendment.ts'
import { later } from '#domain/calendar.ts'
import { anchorOf, lineValue, totalContractValue } from '#domain/contract.ts'
import type { Contract, ContractFact, ContractLine, Customer } from '#domain/crm.ts'
import type { Violation } from '#domain/failure.ts'
import { money, type PrintableMoney } from '#domain/money.ts'
import { recurringRevenueOf } from '#domain/recurring.ts'
import { checkHeir, heirOf } from '#domain/takeover.ts'
import { publicError } from '#platform/errors.ts'
import { writeProposal } from '#platform/proposal.ts'
import type { AmendmentInput, ResolversParentTypes, UserError, UserErrorCode } from '#schema/crm.generated.ts'
import { MAX_CHANGES, proposalOf } from './proposal.ts'

type AmendmentPreview = ResolversParentTypes['AmendmentPreview']
type PreviewedContract = ResolversParentTypes['PreviewedContract']
type PreviewedLine = ResolversParentTypes['PreviewedLine']
type PreviewedInvoiceLine = ResolversParentTypes['PreviewedInvoiceLine']

/** What an amendment would do to a contract of which everything that fell due before today is billed. */
export async function previewAmendment(
  contract: Contract,
  input: AmendmentInput,
  today: Temporal.PlainDate,
  readCustomer: (id: string) => Promise<Customer | null>,
): Promise<AmendmentPreview> {
  if (input.changes.length > MAX_CHANGES) {
    throw publicError('BAD_USER_INPUT', `An amendment makes at most ${MAX_CHANGES} changes.`)
  }
  const asked = readAmendment(contract, input)
  const { value, violations } = amend(contract, asked, { billedUntil: today })
  if (value === undefined) return refused(violations)
  const heirId = heirOf(contract, value)
  const unfit = heirId === null ? [] : checkHeir(await readCustomer(heirId), input)
  return unfit.length > 0 ? refused(unfit) : previewed(contract, value, asked)
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
    userErrors: violations.map(asAsked).map(userError),
  }
}

/** The schema lists the codes that an amendment can be refused with; the writer of answers fails on another one. */
function userError({ code, field, message }: Violation): UserError {
  return { code: code as UserErrorCode, field, message }
}

function previewed(before: Contract, amended: Amended, asked: AmendmentRequest): AmendmentPreview {
  const { contract, successor, adjustments, contractValueDelta } = amended
  const inCurrency = (minorUnits: bigint): PrintableMoney => money(minorUnits, contract.currency)
  const proposal = proposalOf(before, amended, asked)
  return {
    proposal: writeProposal(proposal),
    contract: previewedContract(contract),
    continuation: successor && previewedContract(successor),
    contractValue: {
      before: inCurrency(before.totalContractValue),
      after: inCurrency(before.totalContractValue + contractValueDelta),
      delta: inCurrency(contractValueDelta),
    },
    invoiceLines: adjustments.map((line) => invoiceLine(line, contract)),
    netInvoiceAmount: inCurrency(proposal.billed.after),
    monthlyRecurringRevenueDelta: inCurrency(recurringDelta(before, amended, asked.effectiveDate)),
    reasons: amended.reasons,
    userErrors: [],
  }
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
