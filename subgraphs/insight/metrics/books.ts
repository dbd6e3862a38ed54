import type { JournalEntry } from '#domain/journal.ts'
import { measuresOf } from '#domain/measures.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import type { Projection } from '#platform/log/projection.ts'
import type { Jsonified } from '#platform/table.ts'
import { followTotals, remakeTotals, type TotalChange } from '../totals-store.ts'

/** What is kept of an entry of the journal: what it adds to each measure, and where it belongs. */
interface KeptEntry {
  /** Its day. */
  readonly on: string
  readonly recordedAt: string
  readonly legalEntityId: string
  readonly currency: string
  readonly functionalCurrency: string
  readonly customerId: string | null
  readonly sourceType: JournalEntry['sourceType']
  readonly sourceId: string
  /** By measure: minor units of its currency and of the functional one, as digits. */
  readonly amounts: Readonly<Record<string, readonly [string, string]>>
}

/** The name under which the sums over the journal are kept. */
const BOOKS = 'metrics-books'

/** What revenue comes to in the books. An entry never changes, so its first event tells all. */
export const booksProjection: Projection<KeptEntry> = {
  name: BOOKS,
  source: 'erp',
  types: ['revgraph.erp.journal.posted.v1'],
  shares: 1,
  keyOf: ({ aggregateId }) => aggregateId,
  apply: (before, event) => before ?? keptOf(event),
  derived: {
    follow: (unit, changes) =>
      followTotals(
        unit,
        BOOKS,
        changes.flatMap(({ before, after }) => [...totalsOf(before, -1n), ...totalsOf(after, 1n)]),
      ),
    remake: (unit) => remakeTotals(unit, BOOKS),
  },
}

function keptOf({ data, recordedAt }: LoggedEvent): KeptEntry {
  const entry = data as Jsonified<JournalEntry>
  const lines = entry.lines.map((line) => ({
    ...line,
    debit: BigInt(line.debit),
    credit: BigInt(line.credit),
    functionalDebit: BigInt(line.functionalDebit),
    functionalCredit: BigInt(line.functionalCredit),
  }))
  const measured = measuresOf({ ...entry, lines })
  return {
    on: entry.date,
    recordedAt: recordedAt.toString(),
    legalEntityId: entry.legalEntityId,
    currency: entry.currency,
    functionalCurrency: entry.functionalCurrency,
    customerId: entry.customerId,
    sourceType: entry.sourceType,
    sourceId: entry.sourceId,
    amounts: Object.fromEntries(
      measured.map(({ measure, amount, functional }) => [measure, [String(amount), String(functional)]]),
    ),
  }
}

function totalsOf(kept: KeptEntry | null, sign: bigint): TotalChange[] {
  if (kept === null) return []
  const { on, legalEntityId, currency, customerId } = kept
  return Object.entries(kept.amounts).map(([measure, [amount, functional]]) => ({
    on,
    measure,
    legalEntityId,
    currency,
    customerId: customerId ?? '',
    amount: sign * BigInt(amount),
    functional: sign * BigInt(functional),
  }))
}
