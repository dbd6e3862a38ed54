import type { AccountRuleFact } from '#domain/account-rules.ts'
import type { Invoice, Price, Product } from '#domain/billing.ts'
import type { Customer } from '#domain/crm.ts'
import type { CreditProfile, LegalEntity } from '#domain/erp.ts'
import type { ModelFacts } from '#domain/recommend-model.ts'

/** What the services ask the three systems; the composition root says how. */
export interface ServiceSources {
  readonly customer: (id: string) => Promise<Customer | null>
  readonly creditProfile: (customerId: string) => Promise<CreditProfile | null>
  /** The same; where ERP does not answer, as it last told. */
  readonly lastCreditProfile: (customerId: string) => Promise<CreditProfile | null>
  /** As ERP last told of them where it does not answer. */
  readonly legalEntities: () => Promise<readonly LegalEntity[]>
  readonly accountRules: () => Promise<readonly AccountRuleFact[]>
  readonly products: (ids: readonly string[]) => Promise<readonly Product[]>
  readonly pricesOf: (productId: string) => Promise<readonly Price[]>
  readonly invoice: (
    id: string,
  ) => Promise<Pick<Invoice, 'customerId' | 'legalEntityId' | 'issueDate'> | null>
  /** How often a contract was amended, what was taken back left out. */
  readonly amendmentsOf: (contractId: string) => Promise<number>
  /** Counts of what chooses a workflow model. */
  readonly modelFacts: () => Promise<ModelFacts>
}
