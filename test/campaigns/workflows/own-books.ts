/** A company of an order's own, with the books of two months. */
import { chartOfAccounts, rulesOfChart } from '#domain/chart.ts'
import type { Facts } from '#domain/facts.ts'
import { invoiceLine, range } from '#test/domain/documents.ts'
import { legalEntityFact, period, stated } from '#test/erp/books.ts'
import { INVOICED, invoiceOf, type Order } from './orders.ts'

export const entityIdOf = ({ number }: Order): string => `entity-${number}-own`
export const periodIdOf = (order: Order): string => `per_${entityIdOf(order)}_2026-01`

export function booksOf(order: Order): Partial<Facts> {
  const id = entityIdOf(order)
  const identify = (kind: string) => (code: string) => stated(`${kind}_${id}_${code}`)
  return {
    legalEntities: [legalEntityFact({ ...stated(id), code: `E${order.number}` })],
    ledgerAccounts: chartOfAccounts(id, identify('acc')),
    accountRules: rulesOfChart(id, identify('arl')),
    accountingPeriods: ['2026-01', '2026-02'].map((month) => period(id, month)),
  }
}

/** Billed at the beginning of the first month, and earned by its end. */
export function earnedInvoiceOf(order: Order) {
  const invoice = invoiceOf(order)
  const servicePeriod = range('2026-01-01', '2026-02-01')
  return {
    ...invoice,
    legalEntityId: entityIdOf(order),
    lines: invoice.lines.map(({ id }) => invoiceLine(INVOICED, { id, servicePeriod })),
  }
}
