import { isBefore } from '#domain/calendar.ts'
import { durationsOf, invoiceDeadline } from '#domain/deal-progress.ts'
import { money } from '#domain/money.ts'
import { nextTurn, type Workflow } from '#domain/workflow.ts'
import { publicError } from '#platform/errors.ts'
import type { Resolvers } from '#schema/operations.generated.ts'
import { countStuckWorkflows, readGateWaits, readStuckWorkflows } from '../health-store.ts'
import { rulesByModel } from '../exceptions/rules.ts'
import type { Context } from '../loaders.ts'
import type { HealthRange } from './deals.ts'
import { readFailed } from './failed.ts'
import { readLatency, secondsBetween, secondsSince } from './latency.ts'

/** The days that were asked for, with the id that names them. */
export interface ProcessHealthOf extends HealthRange {
  readonly id: string
}

/** Workflows that do not get on, as they were counted. */
export interface StuckOf {
  readonly before: Temporal.Instant
  readonly byStatus: Awaited<ReturnType<typeof countStuckWorkflows>>
}

/** Days that are looked at where nobody says otherwise. */
const DEFAULT_DAYS = 365
/** A workflow takes seconds where nobody is asked and every system answers. */
const STUCK_AFTER_MINUTES = 15
/** Workflows that are shown. */
const SHOWN_WORKFLOWS = 100

/** The queries of health. */
export const healthQueries = {
  processHealth: (_, { from, to }, { today }) => healthOf(from ?? null, to ?? today),
  failedTransactions: async (_, __, { db, replayTargets, health, models, sources }) => {
    const rules = await rulesByModel({ sources, modelOf: models.pick })({ legalEntityId: null })
    return readFailed(db, replayTargets(), health, rules)
  },
  messageLatency: (_, __, { replayTargets, write }) =>
    readLatency(replayTargets(), write.command.clock.now()),
} satisfies Resolvers['Query']

function healthOf(first: Temporal.PlainDate | null, to: Temporal.PlainDate): ProcessHealthOf {
  const from = first ?? to.subtract({ days: DEFAULT_DAYS })
  if (isBefore(to, from))
    throw publicError('BAD_USER_INPUT', `"from", ${from.toString()}, is after "to", ${to.toString()}.`)
  return { id: `${from.toString()}..${to.toString()}`, from, to }
}

/** The days that an id names. */
function namedBy(id: string): ProcessHealthOf {
  const [, from, to] = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(id) ?? []
  if (from === undefined || to === undefined) throw publicError('NOT_FOUND', `No days are named "${id}".`)
  return healthOf(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to))
}

const PARTS = 1_000
/** A duration to the thousandth part of its unit. */
const printed = (duration: number | null): string | null =>
  duration === null ? null : String(Math.round(duration * PARTS) / PARTS)

const nowOf = ({ write }: Context): Temporal.Instant => write.command.clock.now()

/** The step that a workflow is at; undefined where it stands in line. */
function stepOf(workflow: Workflow): Workflow['steps'][number] | undefined {
  const failed = workflow.steps.find(({ status, error }) => status === 'FAILED' || error !== null)
  const step = failed ?? workflow.steps.find(({ status }) => status === 'RUNNING') ?? nextTurn(workflow)?.step
  return step?.startedAt === null ? undefined : step
}

/** What is told of health. */
export const healthResolvers = {
  ProcessHealth: {
    __resolveReference: ({ id }) => namedBy(id),
    funnel: async (range, _, { dealsHealth }) => (await dealsHealth(range)).funnel,
    dealToInvoiceDays: async (range, _, { dealsHealth }) => (await dealsHealth(range)).dealToInvoiceDays,
    invoiceToPostingSeconds: async (range, _, { dealsHealth }) =>
      (await dealsHealth(range)).invoiceToPostingSeconds,
    lateInvoices: (range, _, { dealsHealth }) => dealsHealth(range),
    stuckWorkflows: async (_, __, { db, write }) => {
      const before = write.command.clock.now().subtract({ minutes: STUCK_AFTER_MINUTES })
      return { before, byStatus: await countStuckWorkflows(db, before) }
    },
    gates: ({ from }, _, { db }) => readGateWaits(db, from.toZonedDateTime('UTC').toInstant()),
  },
  DurationSummary: {
    p50: ({ p50 }) => printed(p50),
    p90: ({ p90 }) => printed(p90),
  },
  LateInvoices: {
    deadlineDays: () => invoiceDeadline.days,
    count: ({ lateCount }) => lateCount,
    totals: ({ lateTotals }) => lateTotals,
    deals: ({ late }) => late,
  },
  LateInvoice: {
    opportunity: ({ opportunityId: id }) => ({ id }),
    customer: ({ customerId: id }) => ({ id }),
    contract: ({ contractId }) => (contractId === null ? null : { id: contractId }),
    amount: ({ amount }) => money(amount.minorUnits, amount.currency),
    ageDays: ({ wonOn }, _, { today }) => wonOn.until(today, { largestUnit: 'day' }).days,
  },
  StuckWorkflows: {
    stuckAfterMinutes: () => STUCK_AFTER_MINUTES,
    count: ({ byStatus }) => byStatus.reduce((total, { count }) => total + count, 0),
    workflows: ({ before }, _, { db }) => readStuckWorkflows(db, before, SHOWN_WORKFLOWS),
  },
  StuckWorkflow: {
    step: ({ workflow }) => stepOf(workflow)?.name ?? null,
    ageSeconds: ({ workflow }, _, context) =>
      secondsBetween(stepOf(workflow)?.startedAt ?? workflow.acceptedAt, nowOf(context)),
    owner: ({ owner }) => owner ?? 'PLATFORM',
  },
  GateWait: {
    decidedSeconds: ({ seconds }) => durationsOf(seconds),
    oldestPendingSeconds: ({ waitingSince }, _, context) => secondsSince(waitingSince, nowOf(context)),
  },
} satisfies Resolvers
