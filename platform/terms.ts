/** What flows prepare for CRM, as it comes back from the JSON in which a workflow keeps it. */
import type { AskedAmendment } from '#domain/asked-amendment.ts'
import type { DealTerms } from '#domain/deal.ts'
import { parseDate } from './dates.ts'
import { type Jsonified, reviveDateRange } from './table.ts'

/** The terms of a deal. */
export function reviveDealTerms(stored: Jsonified<DealTerms>): DealTerms {
  return {
    ...stored,
    signedOn: parseDate(stored.signedOn),
    startDate: parseDate(stored.startDate),
    endDate: parseDate(stored.endDate),
    billingAnchor: stored.billingAnchor === null ? null : parseDate(stored.billingAnchor),
    lines: stored.lines.map((line) => ({
      ...line,
      unitPrice: BigInt(line.unitPrice),
      servicePeriod: reviveDateRange(line.servicePeriod),
    })),
    totalContractValue: BigInt(stored.totalContractValue),
  }
}

/** An amendment as it was asked for. */
export function reviveAskedAmendment(stored: Jsonified<AskedAmendment>): AskedAmendment {
  return {
    ...stored,
    effectiveDate: parseDate(stored.effectiveDate),
    changes: stored.changes.map(({ endDate, ...change }) => ({
      ...change,
      ...(typeof endDate === 'string' ? { endDate: parseDate(endDate) } : {}),
    })),
  }
}
