import type { AccountingPeriod, AccountingPeriodFact } from '#domain/erp.ts'
import { accountingPeriodEvent } from '#domain/event.ts'
import type { RecordCount } from '#domain/facts.ts'
import { restatedStatus } from '#domain/period.ts'
import { checkAccountingPeriod } from '#domain/reference-data.ts'
import type { Aggregate, CommandContext, Draft, UnitOfWork } from '#platform/command.ts'
import { decideFacts } from '#platform/facts.ts'
import { sealEntries } from './seal-store.ts'
import { accountingPeriods } from './tables.ts'

export const periodAggregate: Aggregate<AccountingPeriod> = {
  name: 'period',
  table: accountingPeriods,
  event: accountingPeriodEvent,
}

/**
 * Records what a source states about periods. One that it closes is sealed as it is: the source decided that, and
 * nobody is asked. The caller holds the locks of the legal entities.
 */
export async function recordPeriods(
  unit: UnitOfWork,
  context: CommandContext,
  facts: readonly AccountingPeriodFact[] = [],
): Promise<RecordCount> {
  const decided = await decideFacts(unit, { name: 'period', check: checkAccountingPeriod }, facts)
  const known = await unit.lock(
    periodAggregate,
    decided.news.map(({ id }) => id),
  )
  const changes = []
  for (const fact of decided.news.toSorted(byStart)) {
    const before = known.get(fact.id)
    changes.push({ before, after: await restate(unit, context, fact, before) })
  }
  await unit.save(periodAggregate, changes)
  await decided.remember()
  return decided.count
}

async function restate(
  unit: UnitOfWork,
  { clock }: CommandContext,
  fact: AccountingPeriodFact,
  known: AccountingPeriod | undefined,
): Promise<Draft<AccountingPeriod>> {
  const status = restatedStatus(fact, known)
  if (known === undefined || known.status !== 'CLOSED') {
    const { sealHash = null, closedBy = null, reopenings = [] } = known ?? {}
    if (status !== 'CLOSED') return { ...fact, status, sealHash, closedBy, reopenings }
    return {
      ...fact,
      status,
      sealHash: await sealEntries(unit, fact, clock.now()),
      closedBy: sourceOf(fact),
      reopenings,
    }
  }
  // The days of a closed period are those of its entries.
  const { externalRefs } = fact
  if (status === 'CLOSED') return { ...known, externalRefs }
  const reopening = { actor: sourceOf(fact), reason: 'Stated by the source', reopenedAt: clock.now() }
  return { ...known, externalRefs, status, reopenings: [...known.reopenings, reopening] }
}

const sourceOf = ({ externalRefs }: AccountingPeriodFact): string => externalRefs[0]?.system ?? ''

function byStart(a: AccountingPeriodFact, b: AccountingPeriodFact): number {
  return Temporal.PlainDate.compare(a.range.start, b.range.start)
}
