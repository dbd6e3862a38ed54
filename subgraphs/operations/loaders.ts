import DataLoader from 'dataloader'
import type { Approval } from '#domain/approval.ts'
import type { RaisedException } from '#domain/exception.ts'
import type { AuditRecord } from '#domain/audit.ts'
import type { Workflow } from '#domain/workflow.ts'
import type { CommandContext } from '#platform/command.ts'
import type { Database, Queryable } from '#platform/database.ts'
import { lazily } from '#platform/lazily.ts'
import { type Connection, loadById } from '#platform/loaders.ts'
import type { EventFeed } from '#platform/log/subscribe.ts'
import type { RuleName } from '#domain/reconciliation-rules.ts'
import type { ReplayTarget } from './replays/replay.ts'
import { readAttempts, type WebhookDelivery } from './delivery-store.ts'
import { approvals } from './approval-store.ts'
import { readEventsOf } from './audit-store.ts'
import { exceptions, readProposals } from './exception-store.ts'
import type { Systems } from './flows/systems.ts'
import { type DealsHealth, type HealthRange, readDealsHealth } from './health/deals.ts'
import type { LeakageSources } from './reconciliation/sources.ts'
import type { Exports } from './exports/desk.ts'
import type { HealthSources } from './health/sources.ts'
import { readAgreements, readBreaks, readBreaksById } from './reconciliation-store.ts'
import type { ReconciliationRun } from './run-store.ts'
import { readWebhooks, type WebhookName } from './inbound-store.ts'
import { modelActivations } from './model-store.ts'
import type { ModelDesk } from './models/desk.ts'
import type { Services } from './services/services.ts'
import type { ServiceSources } from './services/sources.ts'
import { webhookEndpoints } from './webhook-store.ts'
import { workflows } from './workflow-store.ts'
import type { WorkflowDesk } from './workflows/desk.ts'

export type WebhookDeliveryConnection = Connection<WebhookDelivery>
export type ApprovalConnection = Connection<Approval>
export type ExceptionConnection = Connection<RaisedException>
export type ReconciliationRunConnection = Connection<ReconciliationRun>
export type WorkflowConnection = Connection<Workflow>
export type AuditRecordConnection = Connection<AuditRecord>

/** An object that another subgraph keeps. */
export interface Reference {
  readonly id: string
}

/** What one request rests on. */
interface Source {
  readonly db: Queryable
  readonly write: Writing
  readonly replayTargets: () => readonly ReplayTarget[]
  readonly desk: WorkflowDesk<Systems>
  readonly feed: EventFeed
  readonly models: ModelDesk
  readonly sources: ServiceSources
  readonly services: Services
  readonly health: HealthSources
  readonly exports: Exports
  readonly leakage: LeakageSources
  readonly checkPeriod: Systems['erp']['checkPeriod']
  readonly today: Temporal.PlainDate
}

/** What mutations write with: they go on when nobody waits any more. */
export interface Writing {
  readonly db: Database
  readonly command: CommandContext
}

/** Attempts that are shown of a delivery. */
const SHOWN_ATTEMPTS = 20

/** Breaks that are shown of a rule. */
const SHOWN_BREAKS = 100

/** What the resolvers of operations share during one request. */
export type Context = ReturnType<typeof createContext>

/** The loaders of one request, and the way to write. */
export const createContext = lazily<Source>()({
  db: ({ db }) => db,
  write: ({ write }) => write,
  /** The subgraphs whose consumers can take events again. */
  replayTargets: ({ replayTargets }) => replayTargets,
  /** Where subscriptions get their events. */
  feed: ({ feed }) => feed,
  /** Where workflows are asked for. */
  desk: ({ desk }) => desk,
  approval: ({ db }) => loadById(db, approvals),
  /** The events that records of the audit trail tell of; undefined for one that is gone. */
  auditedEvent: ({ db }) => new DataLoader((records: readonly AuditRecord[]) => readEventsOf(db, records)),
  exception: ({ db }) => loadById(db, exceptions),
  /** What waits to be taken over or not, by the object that it is about. */
  proposals: ({ db }) => new DataLoader((ids: readonly string[]) => readProposals(db, ids)),
  /** Webhooks of outside systems. */
  inboundWebhook: ({ db }) => new DataLoader((names: readonly WebhookName[]) => readWebhooks(db, names)),
  /** The workflow models, and which of them holds. */
  models: ({ models }) => models,
  /** What the three systems know. */
  sources: ({ sources }) => sources,
  services: ({ services }) => services,
  today: ({ today }) => today,
  /** What leakage is read from beside the breaks. */
  leakage: ({ leakage }) => leakage,
  /** What keeps a period from being closed. */
  checkPeriod: ({ checkPeriod }) => checkPeriod,
  /** What makes files of views. */
  exports: ({ exports }) => exports,
  /** What the health of processes is read from. */
  health: ({ health }) => health,
  /** How the deals of a range of days get on: looked at once, whatever is asked of them. */
  dealsHealth: ({ db, health, today }) => {
    const looks = new Map<string, Promise<DealsHealth>>()
    return ({ from, to }: HealthRange) =>
      looks.getOrInsertComputed(`${from.toString()} ${to.toString()}`, () =>
        readDealsHealth(db, health, { from, to }, today),
      )
  },
  modelActivation: ({ db }) => loadById(db, modelActivations),
  workflow: ({ db }) => loadById(db, workflows),
  /** The breaks of rules, for each month that is asked for. */
  reconciliationBreaks: ({ db }) => {
    const load = (period: string) =>
      new DataLoader((rules: readonly RuleName[]) => readBreaks(db, rules, period, SHOWN_BREAKS))
    const loaders = new Map<string, ReturnType<typeof load>>()
    return (period: string) => loaders.getOrInsertComputed(period, load)
  },
  /** Whether the systems hold the same of contracts. */
  contractAgreement: ({ db }) => new DataLoader((ids: readonly string[]) => readAgreements(db, ids)),
  reconciliationBreak: ({ db }) => new DataLoader((ids: readonly string[]) => readBreaksById(db, ids)),
  webhookEndpoint: ({ db }) => loadById(db, webhookEndpoints),
  webhookAttempts: ({ db }) =>
    new DataLoader((ids: readonly string[]) => readAttempts(db, ids, SHOWN_ATTEMPTS)),
})
