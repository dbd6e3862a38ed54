/** What the product is made of: the subgraphs over their stores, and the intake that feeds them. */
import { readFileSync } from 'node:fs'
import type { RecordFacts } from '#domain/facts.ts'
import { type Clock, today } from '#platform/clock.ts'
import type { CommandContext } from '#platform/command.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Database } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import type { Bus } from '#platform/log/bus.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import { consumerOf, type Projection } from '#platform/log/projection.ts'
import type { ServedSubgraph } from '#platform/subgraph-server.ts'
import { type ConnectedDocuments, readConnected } from '#subgraphs/billing/documents.ts'
import { readDueTerms } from '#subgraphs/crm/term-store.ts'
import { readDueContracts } from '#subgraphs/billing/due-store.ts'
import { readDueCollections } from '#subgraphs/billing/dunning-store.ts'
import { readNotedOverdue } from '#subgraphs/billing/overdue-store.ts'
import { recordOverdue } from '#subgraphs/billing/overdue.ts'
import { recordBillingFacts } from '#subgraphs/billing/record.ts'
import { importPositions } from '#subgraphs/billing/store.ts'
import { billing } from '#subgraphs/billing/subgraph.ts'
import { readUnratedUsage, readUsedIn } from '#subgraphs/billing/unrated.ts'
import { recordCrmFacts } from '#subgraphs/crm/record.ts'
import { crm } from '#subgraphs/crm/subgraph.ts'
import { postDocuments } from '#subgraphs/erp/post.ts'
import { recordReferenceFacts } from '#subgraphs/erp/record-reference.ts'
import { recordErpFacts } from '#subgraphs/erp/record.ts'
import { buildSchedules } from '#subgraphs/erp/schedule.ts'
import { readBlockedSources } from '#subgraphs/erp/store.ts'
import { erp } from '#subgraphs/erp/subgraph.ts'
import { metricProjections } from '#subgraphs/insight/metrics/projections.ts'
import { standingProjections } from '#subgraphs/insight/project.ts'
import { insight } from '#subgraphs/insight/subgraph.ts'
import { auditConsumers } from '#subgraphs/operations/audit/record.ts'
import { billLastMonth } from '#subgraphs/operations/clock/bill-months.ts'
import { billDueContracts } from '#subgraphs/operations/clock/bill-contracts.ts'
import { collectDue } from '#subgraphs/operations/clock/collect.ts'
import { followTerms } from '#subgraphs/operations/clock/follow-terms.ts'
import { raiseForeignWrites } from '#subgraphs/operations/exceptions/foreign-write.ts'
import { noticeOverdue } from '#subgraphs/operations/overdue.ts'
import type { Systems as FlowSystems } from '#subgraphs/operations/flows/systems.ts'
import { triggers } from '#subgraphs/operations/flows/triggers.ts'
import { createIntake, type Systems, type Trouble } from '#subgraphs/operations/intake.ts'
import type { ReplayTarget } from '#subgraphs/operations/replays/replay.ts'
import { referenceProjections } from '#subgraphs/operations/reference/project.ts'
import { reconciliationProjections } from '#subgraphs/operations/reconciliation/project.ts'
import { operations } from '#subgraphs/operations/subgraph.ts'
import { openGuard } from '#subgraphs/operations/models/guard.ts'
import { STORED_SUBGRAPHS } from '#subgraphs/stored.ts'
import { once } from '#platform/once.ts'
import { readEventRoutings } from '#subgraphs/operations/models/event-routings.ts'
import { webhookConsumersOf } from '#subgraphs/operations/webhooks/sources.ts'
import { openWorkflowDesk, type WorkflowDesk } from '#subgraphs/operations/workflows/desk.ts'
import { consumerOfTrigger } from '#subgraphs/operations/workflows/trigger.ts'
import { exportSource } from './export-source.ts'
import { healthSources } from './health-sources.ts'
import { ledgerTrigger } from '#outside/ledger-trigger.ts'
import { createOutside, type OutsideConfig } from '#outside/outside.ts'
import { checkPeriodOf, readDatedOf } from './systems.ts'
import { createShared, workshopOf } from './workshop.ts'

/** The composed schema as it is committed. */
export const supergraph = readFileSync(new URL('./schema/supergraph.graphql', import.meta.url), 'utf8')

