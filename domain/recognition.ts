import { daysIn } from './calendar.ts'
import { lineCharges } from './contract.ts'
import { sum } from './money.ts'
import { mergeEntries, scheduleEntries } from './schedule.ts'
import type { CreditNote, Invoice, InvoiceLine } from './billing.ts'
import type { ContractLine } from './crm.ts'
import type { DateRange } from './entity.ts'
import type { RecognitionMethod, ScheduleEntry, ScheduleFact } from './erp.ts'
import type { Convention } from './schedule.ts'

/** Revenue of one amount, or of several whose entries were merged. */
export interface Schedule {
  readonly method: RecognitionMethod
  /** Minor units; what the entries sum to. */
  readonly allocatedPrice: bigint
  /** In order of time, one a month, zero ones left out. */
  readonly entries: readonly ScheduleEntry[]
}

/** The method under which a convention is published. */
const methods: Readonly<Record<Convention, RecognitionMethod>> = {
  DAILY: 'STRAIGHT_LINE_DAILY',
  MONTHLY_EVEN: 'STRAIGHT_LINE_MONTHLY',
  MONTHLY_PRORATED_ENDS: 'STRAIGHT_LINE_MONTHLY',
}

/**
 * Revenue of a contract line: each billing period's price is spread over that period, so that revenue never runs
 * ahead of what is billed in advance. A line without days is earned at a point in time.
 */
export function contractLineSchedule(
  line: ContractLine,
  anchor: Temporal.PlainDate,
  convention: Convention = 'DAILY',
): Schedule {
  const charges = lineCharges(line, anchor)
  return {
    method: methodOf(line.servicePeriod, convention),
    allocatedPrice: sum(charges.map(({ amount }) => amount)),
    entries: mergeEntries(
      charges.flatMap(({ amount, period }) => scheduleEntries(amount, period, convention)),
    ),
  }
}

/**
 * The revenue schedules of an issued invoice without a contract, one for each line with a service period, less the
 * service that credit notes give back. None for a draft or a void invoice; an uncollectible one was still delivered.
 */
export function scheduleFromInvoice(
  invoice: Invoice,
  creditNotes: readonly CreditNote[] = [],
  convention: Convention = 'DAILY',
): ScheduleFact[] {
  const isIssued = invoice.lifecycle === 'ISSUED' || invoice.lifecycle === 'UNCOLLECTIBLE'
  if (!isIssued || invoice.contractId !== null) return []
  return invoice.lines.flatMap((line) => {
    if (line.contractLineId !== null || line.servicePeriod === null) return []
    return [
      {
        ...invoiceLineSchedule(line, line.servicePeriod, creditNotes, convention),
        id: scheduleIdOf(line.id),
        obligationId: obligationIdOf(line.id),
        contractId: null,
        customerId: invoice.customerId,
        legalEntityId: invoice.legalEntityId,
        description: line.description,
        currency: invoice.currency,
        productId: line.productId,
        servicePeriod: line.servicePeriod,
      },
    ]
  })
}

function invoiceLineSchedule(
  line: InvoiceLine,
  servicePeriod: DateRange,
  creditNotes: readonly CreditNote[],
  convention: Convention,
): Schedule {
  const credits = creditNotes
    .filter(({ status }) => status !== 'DRAFT' && status !== 'VOID')
    .flatMap(({ lines }) => lines)
    .filter(({ invoiceLineId }) => invoiceLineId === line.id)
    .flatMap(({ amount, servicePeriod: period }) => (period === null ? [] : [{ amount: -amount, period }]))
  const parts = [{ amount: line.amount, period: servicePeriod }, ...credits]
  return {
    method: methodOf(servicePeriod, convention),
    allocatedPrice: sum(parts.map(({ amount }) => amount)),
    entries: mergeEntries(parts.flatMap(({ amount, period }) => scheduleEntries(amount, period, convention))),
  }
}

/** The id of the schedule of a contract line or an invoice line: a line has one, so it is named after the line. */
export function scheduleIdOf(lineId: string): string {
  return `rs_${lineId}`
}

/** The id of the performance obligation that a contract line or an invoice line is. */
export function obligationIdOf(lineId: string): string {
  return `obl_${lineId}`
}

/** How revenue of a service period is spread: what takes no days is earned at a point in time. */
export function methodOf(range: DateRange, convention: Convention = 'DAILY'): RecognitionMethod {
  return daysIn(range) <= 0 ? 'POINT_IN_TIME' : methods[convention]
}
