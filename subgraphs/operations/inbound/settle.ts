/** Notes what became of a webhook, and has a person see what failed. */
import type { ExceptionRule, RaisedException } from '#domain/exception.ts'
import { inboundFailure } from '#domain/raise-exception.ts'
import type { Clock } from '#platform/clock.ts'
import { type Draft, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { canonicalId } from '#platform/ids.ts'
import { exceptionAggregate } from '../exceptions/attend.ts'
import { type DueWebhook, settleWebhook, type WebhookFate, type WebhookName } from '../inbound-store.ts'

/** What settling needs. */
export interface Settling {
  readonly db: Database
  readonly clock: Clock
  /** Who answers for what failed. */
  readonly rules: () => Promise<readonly ExceptionRule[]>
}

/** What became of taking a webhook in. */
export type Fate = WebhookFate & (Taken | Failed)

interface Taken {
  readonly status: 'PENDING' | 'TAKEN' | 'IGNORED'
}

interface Failed {
  readonly status: 'FAILED'
  readonly code: 'WEBHOOK_UNREADABLE' | 'WEBHOOK_NOT_RECORDED'
  readonly note: string
}

/** The one exception that a webhook has. */
const exceptionIdOf = ({ source, webhookId }: WebhookName): string =>
  canonicalId('exception', 'revgraph', 'operations', 'inbound', `${source} ${webhookId}`)

/**
 * Notes what became of a webhook, unless another node has settled it, and in the same transaction opens its exception,
 * or resolves the one that it had. The exception is locked first, as by whoever decides about it.
 */
export async function settle(
  { db, clock, rules: rulesOf }: Settling,
  webhook: DueWebhook,
  fate: Fate,
): Promise<void> {
  const rules = fate.status === 'FAILED' ? await rulesOf() : []
  const id = exceptionIdOf(webhook)
  await runCommand(db, { subgraph: 'operations', clock, correlationId: 'webhooks' }, async (unit) => {
    const before = (await unit.lock(exceptionAggregate, [id])).get(id)
    if (!(await settleWebhook(unit, webhook, fate))) return
    const after =
      fate.status === 'FAILED'
        ? inboundFailure(failureOf(webhook, fate), id, before, rules, clock.now())
        : resolved(before, fate)
    if (after !== undefined) await unit.save(exceptionAggregate, [{ before, after }])
  })
}

const failureOf = ({ source, webhookId, attempts }: DueWebhook, { code, note: reason }: Failed) => ({
  source,
  webhookId,
  code,
  reason,
  attempts: attempts + 1,
})

/** The exception of a webhook that was taken in after all; undefined where nobody waits for that. */
function resolved(
  before: RaisedException | undefined,
  { status, at }: WebhookFate,
): Draft<RaisedException> | undefined {
  if (status === 'PENDING' || before === undefined || before.status === 'RESOLVED') return undefined
  return { ...before, status: 'RESOLVED', resolvedAt: at }
}
