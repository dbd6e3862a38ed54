import { billingCycles, daysIn, earlier, isBefore, later } from './calendar.ts'
import { anchorOf } from './contract.ts'
import { add, multiply, parseDecimal, rational, round } from './rational.ts'
import { cut, cutAll, joined, moved, partAt, partOn } from './segment.ts'
import type { Asked, AskedContract, Changed, Reason } from './amendment.ts'
import type { ContractFact, ContractLine } from './crm.ts'
import type { Rational } from './rational.ts'

/** Service and billing stop; what is left of the lines is set aside. */
export function suspend(contract: ContractFact, { effectiveDate: since }: Asked<'SUSPEND'>): Changed {
  const { before, after } = cutAll(contract.lines, since)
  return {
    contract: { ...contract, status: 'SUSPENDED', lines: before, suspension: { since, lines: after } },
    successor: null,
    reasons: [
      { code: 'CONTRACT_SUSPENDED', message: `Nothing is delivered or charged from ${since.toString()} on` },
    ],
  }
}

/** What was set aside goes on: to the same end, or to one that is as many days later as the contract stood still. */
export function resume(contract: ContractFact, { effectiveDate, extendsTerm }: Asked<'RESUME'>): Changed {
  const { since, lines } = contract.suspension ?? { since: effectiveDate, lines: [] }
  const days = extendsTerm ? daysIn({ start: since, end: effectiveDate }) : 0
  const endDate = contract.endDate.add({ days })
  const rest = lines.flatMap((line) => resumed(line, effectiveDate, days))
  const extended: Reason = {
    code: 'TERM_EXTENDED',
    message: `The term is ${days} days longer, to ${endDate.toString()}`,
  }
  return {
    contract: {
      ...contract,
      status: 'ACTIVE',
      endDate,
      lines: joined([...contract.lines, ...rest]),
      suspension: null,
    },
    successor: null,
    reasons: [
      { code: 'CONTRACT_RESUMED', message: `Service goes on from ${effectiveDate.toString()}` },
      ...(days === 0 ? [] : [extended]),
    ],
  }
}

/** At once or, line by line, when the billing period ends that runs on the day. What has not begun is not owed. */
export function cancel(contract: ContractFact, { effectiveDate, timing }: Asked<'CANCEL'>): Changed {
  const anchor = anchorOf(contract)
  const isLate = timing === 'END_OF_PERIOD'
  const lines = contract.lines.flatMap((line) => {
    const last = isLate ? endOfPeriod(line, anchor, effectiveDate) : effectiveDate
    return cut(line, last).before ?? []
  })
  const recurring = lines.filter(({ interval }) => interval !== null)
  const endDate = recurring.map(({ servicePeriod }) => servicePeriod.end).reduce(later, effectiveDate)
  return {
    contract: ended({ ...contract, lines, suspension: null }, endDate),
    successor: null,
    reasons: [{ code: 'CONTRACT_ENDED', message: `The contract ends on ${endDate.toString()}` }],
  }
}

/** What is left is delivered to another customer, on a contract of its own with the same billing periods. */
export function transfer(contract: ContractFact, asked: Asked<'TRANSFER'>): Changed {
  const { before, after } = cutAll(contract.lines, asked.effectiveDate)
  const successor: ContractFact = {
    ...continuation(contract, asked.contract),
    customerId: asked.customerId,
    startDate: asked.effectiveDate,
    lines: after,
  }
  return {
    contract: ended({ ...contract, lines: before }, asked.effectiveDate),
    successor,
    reasons: [
      {
        code: 'CONTRACT_CONTINUED',
        message: `${asked.contract.number} continues it for another customer from ${asked.effectiveDate.toString()}`,
      },
    ],
  }
}

/** Recurring lines that run to the end of the term run on for another one, at a price that may have risen. */
export function renew(contract: ContractFact, { contract: next, endDate, uplift }: Asked<'RENEW'>): Changed {
  const term = { start: contract.endDate, end: endDate }
  const factor = upliftFactor(uplift)
  const lines = contract.lines
    .filter(({ interval, servicePeriod }) => interval !== null && servicePeriod.end.equals(term.start))
    .map((line) => ({ ...partOn(line, term), unitPrice: uplifted(line.unitPrice, factor) }))
  const successor: ContractFact = {
    ...continuation(contract, next),
    status: 'SIGNED',
    startDate: term.start,
    endDate: term.end,
    renewalOfId: contract.id,
    lines,
  }
  return {
    contract: { ...contract, status: 'RENEWED' },
    successor,
    reasons: [
      { code: 'CONTRACT_CONTINUED', message: `${next.number} continues it from ${term.start.toString()}` },
    ],
  }
}

/** What a price is multiplied by that rises by so many percent: an exact decimal, negative where it falls. */
export function upliftFactor(percent: string): Rational {
  return add(rational(1n), multiply(parseDecimal(percent), rational(1n, 100n)))
}

function uplifted(unitPrice: bigint, factor: Rational): bigint {
  return round(multiply(rational(unitPrice), factor))
}

/** A one-time charge waits for the contract; nothing is left of a recurring line that would have ended by now. */
function resumed(line: ContractLine, date: Temporal.PlainDate, days: number): ContractLine[] {
  const start = later(line.servicePeriod.start.add({ days }), date)
  const end = line.servicePeriod.end.add({ days })
  if (line.interval === null) return [moved(line, { start, end: later(start, end) })]
  return isBefore(start, end) ? [moved(line, { start, end })] : []
}

/** The end of the billing period of a line that runs on a day; the day itself where none does. */
function endOfPeriod(
  line: ContractLine,
  anchor: Temporal.PlainDate,
  date: Temporal.PlainDate,
): Temporal.PlainDate {
  if (line.interval === null || partAt([line], line.id, date) === undefined) return date
  const rest = { start: date, end: line.servicePeriod.end }
  return billingCycles(rest, line.interval, anchor)[0]?.part.end ?? date
}

/** A contract that ends on a day: so does the service of its one-time charges. */
function ended(contract: ContractFact, endDate: Temporal.PlainDate): ContractFact {
  const lines = contract.lines.map((line) => {
    const { start, end } = line.servicePeriod
    return { ...line, servicePeriod: { start, end: earlier(end, endDate) } }
  })
  return { ...contract, status: 'TERMINATED', endDate, autoRenew: false, lines }
}

/** A contract of its own that counts billing periods as another one does. */
function continuation(contract: ContractFact, { id, number }: AskedContract): ContractFact {
  return {
    ...contract,
    id,
    number,
    externalRefs: [],
    opportunityId: null,
    renewalOfId: null,
    billingAnchor: anchorOf(contract),
  }
}
