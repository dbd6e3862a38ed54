import { type AskedMoney, readMoney } from '#domain/asked-money.ts'
import { violationIf } from '#domain/failure.ts'
import { checkHappened } from '#domain/happened.ts'
import { checkLength } from '#domain/text.ts'
import { parseDate } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Jsonified } from '#platform/table.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { book } from './book.ts'
import { missing } from './refusals.ts'
import type { PaidOut, Systems } from './systems.ts'

/** What a payment processor paid out to us, as the bank tells of it. */
export interface RecordPayout extends KeyedInput {
  readonly legalEntityId: string
  readonly amount: AskedMoney
  readonly paidOn: Temporal.PlainDate
  readonly reference: string
}

/** Only the books keep what is at the bank. A person can give them an account, a rate or an open period. */
const record: Step<Systems, RecordPayout, PaidOut> = {
  name: 'recordPayout',
  system: 'ERP',
  kind: 'PIVOT',
  needs: [],
  uses: ['ACCOUNT'],
  parks: ['MAPPING_MISSING', 'RATE_MISSING', 'PERIOD_CLOSED'],
  run: ({ erp }, { prepared }, effect) => erp.recordPayout(effect, revive(prepared)),
}

/** Where the general ledger is elsewhere, it gets the entry as well. */
const post: Step<Systems, RecordPayout, PaidOut> = {
  name: 'postPayout',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['recordPayout'],
  run: book,
}

/** Money leaves clearing for the bank, until all that was paid has arrived there and nothing is left in clearing. */
export const recordPayout: Flow<Systems, RecordPayout, PaidOut> = {
  name: 'recordPayout',
  prepare: async ({ billing, erp }, { legalEntityId, amount: asked, paidOn, reference }) => {
    const isKnown = (await erp.readLegalEntities()).some(({ id }) => id === legalEntityId)
    if (!isKnown) return missing('legalEntityId', 'There is no such legal entity')
    const { value: amount, violations } = readMoney(asked, 'amount')
    if (violations !== undefined) return { violations }
    const { currency } = asked
    const refused = [
      ...violationIf(amount === 0n, 'AMOUNT_INVALID', 'amount', 'Nothing was paid out'),
      ...checkHappened(paidOn, { today: await billing.today(legalEntityId) }, 'paidOn'),
      ...checkLength(reference, 'reference'),
      ...violationIf(
        reference.trim() === '',
        'REFERENCE_MISSING',
        'reference',
        'The bank has it under a reference',
      ),
    ]
    if (refused.length > 0) return { violations: refused }
    const prepared = { legalEntityId, currency, amount, paidOn, reference }
    const moneyAtRisk = { minorUnits: amount < 0n ? -amount : amount, currency }
    const subject = `clearing:${legalEntityId}`
    return { value: { prepared, subject, customerId: null, legalEntityId, moneyAtRisk } }
  },
  steps: [record, post],
}

const revive = ({ amount, paidOn, ...rest }: Jsonified<PaidOut>): PaidOut => ({
  ...rest,
  amount: BigInt(amount),
  paidOn: parseDate(paidOn),
})
