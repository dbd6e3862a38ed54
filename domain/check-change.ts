import { readMoney, type AskedMoney } from './asked-money.ts'
import { daysIn, isBefore, isInterval } from './calendar.ts'
import { upliftFactor } from './change-contract.ts'
import { isQuantity } from './contract.ts'
import { violationIf } from './failure.ts'
import { isDecimal } from './rational.ts'
import { partAt, partsOf } from './segment.ts'
import type { Asked, AskedContract, ChangeRequest } from './amendment.ts'
import type { AmendmentKind, ContractFact, ContractStatus } from './crm.ts'
import type { Interval } from './entity.ts'
import type { Violation } from './failure.ts'

/**
 * In which states of a contract a change is possible: a suspended one resumes or ends, one that ended stays so. What is
 * sold by one that was renewed before its term is over changes for the rest of that term, as its renewal does apart.
 */
const amendableIn: Readonly<Record<AmendmentKind, readonly ContractStatus[]>> = {
  ADD: ['SIGNED', 'ACTIVE', 'RENEWED'],
  UPDATE: ['SIGNED', 'ACTIVE', 'RENEWED'],
  CHANGE_PLAN: ['SIGNED', 'ACTIVE', 'RENEWED'],
  REMOVE: ['SIGNED', 'ACTIVE', 'RENEWED'],
  SUSPEND: ['SIGNED', 'ACTIVE'],
  RESUME: ['SUSPENDED'],
  CANCEL: ['SIGNED', 'ACTIVE', 'SUSPENDED'],
  TRANSFER: ['SIGNED', 'ACTIVE'],
  RENEW: ['SIGNED', 'ACTIVE'],
}

/** Longest term that a change may lead to: even by the day, it has fewer periods than a calendar counts. */
const maxTermDays = 9_131

/**
 * What is wrong with a change of a contract, by field of the request; an empty list if it can be made. Nothing takes
 * effect before `openFrom`, the first day of which the books are open, where one is given.
 */
export function checkChange(
  contract: ContractFact,
  asked: ChangeRequest,
  openFrom: Temporal.PlainDate | null,
): Violation[] {
  const { kind, effectiveDate } = asked
  const isClosed = openFrom !== null && isBefore(effectiveDate, openFrom)
  return [
    ...violationIf(
      !amendableIn[kind].includes(contract.status),
      'STATUS_FORBIDS',
      'kind',
      `Not possible while the contract is ${contract.status}`,
    ),
    ...violationIf(
      !isInContract(contract, asked),
      'DATE_OUTSIDE_CONTRACT',
      'effectiveDate',
      'Outside of the contract',
    ),
    ...violationIf(isClosed, 'PERIOD_CLOSED', 'effectiveDate', 'The books of that day are closed'),
    ...checkKind(contract, asked),
  ]
}

/** A renewal follows the term, an end may; all else is inside of it. */
function isInContract(contract: ContractFact, asked: ChangeRequest): boolean {
  const { startDate, endDate, suspension } = contract
  const date = asked.effectiveDate
  if (asked.kind === 'RENEW') return date.equals(endDate)
  if (asked.kind === 'CANCEL') return !isBefore(date, startDate) && !isBefore(endDate, date)
  const first = asked.kind === 'RESUME' ? (suspension?.since ?? startDate) : startDate
  const isEndless = asked.kind === 'RESUME' && asked.extendsTerm
  return !isBefore(date, first) && (isEndless || isBefore(date, endDate))
}

function checkKind(contract: ContractFact, asked: ChangeRequest): Violation[] {
  switch (asked.kind) {
    case 'ADD':
      return checkAdded(contract, asked)
    case 'UPDATE':
      return [
        ...checkTarget(contract, asked),
        ...checkQuantity(asked.quantity, 'quantity'),
        ...checkPrice(contract, asked.unitPrice, 'unitPrice'),
      ]
    case 'CHANGE_PLAN':
      return [
        ...checkTarget(contract, asked),
        ...violationIf(asked.productId === '', 'REFERENCE_MISSING', 'productId', 'No product'),
        ...checkQuantity(asked.quantity, 'quantity'),
        ...checkPrice(contract, asked.unitPrice, 'unitPrice'),
        ...checkInterval(asked.interval, 'interval'),
      ]
    case 'REMOVE':
      return checkTarget(contract, asked)
    case 'TRANSFER':
      return [
        ...checkContinuation(contract, asked.contract),
        ...violationIf(asked.customerId === '', 'REFERENCE_MISSING', 'customerId', 'No customer'),
        ...violationIf(
          asked.customerId === contract.customerId,
          'SAME_CUSTOMER',
          'customerId',
          'The contract is with this customer already',
        ),
      ]
    case 'RENEW':
      return checkRenewal(contract, asked)
    case 'RESUME':
      return asked.extendsTerm ? checkExtension(contract, asked.effectiveDate) : []
    case 'SUSPEND':
    case 'CANCEL':
      return []
  }
}

