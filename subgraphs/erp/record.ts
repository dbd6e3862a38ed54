import { type AccountRule, type AccountRuleFact, ambiguousRules, nameOfRule } from '#domain/account-rules.ts'
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
import type { Facts, RecordCount, RecordCounts } from '#domain/facts.ts'
import { checkCreditProfile, checkFxRate, checkLegalEntity } from '#domain/reference-data.ts'
import { type CommandContext, runCommand, type UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { type FactAggregate, InvalidFactError, recordFacts } from '#platform/facts.ts'
import { recordPeriods } from './periods.ts'
import { deliveries } from './plan-store.ts'
import { accountRules, readAccountRules } from './rule-store.ts'
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

/** What accounting allows customers. */
export const creditProfile: FactAggregate<CreditProfileFact, CreditProfile> = {
  name: 'creditProfile',
  table: creditProfiles,
  event: recordEvent,
  check: checkCreditProfile,
  derive: (fact) => fact,
}

const delivery: FactAggregate<DeliveryFact, Delivery> = {
  name: 'delivery',
  table: deliveries,
  event: recordEvent,
  check: checkDelivery,
  derive: (fact) => fact,
}

const accountRule: FactAggregate<AccountRuleFact, AccountRule> = {
  name: 'accountRule',
  table: accountRules,
  event: recordEvent,
  derive: (fact) => fact,
}

/** Records rules, unless two of all would name different accounts for one posting. */
async function recordRules(
  unit: UnitOfWork,
  facts: readonly AccountRuleFact[] | undefined,
): Promise<RecordCount> {
  const { count, saved } = await recordFacts(unit, accountRule, facts)
  const [clash] = saved.length === 0 ? [] : ambiguousRules(await readAccountRules(unit))
  if (clash === undefined) return count
  const message = `Both hold, and none is more specific: ${clash.map(nameOfRule).join('; ')}`
  throw new InvalidFactError(message, [{ code: 'RULES_AMBIGUOUS', field: 'accountCode', message }])
}

/** Records what a source states about our companies, their books, exchange rates and credit, in one transaction. */
export function recordErpFacts(
  db: Database,
  context: CommandContext,
  facts: Partial<Facts>,
): Promise<RecordCounts> {
  return runCommand(db, context, async (unit) => {
    const closing = (facts.accountingPeriods ?? []).map(({ legalEntityId }) => legalEntityId)
    // Posting holds the same locks, so that no entry slips into a period while it is being closed.
    if (closing.length > 0) await lockLegalEntities(unit, [...new Set(closing)])
    const delivered = await recordFacts(unit, delivery, facts.deliveries)
    await followDeliveries(unit, delivered.saved)
    return {
      deliveries: delivered.count,
      accountRules: await recordRules(unit, facts.accountRules),
      legalEntities: (await recordFacts(unit, legalEntity, facts.legalEntities)).count,
      ledgerAccounts: (await recordFacts(unit, ledgerAccount, facts.ledgerAccounts)).count,
      accountingPeriods: await recordPeriods(unit, context, facts.accountingPeriods),
      fxRates: (await recordFacts(unit, fxRate, facts.fxRates)).count,
      creditProfiles: (await recordFacts(unit, creditProfile, facts.creditProfiles)).count,
    }
  })
}
