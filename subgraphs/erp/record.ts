import type { PriceFact } from '#domain/billing.ts'
import { checkDelivery, type Delivery, type DeliveryFact } from '#domain/delivery.ts'
import type {
  CreditProfile,
  CreditProfileFact,
  FxRate,
  FxRateFact,
  LedgerAccount,
  LedgerAccountFact,
  LegalEntity,
  LegalEntityFact,
} from '#domain/erp.ts'
import { recordEvent } from '#domain/event.ts'
import type { Facts, RecordCounts } from '#domain/facts.ts'
import { checkCreditProfile, checkFxRate, checkLegalEntity } from '#domain/reference-data.ts'
import { type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { type FactAggregate, recordFacts } from '#platform/facts.ts'
import { recordPeriods } from './periods.ts'
import { deliveries, listPrices, type StoredListPrice } from './plan-store.ts'
import { followDeliveries } from './schedule.ts'
import { lockLegalEntities } from './store.ts'
import { creditProfiles, fxRates, ledgerAccounts, legalEntities } from './tables.ts'

const legalEntity: FactAggregate<LegalEntityFact, LegalEntity> = {
  name: 'legalEntity',
  table: legalEntities,
  event: recordEvent,
  check: checkLegalEntity,
  derive: (fact) => fact,
}

const ledgerAccount: FactAggregate<LedgerAccountFact, LedgerAccount> = {
  name: 'ledgerAccount',
  table: ledgerAccounts,
  event: recordEvent,
  derive: (fact) => fact,
}

const fxRate: FactAggregate<FxRateFact, FxRate> = {
  name: 'fxRate',
  table: fxRates,
  event: recordEvent,
  check: checkFxRate,
  derive: (fact) => fact,
}

const creditProfile: FactAggregate<CreditProfileFact, CreditProfile> = {
  name: 'creditProfile',
  table: creditProfiles,
  event: recordEvent,
  check: checkCreditProfile,
  derive: (fact) => fact,
}

/** Billing is the master of prices; what it was told is kept here as well, and counted there. */
const listPrice: FactAggregate<PriceFact, StoredListPrice> = {
  name: 'listPrice',
  table: listPrices,
  event: recordEvent,
  derive: ({
    id,
    externalRefs,
    productId,
    currency,
    unitAmount,
    interval,
    usage,
    tiersMode,
    tiers,
    active,
  }) => ({
    id,
    externalRefs,
    productId,
    currency,
    unitAmount,
    interval,
    usage,
    tiersMode,
    tiers,
    active,
  }),
}

const delivery: FactAggregate<DeliveryFact, Delivery> = {
  name: 'delivery',
  table: deliveries,
  event: recordEvent,
  check: checkDelivery,
  derive: (fact) => fact,
}

/**
 * Records what a source states about our companies, their books, exchange rates and credit, and what it states of the
 * catalogue that the books follow, in one transaction.
 */
export function recordErpFacts(
  db: Database,
  context: CommandContext,
  facts: Partial<Facts>,
): Promise<RecordCounts> {
  return runCommand(db, context, async (unit) => {
    const closing = (facts.accountingPeriods ?? []).map(({ legalEntityId }) => legalEntityId)
    // Posting holds the same locks, so that no entry slips into a period while it is being closed.
    if (closing.length > 0) await lockLegalEntities(unit, [...new Set(closing)])
    await recordFacts(unit, listPrice, facts.prices)
    const delivered = await recordFacts(unit, delivery, facts.deliveries)
    await followDeliveries(unit, delivered.saved)
    return {
      deliveries: delivered.count,
      legalEntities: (await recordFacts(unit, legalEntity, facts.legalEntities)).count,
      ledgerAccounts: (await recordFacts(unit, ledgerAccount, facts.ledgerAccounts)).count,
      accountingPeriods: await recordPeriods(unit, context, facts.accountingPeriods),
      fxRates: (await recordFacts(unit, fxRate, facts.fxRates)).count,
      creditProfiles: (await recordFacts(unit, creditProfile, facts.creditProfiles)).count,
    }
  })
}
