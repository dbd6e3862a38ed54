/** What the shared services ask the three systems, each under its subgraph's own role. */
import { factsOfCounts } from '#domain/recommend-model.ts'
import { readRows } from '#platform/table.ts'
import { countUsage } from '#subgraphs/billing/count-store.ts'
import { readRowsBy } from '#subgraphs/billing/store.ts'
import { invoiceHeaders, prices, products } from '#subgraphs/billing/tables.ts'
import { countAmendments, countDeals } from '#subgraphs/crm/count-store.ts'
import { customers } from '#subgraphs/crm/store.ts'
import { countCompanies, readCreditProfile } from '#subgraphs/erp/count-store.ts'
import { readAccountRules } from '#subgraphs/erp/rule-store.ts'
import { readLegalEntities } from '#subgraphs/erp/store.ts'
import type { ServiceSources } from '#subgraphs/operations/services/sources.ts'
import type { DatabaseOf } from './product.ts'

/** Connects the services to the systems. */
export function serviceSources(databaseOf: DatabaseOf): ServiceSources {
  const [inCrm, inBilling, inErp] = [databaseOf('crm'), databaseOf('billing'), databaseOf('erp')]
  return {
    customer: async (id) => (await readRows(inCrm, customers, [id]))[0] ?? null,
    creditProfile: (customerId) => readCreditProfile(inErp, customerId),
    legalEntities: () => readLegalEntities(inErp),
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
