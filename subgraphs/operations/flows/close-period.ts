import type { Blocker } from '#domain/checklist.ts'
import { type Violation, violationIf } from '#domain/failure.ts'
import { ANYBODY, checkName } from '#domain/person.ts'
import { parseYearMonth } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Jsonified } from '#platform/table.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import type { PeriodName, Systems } from './systems.ts'

/** A period that is to be closed. */
export interface ClosePeriod extends KeyedInput, PeriodName {
  /** Who closes it; not given by who names nobody. */
  readonly actor?: string | null
}

interface Prepared extends PeriodName {
  readonly periodId: string
  readonly closedBy: string
}

type CloseStep = Step<Systems, ClosePeriod, Prepared>

const named = ({ legalEntityId, period }: Jsonified<Prepared>): PeriodName => ({
  legalEntityId,
  period: parseYearMonth(period),
})

/** Between the request and now something may have come that keeps the period open. */
const begin: CloseStep = {
  name: 'beginClose',
  system: 'ERP',
  kind: 'COMPENSATABLE',
  needs: [],
  run: ({ erp }, { prepared }, effect) => erp.beginClose(effect, named(prepared)),
  undo: ({ erp }, { prepared }, effect) => erp.giveUpClose(effect, named(prepared)),
}

/** Its entries are the first that have numbers: what they say is due whatever becomes of the close. */
const recognize: CloseStep = {
  name: 'recognizeRevenue',
  system: 'ERP',
  kind: 'PIVOT',
  needs: ['beginClose'],
  uses: ['ACCOUNT'],
  parks: ['PERIOD_BLOCKED'],
  run: ({ erp }, { prepared }, effect) => erp.recognizePeriod(effect, named(prepared)),
}

const setApart: CloseStep = {
  name: 'setUnbilledApart',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['recognizeRevenue'],
  uses: ['ACCOUNT'],
  run: ({ erp }, { prepared }, effect) =>
    erp.adjustPeriod(effect, { ...named(prepared), step: 'SET_UNBILLED_APART' }),
}

const revalue: CloseStep = {
  name: 'revalueForeignMoney',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['recognizeRevenue'],
  uses: ['ACCOUNT'],
  run: ({ erp }, { prepared }, effect) =>
    erp.adjustPeriod(effect, { ...named(prepared), step: 'REVALUE_FOREIGN_MONEY' }),
}

const seal: CloseStep = {
  name: 'sealPeriod',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['setUnbilledApart', 'revalueForeignMoney'],
  run: ({ erp }, { prepared }, effect) =>
    erp.sealPeriod(effect, { ...named(prepared), closedBy: prepared.closedBy }),
}

/** The books of a period are completed and sealed, step by step; those of one company one period after another. */
export const closePeriod: Flow<Systems, ClosePeriod, Prepared> = {
  name: 'closePeriod',
  prepare: async ({ erp, waiting }, { legalEntityId, period, actor = null }) => {
    const subject = `books:${legalEntityId}`
    const { periodId, blockers, violations: found } = await erp.checkPeriod({ legalEntityId, period })
    const violations = [
      ...checkName(actor, 'actor'),
      ...found,
      ...blockers.map(blocked),
      ...violationIf(await waiting(subject), 'PERIOD_BUSY', 'period', BUSY),
    ]
    if (violations.length > 0 || periodId === null) return { violations }
    const prepared = { legalEntityId, period, periodId, closedBy: actor ?? ANYBODY }
    return { value: { prepared, subject, customerId: null, legalEntityId } }
  },
  steps: [begin, recognize, setApart, revalue, seal],
}

const BUSY = 'A close of these books waits for a person: its approval or exception is decided first'

const blocked = ({ message }: Blocker): Violation => ({ code: 'PERIOD_BLOCKED', field: 'period', message })
