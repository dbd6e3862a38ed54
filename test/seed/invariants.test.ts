/** What must hold in every seeded company, whatever its size, seed and day. */
import { describe, expect, test } from 'vitest'
import type { InvoiceFact } from '#domain/billing.ts'
import { isBefore, overlap } from '#domain/calendar.ts'
import { checkContract, lineCharges } from '#domain/contract.ts'
import type { ContractFact } from '#domain/crm.ts'
import type { Fact } from '#domain/entity.ts'
import type { Facts } from '#domain/facts.ts'
import { checkCreditNote, checkInvoice, checkPayment, checkRefund, invoiceTotals } from '#domain/invoice.ts'
import { sum } from '#domain/money.ts'
import { prorate } from '#domain/proration.ts'
import { settle } from '#domain/settlement.ts'
import { taxOn } from '#domain/tax.ts'
import { COMPANIES, companyOf, groupedBy } from './company.ts'

describe.each(COMPANIES)('$customers customers, seed $seed, on $today', (name) => {
  const facts = companyOf(name)
  const today = Temporal.PlainDate.from(name.today)
  const { contracts, subscriptions, invoices, creditNotes, payments, refunds, disputes } = facts
  const settled = settle({ invoices, creditNotes, payments, refunds, disputes })
  const invoicesById = new Map(invoices.map((invoice) => [invoice.id, invoice]))
  const dayOfIssue = (id: string): Temporal.PlainDate => invoicesById.get(id)?.issueDate ?? today

  test('every document passes the checks of the domain', () => {
    expect([
      ...contracts.flatMap(checkContract),
      ...invoices.flatMap(checkInvoice),
      ...creditNotes.flatMap(checkCreditNote),
      ...payments.flatMap(checkPayment),
      ...refunds.flatMap(checkRefund),
      ...settled.violations,
    ]).toEqual([])
  })

  test('5: an invoice is its lines and taxes, and its balance is never negative', () => {
    for (const [
      id,
      { total, subtotal, tax, balance, allocated, credited, writtenOff, status },
    ] of settled.invoices) {
      expect(total).toBe(subtotal + tax)
      expect(balance).toBeGreaterThanOrEqual(0n)
      if (status !== 'VOID') expect([id, balance]).toEqual([id, total - allocated - credited - writtenOff])
    }
  })

  test('6: nothing is allocated, refunded or credited beyond its document, net and tax apart', () => {
    const refundsOf = groupedBy(refunds, ({ paymentId }) => paymentId)
    for (const payment of payments) {
      const refunded = (refundsOf.get(payment.id) ?? []).filter(({ status }) => status !== 'FAILED')
      expect(sum(payment.allocations.map(({ amount }) => amount))).toBeLessThanOrEqual(payment.amount)
      expect(sum(refunded.map(({ amount }) => amount))).toBeLessThanOrEqual(payment.amount)
      expect(payment.fee).toBeLessThan(payment.amount)
    }
    for (const [invoiceId, notes] of groupedBy(creditNotes, (note) => note.invoiceId)) {
      const invoice = totalsOf(invoicesById.get(invoiceId))
      expect(sum(notes.map((note) => totalsOf(note).subtotal))).toBeLessThanOrEqual(invoice.subtotal)
      expect(sum(notes.map((note) => totalsOf(note).tax))).toBeLessThanOrEqual(invoice.tax)
    }
  })

  test('6: the cash that a credit note sends back was freed by it', () => {
    for (const refund of refunds.filter(({ creditNoteId }) => creditNoteId !== null)) {
      expect(settled.refunds.get(refund.id)?.fromUnapplied).toBe(refund.amount)
    }
  })

  test('9: numbers have no gaps per entity and follow the days of issue', () => {
    for (const { id, code } of facts.legalEntities) {
      const issued = invoices.filter(
        (invoice) => invoice.legalEntityId === id && invoice.lifecycle !== 'DRAFT',
      )
      const credits = creditNotes.filter((note) => note.legalEntityId === id)
      expectSeries(
        code,
        issued.map(({ number, issueDate }) => [number, issueDate]),
      )
      expectSeries(
        `${code}-CN`,
        credits.map(({ number, issuedOn }) => [number, issuedOn]),
      )
    }
    expect(invoices.filter(({ lifecycle, number }) => (lifecycle === 'DRAFT') !== (number === null))).toEqual(
      [],
    )
  })

  test('10: the recurring lines of a contract are the items of its subscription', () => {
    const signed = contracts.filter(({ status }) => status !== 'DRAFT')
    expect(subscriptions.map(({ contractId }) => contractId)).toEqual(signed.map(({ id }) => id))
    for (const [index, contract] of signed.entries()) {
      const items = subscriptions[index]?.items.map((item) => ({
        id: item.contractLineId,
        productId: item.productId,
        quantity: item.quantity,
        unitPrice: item.unitPrice,
        interval: item.interval,
        servicePeriod: { start: item.startDate, end: item.endDate },
      }))
      expect(items).toEqual(contract.lines.filter(({ interval }) => interval !== null))
    }
  })

  test('a contract has one platform and one kind of seat at a time', () => {
    const families = new Map(facts.products.map(({ id, family }) => [id, family]))
    for (const { lines } of contracts) {
      for (const family of ['PLATFORM', 'SEATS']) {
        const periods = lines
          .filter((it) => families.get(it.productId) === family)
          .map((it) => it.servicePeriod)
        const pairs = periods.flatMap((a, index) => periods.slice(index + 1).map((b) => overlap(a, b)))
        expect(pairs.filter((days) => days !== null)).toEqual([])
      }
    }
  })

  test('what is billed less what is given back is what the periods that have begun are worth', () => {
    const billed = billedByLine(facts)
    const due = contracts.flatMap((contract) => dueLines(contract, today))
    expect(due.filter(([id, amount]) => (billed.get(id) ?? 0n) !== amount)).toEqual([])
  })

  test('a credit line is the unused part of the period that was billed, to the minor unit', () => {
    const bills = invoices.filter(({ lifecycle }) => lifecycle !== 'VOID').flatMap(({ lines }) => lines)
    const byContractLine = groupedBy(bills, ({ contractLineId }) => contractLineId ?? '')
    for (const credit of bills.filter(({ amount }) => amount < 0n)) {
      const charge = byContractLine
        .get(credit.contractLineId ?? '')
        ?.find((line) => line.amount > 0n && credit.servicePeriod?.end.equals(line.servicePeriod?.end ?? ''))
      if (!charge?.servicePeriod || !credit.servicePeriod) throw new Error(`${credit.id} credits nothing`)
      const exact = prorate(charge.amount, credit.servicePeriod, charge.servicePeriod)
      expect([exact - 1n, exact, exact + 1n]).toContain(-credit.amount)
    }
  })

  test('every tax is its rate on the net amount, rounded once', () => {
    for (const { lines, taxLines } of invoices) {
      const { subtotal } = invoiceTotals(lines, [])
      for (const line of taxLines) {
        expect(line).toMatchObject({ taxable: subtotal, amount: taxOn(subtotal, line.rate) })
      }
    }
  })

  test('every document is in the currency of its legal entity', () => {
    const currencies = new Map(facts.legalEntities.map((entity) => [entity.id, entity.functionalCurrency]))
    for (const document of [...contracts, ...subscriptions, ...invoices, ...creditNotes, ...payments]) {
      expect(document.currency).toBe(currencies.get(document.legalEntityId))
    }
  })

  test('nothing has happened after today', () => {
    const dates = [
      ...contracts.map(({ signedOn }) => signedOn),
      ...facts.opportunities.map(({ closedOn }) => closedOn),
      ...facts.amendments
        .filter(({ status }) => status === 'APPLIED')
        .map(({ effectiveDate }) => effectiveDate),
      ...subscriptions.map(({ endedOn }) => endedOn),
      ...invoices.flatMap(({ issueDate, closedOn }) => [issueDate, closedOn]),
      ...creditNotes.map(({ issuedOn }) => issuedOn),
      ...payments.map(({ receivedOn }) => receivedOn),
      ...refunds.map(({ refundedOn }) => refundedOn),
      ...disputes.flatMap(({ openedOn, closedOn }) => [openedOn, closedOn]),
      ...facts.fxRates.map(({ date }) => date),
    ]
    expect(dates.filter((date) => date !== null && isBefore(today, date)).map(String)).toEqual([])
    const midnight = today.toZonedDateTime('UTC').toInstant()
    const instants = [
      ...payments.map(({ receivedAt }) => receivedAt),
      ...facts.usage.map(({ usedAt }) => usedAt),
    ]
    expect(instants.filter((it) => Temporal.Instant.compare(it, midnight.add({ hours: 12 })) > 0)).toEqual([])
  })

  test('documents follow each other: invoice, credit or payment, refund or dispute', () => {
    const receivedOn = new Map(payments.map((payment) => [payment.id, payment.receivedOn]))
    const pairs = [
      ...creditNotes.map((note) => [dayOfIssue(note.invoiceId), note.issuedOn, note.id] as const),
      ...payments.flatMap((payment) =>
        payment.allocations.map((it) => [dayOfIssue(it.invoiceId), payment.receivedOn, payment.id] as const),
      ),
      ...refunds.map(
        (refund) => [receivedOn.get(refund.paymentId) ?? today, refund.refundedOn, refund.id] as const,
      ),
      ...disputes.map((it) => [receivedOn.get(it.paymentId) ?? today, it.openedOn, it.id] as const),
    ]
    expect(pairs.filter(([first, then]) => isBefore(then, first))).toEqual([])
  })

  test('ids and external references are unique', () => {
    const all = Object.values(facts).flatMap((items: readonly Fact[]) => items)
    const parts = [
      ...contracts.flatMap(({ lines }) => lines),
      ...subscriptions.flatMap(({ items }) => items),
      ...invoices.flatMap(({ lines }) => lines),
      ...creditNotes.flatMap(({ lines }) => lines),
      ...payments.flatMap(({ allocations }) => allocations),
    ]
    const ids = [...all, ...parts].map(({ id }) => id)
    const refs = all.flatMap(({ externalRefs }) => externalRefs)
    const names = refs.map(({ system, instance, objectType, externalId }) =>
      [system, instance, objectType, externalId].join(' '),
    )
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(names).size).toBe(names.length)
    expect(
      new Set(facts.customers.filter(({ mergedIntoId }) => mergedIntoId === null).map((it) => it.name)).size,
    ).toBe(facts.customers.filter(({ mergedIntoId }) => mergedIntoId === null).length)
  })
})

