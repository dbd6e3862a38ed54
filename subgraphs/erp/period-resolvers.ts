import { isBefore } from '#domain/calendar.ts'
import type { AccountingPeriod, LegalEntity } from '#domain/erp.ts'
import type { Violation } from '#domain/failure.ts'
import { today } from '#platform/clock.ts'
import { found } from '#platform/graphql.ts'
import type { Replayable } from '#platform/idempotency.ts'
import type { Resolvers, UserErrorCode } from '#schema/erp.generated.ts'
import { findBlockers, periodNamed, type PeriodOutcome, tallyUnposted } from './checklist.ts'
import type { Context } from './loaders.ts'
import { planClosing, readClosingWork } from './closing.ts'
import { readDueMonths } from './period-store.ts'
import { reopenPeriod } from './reopen.ts'
import { readLegalEntities, readPeriods } from './store.ts'

/** What became of a mutation, for its payload. */
export type PeriodAnswer = Replayable<PeriodOutcome>

/** The mutations of accounting periods that are no workflows. */
export const periodMutations: NonNullable<Resolvers['Mutation']> = {
  reopenPeriod: (_, { input }, { write: { db, command } }) => reopenPeriod(db, command, input),
}

const payload: Resolvers['ReopenPeriodPayload'] = {
  period: ({ result: { periodId } }, _, { accountingPeriod }) =>
    periodId === null ? null : accountingPeriod.load(periodId),
  userErrors: ({ result: { violations } }) => violations.map(userError),
}

/** The schema lists the codes that a period can be refused with; the writer of answers fails on another one. */
function userError({ code, field, message }: Violation) {
  return { code: code as UserErrorCode, field, message }
}

/** What accounting periods and their mutations show. */
export const periodResolvers: Pick<Resolvers, 'AccountingPeriod' | 'ReopenPeriodPayload' | 'SealProof'> = {
  AccountingPeriod: {
    __resolveReference: async ({ id }, { accountingPeriod }) =>
      found(await accountingPeriod.load(id), 'accounting period', id),
    legalEntity: async ({ legalEntityId: id }, _, { legalEntity }) =>
      found(await legalEntity.load(id), 'legal entity', id),
    seal: async ({ id, status }, _, { sealsOfPeriod }) =>
      status === 'CLOSED' ? ((await sealsOfPeriod.load(id))[0] ?? null) : null,
    seals: ({ id }, _, { sealsOfPeriod }) => sealsOfPeriod.load(id),
  },
  SealProof: {
    place: ({ place }) => BigInt(place),
    seal: async ({ periodId }, _, { sealsOfPeriod }) =>
      found((await sealsOfPeriod.load(periodId))[0] ?? null, 'seal of the period', periodId),
  },
  ReopenPeriodPayload: payload,
}

/** The checklist of a period as it stands, with what its close would do. Nothing is written. */
export const readChecklist: NonNullable<NonNullable<Resolvers['Query']>['periodChecklist']> = async (
  _,
  name,
  context,
) => {
  const { db, legalEntity } = context
  const owner = found(await legalEntity.load(name.legalEntityId), 'legal entity', name.legalEntityId)
  const calendar = await readPeriods(db, [owner.id])
  const period = found(periodNamed(calendar, name) ?? null, 'accounting period', name.period.toString())
  return checklistOf(context, owner, calendar, period)
}

/** The checklist of each legal entity's first period that has ended and is not closed. */
export const processResolvers: Pick<Resolvers, 'ProcessHealth'> = {
  ProcessHealth: {
    __resolveReference: (reference) => reference,
    closing: async (_, __, context) => {
      const { db, write } = context
      const owners = await readLegalEntities(db)
      const periods = await readPeriods(
        db,
        owners.map(({ id }) => id),
      )
      const checklists: PeriodChecklist[] = []
      for (const owner of owners) {
        const calendar = periods.filter(({ legalEntityId }) => legalEntityId === owner.id)
        const day = today(write.command.clock, owner.timeZone)
        const due = calendar.find(({ status, range }) => status !== 'CLOSED' && !isBefore(day, range.end))
        if (due !== undefined) checklists.push(await checklistOf(context, owner, calendar, due))
      }
      return checklists
    },
  },
}

type PeriodChecklist = Awaited<ReturnType<typeof checklistOf>>

async function checklistOf(
  { db, write: { readDated } }: Context,
  owner: LegalEntity,
  calendar: readonly AccountingPeriod[],
  period: AccountingPeriod,
) {
  const work = await readClosingWork(db, owner, period)
  const { due, blocked } = await readDueMonths(db, period)
  const unposted = await tallyUnposted(db, period, readDated)
  const { steps } = planClosing(work)
  return {
    period,
    blockers: await findBlockers(db, work, calendar, { unposted, unrecognized: blocked }),
    steps: [
      { step: 'RECOGNIZE_REVENUE' as const, count: due.count - blocked.count },
      { step: 'SET_UNBILLED_APART' as const, count: steps.get('SET_UNBILLED_APART') ?? 0 },
      { step: 'REVALUE_FOREIGN_MONEY' as const, count: steps.get('REVALUE_FOREIGN_MONEY') ?? 0 },
    ].filter(({ count }) => count > 0),
  }
}
