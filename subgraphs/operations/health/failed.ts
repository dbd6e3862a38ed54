import { DEFAULT_EXCEPTION_RULES, type ExceptionRule, type Owner } from '#domain/exception.ts'
import { money, type PrintableMoney } from '#domain/money.ts'
import type { Queryable } from '#platform/database.ts'
import { readAllSetAside } from '#platform/log/latency-store.ts'
import type { FailureClass } from '#schema/operations.generated.ts'
import { type FailedOf, readFailedWebhooks, readOpenExceptions } from '../health-store.ts'
import type { ReplayTarget } from '../replays/replay.ts'
import type { HealthSources } from './sources.ts'

/** What failed and waits to be mended, of one class, and who mends it. */
interface FailedTransactions extends Omit<FailedOf<FailureClass>, 'moneyAtRisk'> {
  readonly owner: Owner
  readonly moneyAtRisk: readonly PrintableMoney[]
}

/** Who mends what is no exception. */
const OWNERS = {
  POSTING_BLOCKED: 'FINANCE',
  EVENT_SET_ASIDE: 'PLATFORM',
  WEBHOOK_UNDELIVERED: 'PLATFORM',
} as const satisfies Partial<Record<FailureClass, Owner>>

/** Every class, and who answers for it by the rules of a model, by default where that names nobody. */
const classesBy = (
  rules: readonly ExceptionRule[],
): readonly { readonly class: FailureClass; readonly owner: Owner }[] => [
  ...DEFAULT_EXCEPTION_RULES.map(({ class: name, owner }) => ({
    class: name,
    owner: rules.find((rule) => rule.class === name)?.owner ?? owner,
  })),
  ...Object.entries(OWNERS).map(([name, owner]) => ({ class: name as keyof typeof OWNERS, owner })),
]

/** What failed and waits to be mended, by class; classes of which nothing waits as well. */
export async function readFailed(
  db: Queryable,
  targets: readonly Pick<ReplayTarget, 'db' | 'subgraph'>[],
  { blockedPostings }: HealthSources,
  rules: readonly ExceptionRule[],
): Promise<FailedTransactions[]> {
  const [exceptions, webhooks, blocked, ...setAside] = await Promise.all([
    readOpenExceptions(db),
    readFailedWebhooks(db),
    blockedPostings(),
    ...targets.map((target) => readAllSetAside(target.db, target.subgraph)),
  ])
  const [oldestAt = null] = setAside
    .flatMap((of) => of.oldestAt ?? [])
    .toSorted((a, b) => Temporal.Instant.compare(a, b))
  const failed: readonly FailedOf[] = [
    ...exceptions,
    ...webhooks,
    { class: 'POSTING_BLOCKED', ...blocked, moneyAtRisk: [] },
    {
      class: 'EVENT_SET_ASIDE',
      count: setAside.reduce((count, of) => count + of.count, 0),
      oldestAt,
      moneyAtRisk: [],
    },
  ]
  return classesBy(rules).map(({ class: name, owner }) => {
    const of = failed.find((each) => each.class === name)
    return {
      class: name,
      owner,
      count: of?.count ?? 0,
      oldestAt: of?.oldestAt ?? null,
      moneyAtRisk: (of?.moneyAtRisk ?? []).map(({ minorUnits, currency }) => money(minorUnits, currency)),
    }
  })
}
