/** ERP's commands where an outside system masters ERP: it keeps the accounts of customers and the general ledger. */
import type { JournalEntry } from '#domain/journal.ts'
import type { Outcome } from '#domain/failure.ts'
import type { Connector } from '#platform/connector.ts'
import type { Database } from '#platform/database.ts'
import type { Effect } from '#platform/effect.ts'
import { readRows } from '#platform/table.ts'
import { openAccount } from '#subgraphs/erp/commands/account.ts'
import { readCreditProfile } from '#subgraphs/erp/count-store.ts'
import { isIn, ledgerRequest, noteOutsideEntry } from '#subgraphs/erp/outside-entry.ts'
import { claimEntry, readEntriesFor } from '#subgraphs/erp/outside-store.ts'
import { journalEntries } from '#subgraphs/erp/store.ts'
import { legalEntities } from '#subgraphs/erp/tables.ts'
import { madeOutside, outsideFirst } from '#subgraphs/operations/effects/outside-first.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { StepEffect } from '#subgraphs/operations/workflows/flow.ts'
import type { Outside } from './outside.ts'

/** The commands that may go on outside. */
type OutsideCommands = Pick<Systems['erp'], 'openAccount' | 'book' | 'shareEntry'>

/**
 * An account is opened outside first. Entries are posted here first, in our sub-ledger, and then brought to the general
 * ledger of their legal entity, one by one in their order. `bookHere` brings our own books to what is told.
 */
export function erpOutside(
  outside: Outside,
  erp: Database,
  inErp: (effect: StepEffect) => Effect,
  bookHere: OutsideCommands['book'],
): OutsideCommands {
  const masterOf = (legalEntityId: string): Promise<Connector | null> => ledgerOf(outside, erp, legalEntityId)
  return {
    openAccount: async (effect, account) => {
      const master = await masterOf(account.legalEntityId)
      if (master === null || (await hasAccount(outside, erp, master, effect, account)))
        return openAccount(erp, inErp(effect), account)
      const step = {
        connector: master,
        operation: 'createAccount',
        objectType: 'account',
        payload: { ...account },
      }
      return outsideFirst(outside, step, effect, (madeAs) =>
        openAccount(erp, inErp(effect), { ...account, madeAs }),
      )
    },
    book: async (effect, bookable) => {
      const booked = await bookHere(effect, bookable)
      if (booked.violations !== undefined || !outside.hasConnectors) return booked
      for (const entry of await readEntriesFor(erp, { ...effect, ...bookable })) {
        const master = await masterOf(entry.legalEntityId)
        if (master === null || isIn(entry, master.name)) continue
        const { violations } = await bring(outside, erp, master, effect, entry, inErp(effect))
        if (violations !== undefined) return { violations }
      }
      return booked
    },
    shareEntry: async (effect, { entryId }) => {
      const [entry] = await readRows(erp, journalEntries, [entryId])
      const master = entry === undefined ? null : await masterOf(entry.legalEntityId)
      if (entry === undefined || master === null || isIn(entry, master.name))
        return { value: { isShared: false } }
      const { violations } = await bring(outside, erp, master, effect, entry, inErp(effect))
      return violations === undefined ? { value: { isShared: true } } : { violations }
    },
  }
}

/** The outside system that keeps the general ledger of a company; null where we do. */
export async function ledgerOf(
  outside: Outside,
  erp: Database,
  legalEntityId: string,
): Promise<Connector | null> {
  if (!outside.hasConnectors) return null
  const [legalEntity] = await readRows(erp, legalEntities, [legalEntityId])
  return legalEntity === undefined ? null : outside.connectorFor('ERP', legalEntity.code)
}

/** Whether an earlier step opened it there: one customer has one account in one system. */
async function hasAccount(
  outside: Outside,
  erp: Database,
  master: Connector,
  { effectKey }: StepEffect,
  { customerId }: { readonly customerId: string },
): Promise<boolean> {
  if (await outside.mayHaveHappened(master, effectKey)) return false
  const profile = await readCreditProfile(erp, customerId)
  return profile?.externalRefs.some(({ system }) => system === master.name) ?? false
}

/** Has an entry in an outside ledger, once for all steps that ask for it. */
async function bring(
  { carryOut }: Outside,
  erp: Database,
  connector: Connector,
  step: StepEffect,
  entry: JournalEntry,
  context: Effect,
): Promise<Outcome<null>> {
  const effectKey = await claimEntry(erp, connector.name, entry.id, `${step.effectKey}/${entry.id}`)
  const request = { ...(await ledgerRequest(erp, entry)), connector, objectType: 'journalEntry' }
  const { value, violations } = await madeOutside(carryOut, request, { ...step, effectKey })
  if (violations !== undefined)
    return { violations: violations.map((each) => ({ ...each, field: entry.id })) }
  await noteOutsideEntry(erp, context, entry, value.madeAs)
  return { value: null }
}