function totalsOf(
  document: Pick<InvoiceFact, 'lines' | 'taxLines'> | undefined,
): ReturnType<typeof invoiceTotals>
function totalsOf(document: Parameters<typeof checkCreditNote>[0]): ReturnType<typeof invoiceTotals>
function totalsOf(
  document: { lines: readonly { amount: bigint }[]; taxLines: readonly { amount: bigint }[] } | undefined,
) {
  return invoiceTotals(document?.lines ?? [], document?.taxLines ?? [])
}

/** Numbered from 1 without gaps, and no number is dated before a smaller one. */
function expectSeries(
  series: string,
  documents: readonly (readonly [string | null, Temporal.PlainDate])[],
): void {
  const sorted = documents.toSorted(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
  expect(sorted.map(([number]) => number)).toEqual(
    sorted.map((_, index) => `${series}-${String(index + 1).padStart(6, '0')}`),
  )
  const dates = sorted.map(([, date]) => date)
  expect(dates).toEqual(dates.toSorted((a, b) => Temporal.PlainDate.compare(a, b)))
}

/** Contract line → minor units billed, less the credit notes for service that was not delivered. */
function billedByLine({ invoices, creditNotes }: Facts): ReadonlyMap<string, bigint> {
  const valid = invoices.filter(({ lifecycle }) => lifecycle !== 'VOID' && lifecycle !== 'DRAFT')
  const lines = valid.flatMap((invoice) => invoice.lines)
  const contractLineOf = new Map(lines.map((line) => [line.id, line.contractLineId]))
  const amounts = [
    ...lines.map((line) => [line.contractLineId, line.amount] as const),
    ...creditNotes
      .flatMap((note) => note.lines)
      .filter(({ servicePeriod }) => servicePeriod !== null)
      .map((line) => [contractLineOf.get(line.invoiceLineId ?? '') ?? null, -line.amount] as const),
  ]
  const totals = new Map<string, bigint>()
  for (const [id, amount] of amounts) if (id !== null) totals.set(id, (totals.get(id) ?? 0n) + amount)
  return totals
}

/** Contract line → what its periods that have begun charge; nothing for a draft. */
function dueLines(contract: ContractFact, today: Temporal.PlainDate): [string, bigint][] {
  return contract.lines.map((line) => {
    const begun = lineCharges(line, contract.startDate).filter(({ period }) => !isBefore(today, period.start))
    return [line.id, contract.status === 'DRAFT' ? 0n : sum(begun.map(({ amount }) => amount))]
  })
}
