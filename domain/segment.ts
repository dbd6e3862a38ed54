import { covers, isBefore } from './calendar.ts'
import { parseDecimal } from './rational.ts'
import type { ContractLine } from './crm.ts'
import type { DateRange, Interval } from './entity.ts'

/** A line before and from a day on; null for a part without days. */
export interface Parts {
  readonly before: ContractLine | null
  readonly after: ContractLine | null
}

/** Stands between the id of a line as sold and the day from which a later part of it runs: `ctl_1~20270501`. */
const mark = '~'

/** The id of a line as it was sold, whichever of its parts is asked. */
export function lineageOf(id: string): string {
  return id.split(mark, 1)[0] ?? id
}

/**
 * A line cut at a day. The later part is named after the line as sold and its first day, so that it has one id
 * whoever computes it. A one-time charge that has begun is not given back: all of it is before.
 */
export function cut(line: ContractLine, date: Temporal.PlainDate): Parts {
  const { start, end } = line.servicePeriod
  if (!isBefore(start, date)) return { before: null, after: line }
  if (line.interval === null || !isBefore(date, end)) return { before: line, after: null }
  return {
    before: { ...line, servicePeriod: { start, end: date } },
    after: partOn(line, { start: date, end }),
  }
}

/** A part of a line on days of its own, named after the first of them. */
export function partOn(line: ContractLine, servicePeriod: DateRange): ContractLine {
  const day = servicePeriod.start.toString().replaceAll('-', '')
  return { ...line, id: lineageOf(line.id) + mark + day, servicePeriod }
}

/** A line on other days than before; it keeps its id where it is whole. */
export function moved(line: ContractLine, servicePeriod: DateRange): ContractLine {
  return line.id === lineageOf(line.id) ? { ...line, servicePeriod } : partOn(line, servicePeriod)
}

/** All lines cut at a day. */
export function cutAll(
  lines: readonly ContractLine[],
  date: Temporal.PlainDate,
): { readonly before: ContractLine[]; readonly after: ContractLine[] } {
  const parts = lines.map((line) => cut(line, date))
  return {
    before: parts.flatMap(({ before }) => before ?? []),
    after: parts.flatMap(({ after }) => after ?? []),
  }
}

/** Lines where parts of one line that follow each other on the same terms are one again: an undone change is gone. */
export function joined(lines: readonly ContractLine[]): ContractLine[] {
  const result: ContractLine[] = []
  for (const line of lines) {
    const place = result.findIndex((earlier) => isContinued(earlier, line))
    const earlier = result[place]
    if (earlier === undefined) result.push(line)
    else {
      const { start } = earlier.servicePeriod
      result[place] = { ...earlier, servicePeriod: { start, end: line.servicePeriod.end } }
    }
  }
  return result
}

/** The part of a line that runs on a day, or the one-time charge that has not begun by then. */
export function partAt(
  lines: readonly ContractLine[],
  lineId: string,
  date: Temporal.PlainDate,
): ContractLine | undefined {
  return partsOf(lines, lineId).find(({ interval, servicePeriod }) =>
    interval === null ? !isBefore(servicePeriod.start, date) : covers(servicePeriod, date),
  )
}

/** Whether two ids are of parts of one line. */
export function isPartOf(id: string, lineId: string): boolean {
  return lineageOf(id) === lineageOf(lineId)
}

/** All parts of a line. */
export function partsOf(lines: readonly ContractLine[], lineId: string): ContractLine[] {
  return lines.filter(({ id }) => isPartOf(id, lineId))
}

/** What a line sells at which price, as a text that is the same for the same terms. */
export function termsOf({ productId, quantity, unitPrice, interval }: ContractLine): string {
  const { numerator, denominator } = parseDecimal(quantity)
  return [productId, numerator, denominator, unitPrice, textOf(interval)].join(' ')
}

function textOf(interval: Interval | null): string {
  return interval === null ? 'once' : `${interval.count} ${interval.unit}`
}

function isContinued(earlier: ContractLine, later: ContractLine): boolean {
  return (
    isPartOf(earlier.id, later.id) &&
    earlier.servicePeriod.end.equals(later.servicePeriod.start) &&
    termsOf(earlier) === termsOf(later)
  )
}