/** Every change of a line is the last one: one that takes effect below a later change would contradict it. */
function checkTarget(
  { lines }: ContractFact,
  { lineId, effectiveDate }: { readonly lineId: string; readonly effectiveDate: Temporal.PlainDate },
): Violation[] {
  const parts = partsOf(lines, lineId)
  if (parts.length === 0) {
    return [{ code: 'REFERENCE_MISSING', field: 'lineId', message: 'The contract has no such line' }]
  }
  const current = partAt(lines, lineId, effectiveDate)
  if (current === undefined) {
    const message = 'The line does not run on that day'
    return [{ code: 'DATE_OUTSIDE_LINE', field: 'effectiveDate', message }]
  }
  const next = parts.find((part) => part !== current && isBefore(effectiveDate, part.servicePeriod.start))
  const message = `The line changes on ${next?.servicePeriod.start.toString() ?? ''} already`
  return violationIf(next !== undefined, 'AMENDMENT_OVERLAPS', 'effectiveDate', message)
}

function checkAdded(contract: ContractFact, { line, effectiveDate }: Asked<'ADD'>): Violation[] {
  const end = line.endDate ?? contract.endDate
  const isKnown = partsOf(contract.lines, line.id).length > 0
  return [
    ...violationIf(isKnown, 'DUPLICATE_ID', 'line.id', 'The contract has a line with this id'),
    ...violationIf(line.productId === '', 'REFERENCE_MISSING', 'line.productId', 'No product'),
    ...checkQuantity(line.quantity, 'line.quantity'),
    ...checkPrice(contract, line.unitPrice, 'line.unitPrice'),
    ...checkInterval(line.interval, 'line.interval'),
    ...violationIf(isBefore(end, effectiveDate), 'DATE_ORDER', 'line.endDate', 'It ends before it starts'),
    ...violationIf(
      isBefore(contract.endDate, end),
      'DATE_OUTSIDE_CONTRACT',
      'line.endDate',
      'It ends after the contract',
    ),
  ]
}

function checkRenewal(
  contract: ContractFact,
  { contract: next, endDate, uplift }: Asked<'RENEW'>,
): Violation[] {
  const isPercent = isDecimal(uplift) && upliftFactor(uplift).numerator >= 0n
  return [
    ...checkContinuation(contract, next),
    ...violationIf(
      !isBefore(contract.endDate, endDate),
      'DATE_ORDER',
      'endDate',
      'The next term has no days',
    ),
    ...checkTerm(contract.endDate, endDate, 'endDate'),
    ...violationIf(!isPercent, 'RATE_INVALID', 'uplift', 'Not a percentage of −100 or more'),
  ]
}

function checkExtension(
  { startDate, endDate, suspension }: ContractFact,
  date: Temporal.PlainDate,
): Violation[] {
  const days = daysIn({ start: suspension?.since ?? date, end: date })
  return checkTerm(startDate, endDate.add({ days }), 'effectiveDate')
}

function checkTerm(start: Temporal.PlainDate, end: Temporal.PlainDate, field: string): Violation[] {
  return violationIf(
    daysIn({ start, end }) > maxTermDays,
    'TERM_TOO_LONG',
    field,
    'A term of more than 25 years',
  )
}

function checkContinuation(contract: ContractFact, { id, number }: AskedContract): Violation[] {
  return [
    ...violationIf(id === '', 'REFERENCE_MISSING', 'contract.id', 'The contract that continues it has an id'),
    ...violationIf(id === contract.id, 'DUPLICATE_ID', 'contract.id', 'It is another contract'),
    ...violationIf(number === '', 'NUMBER_MISSING', 'contract.number', 'A contract has a number'),
  ]
}

function checkQuantity(quantity: string | null, field: string): Violation[] {
  return violationIf(
    quantity !== null && !isQuantity(quantity),
    'QUANTITY_INVALID',
    field,
    'Not a decimal of 0 or more',
  )
}

function checkInterval(interval: Interval | null, field: string): Violation[] {
  const isWrong = interval !== null && !isInterval(interval)
  return violationIf(isWrong, 'INTERVAL_INVALID', field, 'An interval has a count of 1 or more')
}

function checkPrice(contract: ContractFact, price: AskedMoney | null, field: string): Violation[] {
  if (price === null) return []
  const message = `The contract is in ${contract.currency}`
  if (price.currency !== contract.currency) {
    return [{ code: 'CURRENCY_MISMATCH', field: `${field}.currency`, message }]
  }
  return checkAmount(price, `${field}.amount`)
}

function checkAmount(price: AskedMoney, field: string): Violation[] {
  const { value = 0n, violations = [] } = readMoney(price, field)
  return [...violations, ...violationIf(value < 0n, 'AMOUNT_NEGATIVE', field, 'A price is not negative')]
}
