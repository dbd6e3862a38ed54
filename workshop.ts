/** What workflows are planned and carried out with: the product's flows, models and services over its systems. */
import type { Clock } from '#platform/clock.ts'
import type { Log } from '#platform/log.ts'
import { askForApprovals } from '#subgraphs/operations/approvals/ask.ts'
import { attendExceptions } from '#subgraphs/operations/exceptions/attend.ts'
import { rulesByModel } from '#subgraphs/operations/exceptions/rules.ts'
import { flows } from '#subgraphs/operations/flows/flows.ts'
import { planByModel } from '#subgraphs/operations/flows/plan.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import { openModelDesk } from '#subgraphs/operations/models/desk.ts'
import { catalogueOf } from '#subgraphs/operations/models/flow-catalogue.ts'
import { createServices } from '#subgraphs/operations/services/services.ts'
import { readTaxRules } from '#subgraphs/operations/services/tax-file.ts'
import { providerByRules } from '#subgraphs/operations/services/tax-provider.ts'
import type { OperationsSetup } from '#subgraphs/operations/subgraph.ts'
import type { Workshop } from '#subgraphs/operations/workflows/carry-out.ts'
import type { Planner } from '#subgraphs/operations/workflows/desk.ts'
import { retryByModel } from '#subgraphs/operations/workflows/retry.ts'
import { allOf } from '#subgraphs/operations/workflows/save.ts'
import { type AtMoment, createOutside, type OutsideConfig } from '#outside/outside.ts'
import type { DatabaseOf } from './product.ts'
import { serviceSources } from './service-sources.ts'
import { connectSystems } from './systems.ts'

/** What workflows are planned and carried out with. */
export function workshopOf(
  databaseOf: DatabaseOf,
  clock: Clock,
  log: Log,
  connected: OutsideConfig | null = null,
  at?: AtMoment,
): { readonly workshop: Workshop<Systems>; readonly planOf: Planner } {
  const shared = createShared(databaseOf, clock)
  const { models, sources } = shared
  const setup = { sources, modelOf: models.pick }
  const db = databaseOf('operations')
  const workshop = {
    db,
    flows,
    systems: connectSystems(databaseOf, clock, shared, createOutside(connected, db, at)),
    context: (correlationId: string) => ({ subgraph: 'operations', clock, correlationId }),
    retryOf: retryByModel(setup),
    alongWith: allOf(attendExceptions(rulesByModel(setup), clock), askForApprovals(clock)),
    log,
  }
  return { workshop, planOf: (...asked) => planByModel(models, sources, ...asked) }
}

/** The workflow models and the services that flows and clients share. */
export function createShared(
  databaseOf: DatabaseOf,
  clock: Clock,
): Pick<OperationsSetup, 'models' | 'sources' | 'services'> {
  const models = openModelDesk(databaseOf('operations'), clock, catalogueOf(flows))
  const taxes = readTaxRules()
  const sources = serviceSources(databaseOf)
  const taxProviders = { rules: providerByRules(taxes) }
  return { models, sources, services: createServices({ sources, modelOf: models.pick, taxes, taxProviders }) }
}
