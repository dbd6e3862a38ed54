/** A believable company as facts: the same options always give the same facts, in batches of bounded size. */
import type { CreditNoteFact, InvoiceFact } from '#domain/billing.ts'
import { type Facts, mergeFacts } from '#domain/facts.ts'
import { referenceFacts, worldOf } from './company.ts'
import type { SeedOptions, World } from './company.ts'
import { businessWith, historyOf } from './history.ts'
import { Numbering } from './numbering.ts'

/** Customers of one batch; the last one may hold fewer. */
export const CUSTOMERS_PER_BATCH = 50

/**
 * First what documents refer to, then batch after batch everything of some customers. A customer never refers to
 * one of a later batch. What is issued is worked out twice, because a document's number depends on all documents
 * before it: the first time only to count, so that memory stays that of one batch.
 */
export function* generateCompany(options: SeedOptions): Generator<Partial<Facts>, void, undefined> {
  const world = worldOf(options)
  yield referenceFacts(world)
  const numbers = announcedNumbers(world)
  for (let first = 0; first < world.customers; first += CUSTOMERS_PER_BATCH) {
    const count = Math.min(CUSTOMERS_PER_BATCH, world.customers - first)
    yield mergeFacts(
      Array.from({ length: count }, (_, index) =>
        numbered(historyOf(businessWith(world, first + index), world), world, numbers),
      ),
    )
  }
}

function announcedNumbers(world: World): Numbering {
  const numbers = new Numbering()
  for (let index = 0; index < world.customers; index += 1) {
    const { invoices, creditNotes } = businessWith(world, index)
    for (const invoice of invoices.filter(isIssued))
      numbers.announce(invoiceSeries(invoice, world), invoice.issueDate)
    for (const note of creditNotes) numbers.announce(creditNoteSeries(note, world), note.issuedOn)
  }
  return numbers
}

function numbered(facts: Partial<Facts>, world: World, numbers: Numbering): Partial<Facts> {
  const { invoices = [], creditNotes = [] } = facts
  return {
    ...facts,
    invoices: invoices.map((invoice) =>
      isIssued(invoice)
        ? { ...invoice, number: numbers.take(invoiceSeries(invoice, world), invoice.issueDate) }
        : invoice,
    ),
    creditNotes: creditNotes.map((note) => ({
      ...note,
      number: numbers.take(creditNoteSeries(note, world), note.issuedOn),
    })),
  }
}

function isIssued({ lifecycle }: InvoiceFact): boolean {
  return lifecycle !== 'DRAFT'
}

function invoiceSeries({ legalEntityId }: InvoiceFact, world: World): string {
  return entityCode(legalEntityId, world)
}

function creditNoteSeries({ legalEntityId }: CreditNoteFact, world: World): string {
  return `${entityCode(legalEntityId, world)}-CN`
}

function entityCode(legalEntityId: string, { entities }: World): string {
  const entity = Object.values(entities).find(({ id }) => id === legalEntityId)
  if (entity === undefined) throw new RangeError(`${legalEntityId} is no legal entity of the company`)
  return entity.code
}
