/** What a close does in the books, step by step; each may be asked for again. */
import type { Blocker } from '#domain/checklist.ts'
import type { AccountingPeriod } from '#domain/erp.ts'
import type { Outcome, Violation } from '#domain/failure.ts'
import { PostingBlockedError } from '#domain/ledger.ts'
import { lastDayOf, statusBeforeClose } from '#domain/period.ts'
import type { CommandContext, UnitOfWork } from '#platform/command.ts'
import type { Database, Queryable } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { readRows } from '#platform/table.ts'
import {
  checkPeriod,
  type DuePeriod,
  duePeriod,
  findBlockers,
  type PeriodName,
  type ReadDated,
  tallyUnposted,
} from '../checklist.ts'
import { type CloseStep, postClosing, readClosingWork } from '../closing.ts'
import { readDueMonths } from '../period-store.ts'
import { periodAggregate } from '../periods.ts'
import { recognizeRevenue } from '../recognize.ts'
import { sealEntries } from '../seal-store.ts'
import { lockLegalEntities, readPeriods } from '../store.ts'
import { legalEntities } from '../tables.ts'
import { BLOCKED_CODES } from './book.ts'

/** A period that is sealed, and who has it closed. */
export interface Sealing extends PeriodName {
  readonly closedBy: string
}

/**
 * Has a period be seen as one that is about to be closed. Refused with the reasons of `duePeriod`, and PERIOD_BLOCKED
 * while anything is left on its checklist.
 */
export function beginClose(
  db: Database,
  effect: Effect,
  name: PeriodName,
  readDated: ReadDated,
): Promise<Outcome<null>> {
  return applyOnce(db, effect, { operation: 'beginClose', input: name }, async (unit) => {
    const { violations, blockers } = await checkPeriod(unit, effect.clock, name, readDated)
    if (violations.length + blockers.length > 0) return { violations: [...violations, ...blocked(blockers)] }
    const { value: due, violations: meanwhile } = await lockDue(unit, effect, name)
    if (meanwhile !== undefined) return { violations: meanwhile }
    await changeStatus(unit, due.period, 'PENDING_CLOSE')
    return { value: null }
  })
}

/** The inverse of `beginClose`: the period is as open as it was. One that was closed meanwhile stays so. */
export function giveUpClose(db: Database, effect: Effect, name: PeriodName): Promise<Outcome<null>> {
  return applyOnce(db, effect, { operation: 'giveUpClose', input: name }, async (unit) => {
    const { value: due } = await lockDue(unit, effect, name)
    if (due?.period.status === 'PENDING_CLOSE')
      await changeStatus(unit, due.period, statusBeforeClose(due.period))
    return { value: null }
  })
}

/**
 * Posts the revenue of the months up to a period's last day, in batches; done again, it posts what is left.
 * PERIOD_BLOCKED where months cannot be posted.
 */
export async function recognizePeriod(
  db: Database,
  effect: Effect,
  name: PeriodName,
): Promise<Outcome<{ readonly months: number }>> {
  const { value: due, violations } = await readDue(db, effect, name)
  if (violations !== undefined) return { violations }
  const months = await recognize(db, effect, due.period)
  const { blocked: unrecognized } = await readDueMonths(db, due.period)
  if (unrecognized.count === 0) return { value: { months } }
  const message = `${unrecognized.count} months of revenue cannot be recognised: ${unrecognized.example ?? ''}`
  return { violations: [{ code: 'PERIOD_BLOCKED', field: 'period', message }] }
}

