/** What always holds for the books of a company: each invariant with the ids of what breaks it. */
import { sum } from '#domain/money.ts'
import type { JournalEntry, JournalLine } from '#domain/journal.ts'
import type { MemoryBooks } from './memory-books.ts'

const INVARIANTS: Readonly<Record<string, (books: MemoryBooks) => readonly string[]>> = {
  '1 an entry balances in both currencies': ({ journal }) =>
    idsOf(journal, ({ lines }) => !isBalanced(lines)),

  '1 a line is on one side in each currency, and not empty': ({ journal }) =>
    idsOf(journal, ({ lines }) => !lines.every(isOneSided)),

  '2 the months of a schedule sum to its price': ({ schedules }) =>
    [...schedules.values()].flatMap(({ plan, recognized, planned }) =>
      total([...recognized, ...planned]) === plan.allocatedPrice ? [] : [plan.id],
    ),

  '2 the prices of obligations sum to the contract': ({ contract, contractValues: [scheduled, value] }) =>
    scheduled === value ? [] : [contract?.id ?? ''],

  '3 deferred revenue is what was billed less what was recognised': ({ journal, schedules }) => {
    const billed = balance(
      journal.filter(({ sourceType }) => sourceType !== 'REVENUE_SCHEDULE'),
      'DEFERRED_REVENUE',
    )
    const recognized = sum([...schedules.values()].map((schedule) => total(schedule.recognized)))
    return balance(journal, 'DEFERRED_REVENUE') === billed + recognized ? [] : ['DEFERRED_REVENUE']
  },

  '4 receivables are open invoices less unapplied cash': ({ journal, documents: { invoices, payments } }) => {
    const open = sum(invoices.map((invoice) => invoice.balance))
    const unapplied = sum(payments.map((payment) => payment.unapplied))
    return balance(journal, 'RECEIVABLES') === open - unapplied ? [] : ['RECEIVABLES']
  },

  '4 receivables of which nothing is left are worth nothing': ({ journal }) =>
    balance(journal, 'RECEIVABLES') === 0n && worth(journal, 'RECEIVABLES') !== 0n ? ['RECEIVABLES'] : [],

  '5 an invoice is its lines and taxes, and its balance what is left of it': ({ documents }) =>
    idsOf(documents.invoices, (invoice) => {
      const { lines, taxLines, total: whole, allocated, credited, writtenOff, lifecycle } = invoice
      const left = lifecycle === 'VOID' ? 0n : whole - allocated - credited - writtenOff
      return whole !== total(lines) + total(taxLines) || invoice.balance !== left || left < 0n
    }),

  '6 no payment settles or gives back more than it is': ({ documents: { payments, refunds } }) =>
    idsOf(payments, ({ id, amount, allocations, refunded, unapplied }) => {
      const given = sum(refunds.filter(({ paymentId }) => paymentId === id).map((it) => it.fromUnapplied))
      const applied = sum(allocations.map((allocation) => allocation.applied))
      return applied + unapplied + given !== amount || unapplied < 0n || refunded > amount
    }),

  '6 no credit note in the books is more than its invoice': ({ documents, refused }) =>
    idsOf(documents.invoices, ({ id, total: whole, lifecycle }) => {
      const notes = documents.creditNotes.filter((note) => note.invoiceId === id && !refused.has(note.id))
      return lifecycle !== 'VOID' && total(notes) > whole
    }),

  '7 a closed period takes no entry': ({ late }) => late,

  '7 a late entry keeps its own period': ({ journal }) =>
    idsOf(journal, ({ date, originalPeriod, period }) => {
      const own = date.toPlainYearMonth()
      return !originalPeriod.equals(own) || Temporal.PlainYearMonth.compare(period, own) < 0
    }),

  '8 a reversal mirrors what it is linked to': ({ journal }) => {
    const byId = new Map(journal.map((entry) => [entry.id, entry]))
    return idsOf(journal, ({ reversalOfId, lines }) => {
      if (reversalOfId === null) return false
      const mirrored = byId.get(reversalOfId)
      return mirrored?.status !== 'REVERSED' || !cancelsOut([...lines, ...mirrored.lines])
    })
  },

  '9 a business event posts at most once': ({ journal }) =>
    [...Map.groupBy(journal, ({ id }) => id)].flatMap(([id, entries]) => (entries.length > 1 ? [id] : [])),

  '10 the contract lines are the obligations': ({ contract, schedules }) => {
    const planned = [...schedules.values()].filter(({ plan }) => plan.contractId !== null)
    const live = planned.filter(({ plan }) => plan.entries.length > 0).map(({ plan }) => plan.id)
    const sold = new Set(contract?.lines.map(({ id }) => `rs_${id}`))
    return live.filter((id) => !sold.has(id))
  },
}

/** The invariants that do not hold, with the ids of what breaks them: `1 an entry balances …: id`. */
export function offences(books: MemoryBooks): string[] {
  return Object.entries(INVARIANTS).flatMap(([name, find]) => find(books).map((id) => `${name}: ${id}`))
}

function idsOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  isWrong: (item: Item) => boolean,
): string[] {
  return items.filter(isWrong).map(({ id }) => id)
}

function total(parts: readonly { readonly amount: bigint }[]): bigint {
  return sum(parts.map(({ amount }) => amount))
}

/** Debits less credits of an account, in the currency of the documents. */
function balance(journal: readonly JournalEntry[], role: JournalLine['role']): bigint {
  let left = 0n
  for (const { lines } of journal)
    for (const line of lines) if (line.role === role) left += line.debit - line.credit
  return left
}

/** The same in the functional currency. */
function worth(journal: readonly JournalEntry[], role: JournalLine['role']): bigint {
  const lines = journal.flatMap((entry) => entry.lines).filter((line) => line.role === role)
  return sum(lines.map(({ functionalDebit, functionalCredit }) => functionalDebit - functionalCredit))
}

function isBalanced(lines: readonly JournalLine[]): boolean {
  let [own, functional] = [0n, 0n]
  for (const line of lines) {
    own += line.debit - line.credit
    functional += line.functionalDebit - line.functionalCredit
  }
  return own === 0n && functional === 0n && lines.length > 0
}

function isOneSided({ debit, credit, functionalDebit, functionalCredit }: JournalLine): boolean {
  const amounts = [debit, credit, functionalDebit, functionalCredit]
  return (
    (debit === 0n || credit === 0n) &&
    (functionalDebit === 0n || functionalCredit === 0n) &&
    amounts.every((amount) => amount >= 0n) &&
    amounts.some((amount) => amount > 0n)
  )
}

/** Whether nothing is left on any account. */
function cancelsOut(lines: readonly JournalLine[]): boolean {
  return Map.groupBy(lines, ({ accountId }) => accountId)
    .values()
    .every((own) => isBalanced(own))
}
