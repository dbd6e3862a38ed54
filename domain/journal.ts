import { sum } from './money.ts'
import type { Fact, Recorded } from './entity.ts'
import type { AccountRole, JournalStatus, Posting, PostingPurpose, SourceType } from './erp.ts'

/**
 * One side of a journal entry: of debit and credit one is zero. Both are in the currency of the entry where the line
 * changes the functional currency alone, as exchange gains and losses do. Minor units.
 */
export interface JournalLine {
  readonly accountId: string
  /** What the account was for when the line was posted. */
  readonly role: AccountRole
  /** In the currency of the entry. */
  readonly debit: bigint
  readonly credit: bigint
  /** In the functional currency of the legal entity. */
  readonly functionalDebit: bigint
  readonly functionalCredit: bigint
}

/** What an entry says, whatever its place in the journal. Debits equal credits in both currencies. */
export interface EntryContent {
  readonly legalEntityId: string
  readonly sourceType: SourceType
  readonly sourceId: string
  readonly purpose: PostingPurpose
  /** Tells entries of one source and purpose apart: the month of a recognition, the number of a correction. */
  readonly discriminator: string
  readonly date: Temporal.PlainDate
  /** Period in which it is posted. */
  readonly period: Temporal.PlainYearMonth
  /** Period of its date: another than `period` where that one was closed. */
  readonly originalPeriod: Temporal.PlainYearMonth
  readonly customerId: string | null
  readonly contractId: string | null
  readonly currency: string
  readonly functionalCurrency: string
  readonly description: string
  readonly lines: readonly JournalLine[]
}

/** An entry of the books. */
export interface JournalEntry extends Fact, Recorded, EntryContent {
  /** Place in the journal of the legal entity: from 1, without gaps. */
  readonly sequence: bigint
  /** The sequence as it is printed: `US-00000042`. */
  readonly number: string
  readonly status: JournalStatus
  /** The entry that it mirrors. */
  readonly reversalOfId: string | null
}

/** An entry that is to be posted. */
export interface EntryDraft extends EntryContent {
  /** The entry that it mirrors: in the books already, or posted before it. */
  readonly reverses: EntryContent | null
}

/** How a draft is made of a posting; with `mirrored`, by exchanging the sides of that entry. */
export type Draw = (posting: Posting, mirrored: EntryContent | null) => EntryDraft

/** The discriminator of what takes back an entry that turned out wrong begins with this. */
const undoing = 'undo '

/**
 * The entries that bring the books of one source from what is posted to what is demanded. What is posted as demanded
 * stays. What is not (a refund failed, a write-off got smaller) is mirrored, and then posted as it should be.
 */
export function owedEntries(
  demanded: readonly Posting[],
  posted: readonly JournalEntry[],
  draw: Draw,
): EntryDraft[] {
  const inForce = new Map<PostingPurpose, EntryContent>(entriesInForce(posted.filter(isDemanded)))
  const drafts: EntryDraft[] = []
  for (const wrong of [...inForce.values()].filter((entry) => !demanded.some(isMetBy(entry))).toReversed()) {
    drafts.push(draw(undo(wrong), wrong))
    inForce.delete(wrong.purpose)
  }
  for (const posting of demanded) {
    if (inForce.has(posting.purpose)) continue
    const discriminator = nextDiscriminator(posting, posted)
    const mirrored = posting.reverses === null ? null : (inForce.get(posting.reverses) ?? null)
    const draft = draw({ ...posting, discriminator }, mirrored)
    inForce.set(posting.purpose, draft)
    drafts.push(draft)
  }
  return drafts
}

/** For each purpose, its entry that was not taken back as wrong; in the order of the journal. */
export function entriesInForce<Entry extends Omit<JournalEntry, 'lines'>>(
  posted: readonly Entry[],
): [PostingPurpose, Entry][] {
  const undone = new Set(posted.filter(isUndoing).map(({ reversalOfId }) => reversalOfId))
  return posted
    .filter((entry) => !isUndoing(entry) && !undone.has(entry.id))
    .map((entry) => [entry.purpose, entry])
}

/** The sides exchanged: posted together with what it mirrors, nothing is left. */
export function mirror(lines: readonly JournalLine[]): JournalLine[] {
  return lines.map((line) => ({
    ...line,
    debit: line.credit,
    credit: line.debit,
    functionalDebit: line.functionalCredit,
    functionalCredit: line.functionalDebit,
  }))
}

function isUndoing({ discriminator }: Pick<EntryContent, 'discriminator'>): boolean {
  return discriminator.startsWith(undoing)
}

/** Whether a posting demands what an entry says. Dates, words, rates and accounts of that day do not count. */
function isMetBy(entry: EntryContent): (posting: Posting) => boolean {
  return (posting) => posting.purpose === entry.purpose && effectOf(posting) === effectOf(entry)
}

type Effect = Pick<EntryContent, 'legalEntityId' | 'customerId' | 'currency'> & {
  readonly lines: readonly Pick<JournalLine, 'role' | 'debit' | 'credit'>[]
}

function effectOf({ legalEntityId, customerId, currency, lines }: Effect): string {
  const byRole = Map.groupBy(lines, ({ role }) => role)
  const amounts = [...byRole]
    .map(([role, own]) => ({ role, amount: sum(own.map(({ debit, credit }) => debit - credit)) }))
    .flatMap(({ role, amount }) => (amount === 0n ? [] : [`${role} ${amount}`]))
    .toSorted()
  return [legalEntityId, customerId, currency, ...amounts].join('\n')
}

function undo(wrong: EntryContent): Posting {
  return {
    legalEntityId: wrong.legalEntityId,
    customerId: wrong.customerId,
    contractId: wrong.contractId,
    sourceType: wrong.sourceType,
    sourceId: wrong.sourceId,
    purpose: wrong.purpose,
    discriminator: undoing + (wrong.discriminator === '' ? '1' : wrong.discriminator),
    reverses: wrong.purpose,
    date: wrong.date,
    currency: wrong.currency,
    description: `Correction: ${wrong.description}`,
    lines: mirror(wrong.lines),
  }
}

/** What is realised once receivables are settled follows from all documents of a customer: none demands it. */
const isDemanded = ({ purpose }: EntryContent): boolean => purpose !== 'RECEIVABLES_SETTLED'

/** Nothing for the first entry of a purpose, then 2, 3, … */
function nextDiscriminator({ purpose }: Posting, posted: readonly JournalEntry[]): string {
  const earlier = posted.filter((entry) => entry.purpose === purpose && !isUndoing(entry)).length
  return earlier === 0 ? '' : String(earlier + 1)
}