/** Posts what one of the steps of a close has to, as far as no earlier run did. Refused where it cannot be posted. */
export function adjustPeriod(
  db: Database,
  effect: Effect,
  { step, ...name }: PeriodName & { readonly step: CloseStep },
): Promise<Outcome<{ readonly entries: number }>> {
  const input = { ...name, step }
  return applyOnce<{ entries: number }>(
    db,
    postingsOf(effect),
    { operation: 'adjustPeriod', input },
    async (unit) => {
      const { value: due, violations } = await lockDue(unit, effect, name)
      if (violations !== undefined) return { violations }
      const work = await readClosingWork(unit, due.legalEntity, due.period)
      try {
        return { value: { entries: await postClosing(unit, work, step) } }
      } catch (error) {
        if (!(error instanceof PostingBlockedError)) throw error
        return { violations: [{ code: BLOCKED_CODES[error.code], field: 'period', message: error.message }] }
      }
    },
  )
}

/**
 * Seals a period. What came since the steps before is recognised and adjusted first, and the checklist is gone through
 * again, under the lock under which everybody posts: PERIOD_BLOCKED where anything is left.
 */
export async function sealPeriod(
  db: Database,
  effect: Effect,
  sealing: Sealing,
  readDated: ReadDated,
): Promise<Outcome<{ readonly sealHash: string }>> {
  const { value: early } = await readDue(db, effect, sealing)
  if (early !== undefined) await recognize(db, effect, early.period)
  return applyOnce<{ sealHash: string }>(
    db,
    effect,
    { operation: 'sealPeriod', input: sealing },
    async (unit) => {
      // What takes long comes before the lock.
      const { value: known, violations: refusals } = await readDue(unit, effect, sealing)
      if (refusals !== undefined) return { violations: refusals }
      const unposted = await tallyUnposted(unit, known.period, readDated)
      const { value: due, violations } = await lockDue(unit, effect, sealing)
      if (violations !== undefined) return { violations }
      const work = await readClosingWork(unit, due.legalEntity, due.period)
      const { due: unrecognized } = await readDueMonths(unit, due.period)
      const blockers = await findBlockers(unit, work, due.calendar, { unposted, unrecognized })
      if (blockers.length > 0) return { violations: blocked(blockers) }
      await postClosing(unit, work)
      const sealHash = await sealEntries(unit, due.period, effect.clock.now())
      const after = { ...due.period, status: 'CLOSED', sealHash, closedBy: sealing.closedBy } as const
      await unit.save(periodAggregate, [{ before: due.period, after }])
      return { value: { sealHash } }
    },
  )
}

/** What a close posts is correlated to its step and not put on the audit trail entry by entry: the seal covers it. */
const postingsOf = (effect: Effect): Effect => ({ ...effect, correlationId: effect.effectKey })

async function recognize(db: Database, effect: Effect, period: AccountingPeriod): Promise<number> {
  const recognition = { through: lastDayOf(period), legalEntityId: period.legalEntityId }
  return (await recognizeRevenue(db, postingsOf(effect), recognition)).posted
}

async function readDue(
  db: Queryable,
  { clock }: CommandContext,
  name: PeriodName,
): Promise<Outcome<DuePeriod>> {
  const [legalEntity] = await readRows(db, legalEntities, [name.legalEntityId])
  return duePeriod(clock, legalEntity, await readPeriods(db, [name.legalEntityId]), name)
}

/** The same under the lock of the legal entity, which posting takes as well. */
async function lockDue(
  unit: UnitOfWork,
  { clock }: CommandContext,
  name: PeriodName,
): Promise<Outcome<DuePeriod>> {
  const legalEntity = (await lockLegalEntities(unit, [name.legalEntityId])).get(name.legalEntityId)
  return duePeriod(clock, legalEntity, await readPeriods(unit, [name.legalEntityId]), name)
}

async function changeStatus(
  unit: UnitOfWork,
  period: AccountingPeriod,
  status: AccountingPeriod['status'],
): Promise<void> {
  if (period.status === status) return
  await unit.save(periodAggregate, [{ before: period, after: { ...period, status } }])
}

const blocked = (blockers: readonly Blocker[]): Violation[] =>
  blockers.map(({ message }) => ({ code: 'PERIOD_BLOCKED', field: 'period', message }))
