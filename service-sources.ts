/** What the shared services ask the three systems, each under its subgraph's own role. */
import { setTimeout } from 'node:timers/promises'
import type { CreditProfile } from '#domain/erp.ts'
import { factsOfCounts } from '#domain/recommend-model.ts'
import { isPassing } from '#platform/database.ts'
import { markLost } from '#platform/lost-connection.ts'
import { readRows } from '#platform/table.ts'
import { countUsage } from '#subgraphs/billing/count-store.ts'
import { readRowsBy } from '#subgraphs/billing/store.ts'
import { invoiceHeaders, prices, products } from '#subgraphs/billing/tables.ts'
import { countAmendments, countDeals } from '#subgraphs/crm/count-store.ts'
import { customers } from '#subgraphs/crm/store.ts'
import { countCompanies, readCreditProfile } from '#subgraphs/erp/count-store.ts'
import { readAccountRules } from '#subgraphs/erp/rule-store.ts'
import { readLegalEntities } from '#subgraphs/erp/store.ts'
import { creditProfiles, legalEntities } from '#subgraphs/erp/tables.ts'
import { readToldCompanies, readToldCredit } from '#subgraphs/operations/reference/project.ts'
import type { ServiceSources } from '#subgraphs/operations/services/sources.ts'
import type { DatabaseOf } from './product.ts'

/** Connects the services to the systems. */
export function serviceSources(databaseOf: DatabaseOf): ServiceSources {
  const [inCrm, inBilling, inErp] = [databaseOf('crm'), databaseOf('billing'), databaseOf('erp')]
  const inOperations = databaseOf('operations')
  return {
    customer: async (id) => (await readRows(inCrm, customers, [id]))[0] ?? null,
    creditProfile: (customerId) => readCreditProfile(inErp, customerId),
    lastCreditProfile: (customerId) =>
      orLast(
        () => readCreditProfile(inErp, customerId),
        async () =>
          mostCautious((await readToldCredit(inOperations, customerId)).map(creditProfiles.ofEvent)),
      ),
    legalEntities: () =>
      orLast(
        () => readLegalEntities(inErp),
        async () => {
          const told = await readToldCompanies(inOperations)
          if (told.length === 0)
            throw markLost(new Error('ERP does not answer, and has told of no company yet'))
          return told.map(legalEntities.ofEvent).toSorted((a, b) => (a.code < b.code ? -1 : 1))
        },
      ),
    accountRules: () => readAccountRules(inErp),
    products: (ids) => readRows(inBilling, products, ids),
    pricesOf: (productId) => readRowsBy(inBilling, prices, 'productId', [productId]),
    invoice: async (id) => (await readRows(inBilling, invoiceHeaders, [id]))[0] ?? null,
    amendmentsOf: (contractId) => countAmendments(inCrm, contractId),
    modelFacts: async () => {
      const [usage, deals, books] = await Promise.all([
        countUsage(inBilling),
        countDeals(inCrm),
        countCompanies(inErp),
      ])
      return factsOfCounts({ ...usage, ...deals, ...books })
    },
  }
}

/** Whoever asks waits for ERP no longer than this where it is known what it last told. */
const ERP_PATIENCE_MS = 1_000

/** What ERP says; where it does not answer, what it last told. */
export async function orLast<Answer>(
  ask: () => Promise<Answer>,
  last: () => Promise<Answer>,
): Promise<Answer> {
  const over = new AbortController()
  const late = async (): Promise<never> => {
    await setTimeout(ERP_PATIENCE_MS, null, { signal: over.signal })
    throw markLost(new Error('ERP does not answer in time'))
  }
  try {
    return await Promise.race([ask(), late()])
  } catch (error) {
    if (!isPassing(error)) throw error
    return await last()
  } finally {
    over.abort()
  }
}

/** Of several profiles of a customer the one that counts: a stop before any other. */
const mostCautious = (profiles: readonly CreditProfile[]): CreditProfile | null =>
  profiles.toSorted((a, b) => Number(b.onHold) - Number(a.onHold) || (a.id < b.id ? -1 : 1))[0] ?? null