/** `node` names the type of an id without asking the system that keeps it: when it was recorded, that one knows. */
export const proofs = { Node: 'recordedAt' } as const

/** The field that tells where events end, for answers that tell what they reflect. */
export const cursorField = 'eventCursor'

/** What of each subgraph is known from events and can be built anew from them; each is a consumer as well. */
export const projections: Readonly<Record<SubgraphName, readonly Projection[]>> = {
  crm: [],
  billing: [],
  erp: [],
  insight: [...standingProjections, ...metricProjections],
  operations: [...referenceProjections, ...reconciliationProjections],
}

/** Databases by subgraph, each under its subgraph's role. */
export type DatabaseOf = (subgraph: SubgraphName) => Database

/** All that takes note of events in a subgraph. */
export const consumersOf = (
  subgraph: SubgraphName,
  databaseOf: DatabaseOf,
  clock: Clock,
  log: Log,
  connected: OutsideConfig | null = null,
): Consumer[] => [
  ...(subgraph === 'operations' ? operationsConsumers(databaseOf, clock, log, connected) : []),
  ...projections[subgraph].map((projection) => consumerOf(projection)),
]

/** What is sent on to others, and what starts flows. */
function operationsConsumers(
  databaseOf: DatabaseOf,
  clock: Clock,
  log: Log,
  connected: OutsideConfig | null,
): Consumer[] {
  const desk = workflowDesk(databaseOf, clock, log, connected)
  const outside = createOutside(connected, databaseOf('operations'))
  const ledger = outside.mastersOf('ERP').length > 0 ? [ledgerTrigger(outside, databaseOf('erp'))] : []
  const shared = once(() => createShared(databaseOf, clock))
  const readRoutings = () => {
    const { models, sources } = shared()
    return readEventRoutings({ sources, modelOf: models.pick })
  }
  return [
    ...webhookConsumersOf(readRoutings),
    ...auditConsumers,
    ...[...triggers, ...ledger].map((trigger) => consumerOfTrigger(trigger, desk)),
  ]
}

/**
 * Makes one subgraph. `databaseOf` is asked only by those that keep something; `connected` names the outside systems
 * that master some of our data, null for none.
 */
export function createSubgraph(
  name: SubgraphName,
  databaseOf: DatabaseOf,
  clock: Clock,
  bus: Bus,
  log: Log,
  connected: OutsideConfig | null = null,
): ServedSubgraph {
  switch (name) {
    case 'crm':
      return crm(databaseOf('crm'), clock)
    case 'billing':
      return billing(databaseOf('billing'), clock, bus)
    case 'erp':
      return erp(databaseOf('erp'), clock, readDatedOf(databaseOf))
    case 'insight':
      return insight(databaseOf('insight'), clock, bus)
    case 'operations':
      return operations(databaseOf('operations'), clock, {
        bus,
        replayTargets: () => replayTargets(databaseOf, clock, log, connected),
        desk: workflowDesk(databaseOf, clock, log, connected),
        health: healthSources(databaseOf),
        exports: { source: exportSource(databaseOf('operations')), log },
        checkPeriod: checkPeriodOf(databaseOf, clock),
        leakage: { unratedUsage: (month) => readUnratedUsage(databaseOf('billing'), month) },
        ...createShared(databaseOf, clock),
      })
  }
}

/** Desks by the database that keeps their workflows. */
const desks = new WeakMap<Database, WorkflowDesk<FlowSystems>>()

/**
 * Where workflows are asked for: one for a process, so that what is accepted there is gone on with at once. All who ask
 * for it in a process name the same outside systems.
 */
export function workflowDesk(
  databaseOf: DatabaseOf,
  clock: Clock,
  log: Log,
  connected: OutsideConfig | null = null,
): WorkflowDesk<FlowSystems> {
  return desks.getOrInsertComputed(databaseOf('operations'), () => {
    const { workshop, planOf } = workshopOf(databaseOf, clock, log, connected)
    return openWorkflowDesk(workshop, planOf)
  })
}

/** Has the month before billed for what was used of subscriptions of ours; returns how many bills were begun. */
export const billUsedMonth = (
  databaseOf: DatabaseOf,
  desk: WorkflowDesk<FlowSystems>,
  clock: Clock,
): Promise<number> =>
  billLastMonth({ desk, today: today(clock) }, (month, afterId, limit) =>
    readUsedIn(databaseOf('billing'), month, afterId, limit),
  )

