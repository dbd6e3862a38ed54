/** Entries of our books in an outside general ledger, for which our books are a sub-ledger. */
import type { ExternalRef } from '#domain/entity.ts'
import type { JournalEntry } from '#domain/journal.ts'
import { type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { readRows } from '#platform/table.ts'
import { journal } from './journal.ts'
import { lockLegalEntities } from './store.ts'
import { journalHeaders, ledgerAccounts, legalEntities } from './tables.ts'

/** What an outside ledger is asked for. */
export interface LedgerRequest {
  readonly operation: 'postDocument' | 'reverseEntry'
  /** Never changes for an entry while the chart of accounts does not. */
  readonly payload: Readonly<Record<string, unknown>>
}

/** An entry in the words of an outside ledger: accounts by their codes, amounts as digits of minor units. */
export async function ledgerRequest(db: Database, entry: JournalEntry): Promise<LedgerRequest> {
  const [[legalEntity], accounts, [reversed]] = await Promise.all([
    readRows(db, legalEntities, [entry.legalEntityId]),
    readRows(db, ledgerAccounts, [...new Set(entry.lines.map(({ accountId }) => accountId))]),
    readRows(db, journalHeaders, entry.reversalOfId === null ? [] : [entry.reversalOfId]),
  ])
  const codes = new Map(accounts.map(({ id, code }) => [id, code]))
  const { id, number, description, purpose, sourceType, sourceId, customerId, contractId } = entry
  const { currency, functionalCurrency } = entry
  return {
    operation: reversed === undefined ? 'postDocument' : 'reverseEntry',
    payload: {
      entryId: id,
      number,
      legalEntity: legalEntity?.code ?? entry.legalEntityId,
      date: String(entry.date),
      period: String(entry.period),
      description,
      purpose,
      source: { type: sourceType, id: sourceId },
      customerId,
      contractId,
      currency,
      functionalCurrency,
      lines: entry.lines.map(({ accountId, debit, credit, functionalDebit, functionalCredit }) => ({
        account: codes.get(accountId) ?? accountId,
        debit: String(debit),
        credit: String(credit),
        functionalDebit: String(functionalDebit),
        functionalCredit: String(functionalCredit),
      })),
      ...(reversed !== undefined && { reverses: { entryId: reversed.id, number: reversed.number } }),
    },
  }
}

/** Whether an entry is in the ledger of that name. */
export const isIn = ({ externalRefs }: JournalEntry, system: string): boolean =>
  externalRefs.some((ref) => ref.system === system)

/** Notes what an outside ledger calls an entry. The same again changes nothing. */
export function noteOutsideEntry(
  db: Database,
  context: CommandContext,
  { id, legalEntityId }: JournalEntry,
  ref: ExternalRef,
): Promise<void> {
  return runCommand(db, context, async (unit) => {
    // The lock of whoever posts: nobody mirrors the entry meanwhile.
    await lockLegalEntities(unit, [legalEntityId])
    const before = (await unit.lock(journal, [id])).get(id)
    if (before === undefined || isIn(before, ref.system)) return
    const externalRefs = [...before.externalRefs, ref]
    await unit.save(journal, [{ before, after: { ...before, externalRefs } }])
  })
}
