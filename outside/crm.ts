/** CRM's commands where an outside system masters CRM: what became of deals and customers is told there as well. */
import type { ExternalRef } from '#domain/entity.ts'
import type { Outcome } from '#domain/failure.ts'
import { type Connector, knownAs } from '#platform/connector.ts'
import type { Database } from '#platform/database.ts'
import type { Effect } from '#platform/effect.ts'
import { readRows } from '#platform/table.ts'
import { noteBillingFeedback, type ToldFeedback } from '#subgraphs/crm/commands/note-billing-feedback.ts'
import { winOpportunity } from '#subgraphs/crm/commands/opportunity.ts'
import { readContractNumber } from '#subgraphs/crm/deal-store.ts'
import { customers, opportunities } from '#subgraphs/crm/store.ts'
import { madeOutside } from '#subgraphs/operations/effects/outside-first.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import { SystemUnavailable } from '#subgraphs/operations/workflows/carry-out.ts'
import type { StepEffect } from '#subgraphs/operations/workflows/flow.ts'
import type { Outside } from './outside.ts'

/** The commands that go on outside. */
type OutsideCommands = Pick<Systems['crm'], 'winOpportunity' | 'noteBillingFeedback'>

/** Tells each CRM what it knows by a name of its own; the others have nothing to do with it. */
export function crmOutside(
  outside: Outside,
  crm: Database,
  inCrm: (effect: StepEffect) => Effect,
): OutsideCommands {
  const knowing = (objectType: string, refs: readonly ExternalRef[] = []) =>
    outside.mastersOf('CRM').flatMap((connector) => {
      const known = knownAs(connector, objectType, refs)
      return known === undefined ? [] : [{ connector, id: known.externalId }]
    })
  return {
    winOpportunity: async (effect, deal) => {
      const won = await winOpportunity(crm, inCrm(effect), deal)
      if (won.violations !== undefined || !outside.hasConnectors) return won
      const [opportunity] = await readRows(crm, opportunities, [deal.opportunityId])
      for (const { connector, id } of knowing('opportunity', opportunity?.externalRefs)) {
        const payload = {
          opportunity: id,
          stage: 'WON',
          minorUnits: String(deal.amount),
          currency: opportunity?.currency,
          closedOn: String(deal.closedOn),
          contractNumber: await readContractNumber(crm, deal.opportunityId),
        }
        const step = { connector, operation: 'updateOpportunity', objectType: 'opportunity', payload }
        const { violations } = await madeOutside(outside.carryOut, step, effect)
        if (violations !== undefined) return { violations }
      }
      return won
    },
    noteBillingFeedback: async (effect, told) => {
      const noted = await noteBillingFeedback(crm, inCrm(effect), told)
      if (noted.violations !== undefined || !outside.hasConnectors) return noted
      const { customerId } = noted.value
      const [customer] = await readRows(crm, customers, [customerId])
      for (const { connector, id } of knowing('customer', customer?.externalRefs)) {
        const telling = { outside, crm, connector, id, effect }
        const { violations } = await tellStanding(telling, { ...told, customerId })
        if (violations !== undefined) return { violations }
      }
      return noted
    },
  }
}

/** To whom a standing is told, and by what step. */
interface Telling {
  readonly outside: Outside
  readonly crm: Database
  readonly connector: Connector
  /** What the CRM calls the customer. */
  readonly id: string
  readonly effect: StepEffect
}

/** More tellings than may overtake one another. */
const MAX_TELLINGS = 10

/**
 * Tells a CRM how a customer stands. Others may tell of it at the same time, and what is sent first may arrive last: so
 * whoever has told looks whether something newer was noted meanwhile, and tells that as well. The last that arrives is
 * then the newest. What something newer was noted of before is not told at all.
 */
async function tellStanding(telling: Telling, told: ToldFeedback): Promise<Outcome<null>> {
  const { connector, crm, effect, outside } = telling
  const { customerId } = told
  const isBegun = await outside.mayHaveHappened(connector, effect.effectKey)
  let next: ToldFeedback | undefined = told
  if (!isBegun && (await newerThan(crm, told)) !== undefined) next = undefined
  for (let tellings = 0; next !== undefined; tellings += 1) {
    if (tellings === MAX_TELLINGS) throw new SystemUnavailable(`${customerId} changes all the time`)
    const effectKey = tellings === 0 ? effect.effectKey : `${effect.effectKey}/${next.asOf.toString()}`
    const { violations } = await send(telling, next, effectKey)
    if (violations !== undefined) return { violations }
    next = await newerThan(crm, next)
  }
  return { value: null }
}

/** What is noted of a customer where that is newer. */
async function newerThan(
  crm: Database,
  { customerId, asOf }: ToldFeedback,
): Promise<ToldFeedback | undefined> {
  const [customer] = await readRows(crm, customers, [customerId])
  const noted = customer?.billingFeedback
  return noted && Temporal.Instant.compare(noted.asOf, asOf) > 0 ? { ...noted, customerId } : undefined
}

async function send(
  { connector, effect, id, outside }: Telling,
  { standing, disputeOpen, dunningPaused, creditHold, asOf }: ToldFeedback,
  effectKey: string,
): Promise<Outcome<unknown>> {
  const payload = {
    customer: id,
    standing: standing ?? null,
    disputeOpen,
    dunningPaused,
    creditHold,
    asOf: String(asOf),
  }
  const step = { connector, operation: 'updateStanding', objectType: 'standing', payload }
  return madeOutside(outside.carryOut, step, { ...effect, effectKey })
}