/** Has contracts of ours billed for the periods that began before today; returns how many bills were begun. */
export const billContractsDue = (
  databaseOf: DatabaseOf,
  desk: WorkflowDesk<FlowSystems>,
  clock: Clock,
): Promise<number> =>
  billDueContracts({ desk, today: today(clock) }, (afterId, limit) =>
    readDueContracts(databaseOf('billing'), today(clock).subtract({ days: 1 }), afterId, limit),
  )

/** Has contracts begin, renew and expire by the calendar; returns how many workflows were begun. */
export const followContractTerms = (
  databaseOf: DatabaseOf,
  desk: WorkflowDesk<FlowSystems>,
  clock: Clock,
): Promise<number> =>
  followTerms({ desk, today: today(clock) }, (afterId, limit) =>
    readDueTerms(databaseOf('crm'), today(clock), afterId, limit),
  )

/** Starts what is due to be collected now; returns how many attempts were begun. */
export const collectOverdueInvoices = (
  databaseOf: DatabaseOf,
  desk: WorkflowDesk<FlowSystems>,
  clock: Clock,
): Promise<number> =>
  collectDue({ desk, today: today(clock) }, (afterId, limit) =>
    readDueCollections(databaseOf('billing'), clock.now(), afterId, limit),
  )

/** Whose consumers can take events again. */
const replayTargets = (
  databaseOf: DatabaseOf,
  clock: Clock,
  log: Log,
  connected: OutsideConfig | null,
): ReplayTarget[] =>
  STORED_SUBGRAPHS.map((subgraph) => ({
    subgraph,
    db: databaseOf(subgraph),
    consumers: consumersOf(subgraph, databaseOf, clock, log, connected),
    projections: projections[subgraph],
  }))

/** The way in for facts. All that follows from one call carries its correlation id. */
export function createRecordFacts(
  databaseOf: DatabaseOf,
  clock: Clock,
  correlationId: string,
  onTrouble?: (trouble: Trouble) => void,
): RecordFacts {
  const context = (subgraph: SubgraphName): CommandContext => ({ subgraph, clock, correlationId })
  const [inCrm, inBilling, inErp] = [databaseOf('crm'), databaseOf('billing'), databaseOf('erp')]
  const shared = createShared(databaseOf, clock)
  const setup = { sources: shared.sources, modelOf: shared.models.pick }
  const systems: Systems = {
    guard: (facts) => openGuard(setup, facts),
    crm: (facts, guard) => recordCrmFacts(inCrm, context('crm'), facts, guard),
    billing: (facts, guard) => recordBillingFacts(inBilling, context('billing'), facts, guard),
    raise: (held) => raiseForeignWrites(databaseOf('operations'), context('operations'), setup, held),
    erp: (facts) => recordErpFacts(inErp, context('erp'), facts),
    reference: (facts) => recordReferenceFacts(inErp, context('erp'), facts),
    blocked: (afterId, limit) => readBlockedSources(inErp, afterId, limit),
    documents: (ids) => readConnected(inBilling, ids),
    post: (documents) => postDocuments(inErp, context('erp'), documents),
    schedule: (sources) => buildSchedules(inErp, context('erp'), sources),
  }
  return createIntake(systems, onTrouble)
}

/** Notes invoices that became overdue, in billing and then in the books. Returns their number; mostly none. */
export function noticeOverdueInvoices(
  databaseOf: DatabaseOf,
  clock: Clock,
  correlationId: string,
): Promise<number> {
  const [inBilling, inErp] = [databaseOf('billing'), databaseOf('erp')]
  const systems = {
    note: () => recordOverdue(inBilling, { subgraph: 'billing', clock, correlationId }),
    noted: (since: Temporal.Instant, afterId: string, limit: number) =>
      readNotedOverdue(inBilling, since, afterId, limit),
    documents: (ids: readonly string[]) => readConnected(inBilling, ids),
    post: (documents: ConnectedDocuments) =>
      postDocuments(inErp, { subgraph: 'erp', clock, correlationId }, documents),
    mark: importPositions<{ since: string }>(inBilling, 'overdue'),
  }
  return noticeOverdue(systems, clock.now())
}
