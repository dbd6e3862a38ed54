/** How what a system states of another one's field is held back, and taken over where a person agrees. */
import type { Outcome } from '#domain/failure.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Effect } from '#platform/effect.ts'
import { kindOf } from '#platform/proposal-taking.ts'
import { readRows } from '#platform/table.ts'
import {
  PROPOSABLES as ofBilling,
  takeOver as takeOverInBilling,
} from '#subgraphs/billing/commands/take-over.ts'
import { prices, products } from '#subgraphs/billing/tables.ts'
import { PROPOSABLES as ofCrm, takeOver as takeOverInCrm } from '#subgraphs/crm/commands/take-over.ts'
import { contracts, customers } from '#subgraphs/crm/store.ts'
import { upsertCustomer } from '#subgraphs/crm/commands/upsert-customer.ts'
import { recordReferenceFacts } from '#subgraphs/erp/record-reference.ts'
import { buildSchedules } from '#subgraphs/erp/schedule.ts'
import { raiseForeignWritesOnce } from '#subgraphs/operations/exceptions/foreign-write.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import { openGuard } from '#subgraphs/operations/models/guard.ts'
import type { ModelSetup } from '#subgraphs/operations/models/model-for.ts'
import type { StepEffect } from '#subgraphs/operations/workflows/flow.ts'
import type { DatabaseOf } from './product.ts'

/** What each system does about proposals. */
export function connectProposals(
  databaseOf: DatabaseOf,
  effectIn: (subgraph: SubgraphName, effect: StepEffect) => Effect,
): Systems['proposals'] {
  const follow = async (effect: StepEffect, object: string, ids: readonly string[]): Promise<void> => {
    const [inErp, context] = [databaseOf('erp'), effectIn('erp', effect)]
    switch (object) {
      case 'customer':
        return recordReferenceFacts(inErp, context, {
          customers: await readRows(databaseOf('crm'), customers, ids),
        })
      case 'product':
        return recordReferenceFacts(inErp, context, {
          products: await readRows(databaseOf('billing'), products, ids),
        })
      case 'price':
        return recordReferenceFacts(inErp, context, {
          prices: await readRows(databaseOf('billing'), prices, ids),
        })
      case 'contract':
        await buildSchedules(inErp, context, {
          contracts: await readRows(databaseOf('crm'), contracts, ids),
          invoices: [],
        })
    }
  }
  return {
    check: (proposal) => {
      const keeper = keeperOf(proposal.object)
      const known = keeper === 'crm' ? ofCrm : ofBilling
      return kindOf(known, proposal).check(databaseOf(keeper), proposal)
    },
    takeOver: (effect, proposal) => {
      const keeper = keeperOf(proposal.object)
      const takeOver = keeper === 'crm' ? takeOverInCrm : takeOverInBilling
      return takeOver(databaseOf(keeper), effectIn(keeper, effect), proposal)
    },
    follow: async (effect, { object, objectId }): Promise<Outcome<null>> => {
      await follow(effect, object, [objectId])
      return { value: null }
    },
  }
}

/** Keeps what a system states of a customer; what another one masters stays, and is before a person with the step. */
export const upsertByMasters =
  (
    databaseOf: DatabaseOf,
    effectIn: (subgraph: SubgraphName, effect: StepEffect) => Effect,
    setup: ModelSetup,
  ): Systems['crm']['upsertCustomer'] =>
  async (effect, upsert) => {
    const guard = await openGuard(setup, { customers: [upsert.stated] })
    const upserted = await upsertCustomer(databaseOf('crm'), effectIn('crm', effect), upsert, guard)
    if (upserted.violations !== undefined) return upserted
    // A death before this repeats the step, which gives what was held the first time.
    const { held = [] } = upserted.value
    const inOperations = effectIn('operations', effect)
    const { violations } = await raiseForeignWritesOnce(databaseOf('operations'), inOperations, setup, held)
    return violations === undefined ? upserted : { violations }
  }

const keeperOf = (object: string): 'crm' | 'billing' => (Object.hasOwn(ofBilling, object) ? 'billing' : 'crm')
