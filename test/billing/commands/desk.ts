/** A billing department for tests of its commands: one legal entity, customer and contract, on one day. */
import { expect } from 'vitest'
import type { Invoice, Payment, Subscription } from '#domain/billing.ts'
import type { InvoiceDraft, LineDraft } from '#domain/document-draft.ts'
import type { ExternalRef } from '#domain/entity.ts'
import type { LegalEntityFact } from '#domain/erp.ts'
import type { Outcome, Violation } from '#domain/failure.ts'
import type { Facts } from '#domain/facts.ts'
import type { PaymentDraft } from '#domain/payment-draft.ts'
import { manualClock } from '#platform/clock.ts'
import type { Effect } from '#platform/effect.ts'
import { checkInvariants } from '#platform/invariant.ts'
import { readRows, type Table } from '#platform/table.ts'
import { issueInvoice } from '#subgraphs/billing/commands/issue-invoice.ts'
import { billingInvariants, payments } from '#subgraphs/billing/store.ts'
import { invoices, subscriptions } from '#subgraphs/billing/tables.ts'
import { day, invoiceLine } from '#test/domain/documents.ts'
import type { TestDatabase } from '#test/support/database.ts'
import { countEvents, record } from '../support.ts'

/** Most that happens at once in these tests. */
export const AT_ONCE = 50

/** Noon in London of the day on which these tests play, and early morning of it in New York. */
const clock = manualClock('2026-06-15T12:00:00Z')

/** The effect of a step of a workflow. */
export const effect = (effectKey: string): Effect => ({
  subgraph: 'billing',
  clock,
  correlationId: 'test',
  effectKey,
})

const entity = (id: string, code: string, timeZone: string): LegalEntityFact => ({
  id,
  externalRefs: [
    {
      system: 'netsuite',
      instance: 'test',
      objectType: 'subsidiary',
      externalId: id,
      url: null,
      sourceVersion: 1n,
    },
  ],
  code,
  name: code,
  country: code,
  functionalCurrency: 'USD',
  timeZone,
  fiscalCalendar: 'CALENDAR_MONTHS',
  fiscalYearStartMonth: 1,
})

/** Opens the department: billing is told of the companies US and DE, and of what else a test needs. */
export async function openDesk(database: TestDatabase, facts: Partial<Facts> = {}): Promise<void> {
  const legalEntities = [
    entity('entity-1', 'US', 'America/New_York'),
    entity('entity-2', 'DE', 'Europe/Berlin'),
  ]
  await record(database, { legalEntities, ...facts })
}

/** What Stripe calls something that it made. */
export const madeInStripe = (objectType: string, externalId: string): ExternalRef => ({
  system: 'stripe',
  instance: 'default',
  objectType,
  externalId,
  url: null,
  sourceVersion: 1n,
})

const { id: _, ...service } = invoiceLine(10_000n)

/** A line of a draft, minor units. */
export const draftLine = (amount: bigint, fields: Partial<LineDraft> = {}): LineDraft => ({
  ...service,
  amount,
  ...fields,
})

/** An invoice over 100.00 USD to customer-1, due in 30 days. */
export const invoiceDraft = (fields: Partial<InvoiceDraft> = {}): InvoiceDraft => ({
  customerId: 'customer-1',
  legalEntityId: 'entity-1',
  contractId: null,
  subscriptionId: null,
  currency: 'USD',
  collectionMethod: 'SEND_INVOICE',
  issueDate: day('2026-06-15'),
  dueDate: day('2026-07-15'),
  lines: [draftLine(10_000n)],
  taxLines: [],
  ...fields,
})

/** A transfer of 100.00 USD by customer-1 that arrived. */
export const paymentDraft = (fields: Partial<PaymentDraft> = {}): PaymentDraft => ({
  customerId: 'customer-1',
  legalEntityId: 'entity-1',
  outcome: 'SUCCEEDED',
  currency: 'USD',
  amount: 10_000n,
  fee: 0n,
  method: 'BANK_TRANSFER',
  receivedAt: Temporal.Instant.from('2026-06-15T12:00:00Z'),
  failureCode: null,
  failureMessage: null,
  allocations: [],
  ...fields,
})

/** Issues an invoice and gives its id. */
export async function issue(
  database: TestDatabase,
  key: string,
  fields: Partial<InvoiceDraft> = {},
): Promise<string> {
  return valueOf(await issueInvoice(database.of('billing'), effect(key), invoiceDraft(fields))).invoiceId
}

/** What a command gave; fails with what it was refused for. */
export function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (outcome.violations !== undefined) throw new Error(JSON.stringify(outcome.violations))
  return outcome.value
}

const row =
  <State extends { readonly id: string }>(table: Table<State>) =>
  async (database: TestDatabase, id: string): Promise<State | undefined> =>
    (await readRows(database.owner, table, [id]))[0]

/** In flight at once: as many as there are connections, since the others would wait for one and nothing else. */
const IN_FLIGHT = 12

/** Runs commands at once, as many as the database takes. */
export async function atOnce<Value>(commands: readonly (() => Promise<Value>)[]): Promise<Value[]> {
  const values: Value[] = []
  const queue = commands.entries()
  const work = async (): Promise<void> => {
    for (const [place, command] of queue) values[place] = await command()
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, work))
  return values
}

/** What is stored of one object. */
export const invoiceOf = row<Invoice>(invoices)
export const paymentOf = row<Payment>(payments)
export const subscriptionOf = row<Subscription>(subscriptions)

/** Numbers of all that was issued of a kind, in order. */
export async function numbersOf(database: TestDatabase, table: 'invoice' | 'credit_note'): Promise<string[]> {
  const rows = await database.owner.rows<{ number: string }>({
    text: `SELECT number FROM billing.${table} WHERE number IS NOT NULL ORDER BY number`,
    values: [],
  })
  return rows.map(({ number }) => number)
}

/** Expects that a command is refused for exactly these fields, and that nothing came of it. */
export async function expectRefusal(
  database: TestDatabase,
  command: () => Promise<Outcome<unknown>>,
  expected: readonly string[],
): Promise<void> {
  const before = await countEvents(database)
  const { violations = [] } = await command()
  expect(violations.map(({ code, field }: Violation) => `${code} ${field}`)).toEqual(expected)
  expect(await countEvents(database)).toBe(before)
}

/** Expects that a command has one effect: again, and 50 times at once, it gives the same and tells nothing more. */
export async function expectOneEffect<Value>(
  database: TestDatabase,
  command: () => Promise<Outcome<Value>>,
): Promise<Value> {
  const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, command))
  const told = await countEvents(database)
  const again = await command()
  const value = valueOf(again)
  expect(outcomes).toEqual(outcomes.map(() => again))
  expect(JSON.parse(JSON.stringify(value))).toEqual(value)
  expect(await countEvents(database)).toBe(told)
  return value
}

/** Expects that what holds among billing's documents holds. */
export async function expectSoundBooks(database: TestDatabase): Promise<void> {
  const findings = await checkInvariants(database.owner, billingInvariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
}
