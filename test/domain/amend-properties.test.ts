/** What holds for any contract and any amendments: it is invoiced for what it is worth, and a change can be undone. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DueCharge, dueCharges, isDueBefore } from '#domain/adjustment.ts'
import { amend } from '#domain/amend.ts'
import { daysIn } from '#domain/calendar.ts'
import { checkContract, totalContractValue } from '#domain/contract.ts'
import { sum } from '#domain/money.ts'
import { cutAll } from '#domain/segment.ts'
import { date, documentRuns, interval } from './arbitraries.ts'
import { alone } from './changes.ts'
import { contract, contractLine } from './documents.ts'
import type { Arbitrary } from 'fast-check'
import type { Amended, Change, ChangeRequest } from '#domain/amendment.ts'
import type { BillingPolicy } from '#domain/contract.ts'
import type { ContractFact } from '#domain/crm.ts'

const quantity = fc.bigInt({ min: 0n, max: 5000n }).map((tenths) => `${tenths / 10n}.${tenths % 10n}`)
const cents = fc.bigInt({ min: 0n, max: 10n ** 7n })
const price = cents.map((value) => ({
  amount: `${value / 100n}.${String(value % 100n).padStart(2, '0')}`,
  currency: 'USD',
}))
const lineId = fc.constantFrom('line-0', 'line-1', 'line-2', 'line-3')

const policy: Arbitrary<BillingPolicy> = fc.record({
  timing: fc.constantFrom('IN_ADVANCE', 'IN_ARREARS'),
  dayCount: fc.constantFrom('ACTUAL', 'THIRTY_DAY_MONTH'),
  rounding: fc.constantFrom('HALF_AWAY_FROM_ZERO', 'HALF_EVEN'),
})

const terms = fc.record({
  quantity,
  unitPrice: cents,
  interval: fc.option(interval),
  offset: fc.nat({ max: 200 }),
})

/** A contract of some months, with lines that start with it or later; its periods may be counted from another day. */
const anyContract: Arbitrary<ContractFact> = fc
  .record({
    startDate: date,
    months: fc.integer({ min: 8, max: 30 }),
    billingAnchor: fc.option(date),
    lines: fc.array(terms, { minLength: 1, maxLength: 3 }),
  })
  .map(({ startDate, months, billingAnchor, lines }) => {
    const endDate = startDate.add({ months })
    return contract({
      startDate,
      endDate,
      billingAnchor,
      lines: lines.map(({ offset, ...fields }, place) =>
        contractLine({
          ...fields,
          id: `line-${place}`,
          servicePeriod: { start: startDate.add({ days: offset }), end: endDate },
        }),
      ),
    })
  })

const change: Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('UPDATE'),
    lineId,
    quantity: fc.option(quantity),
    unitPrice: fc.option(price),
  }),
  fc.record({
    kind: fc.constant('CHANGE_PLAN'),
    lineId,
    productId: fc.constant('product-9'),
    quantity: fc.option(quantity),
    unitPrice: price,
    interval: fc.option(interval),
  }),
  fc.record({ kind: fc.constant('REMOVE'), lineId }),
  fc.record({
    kind: fc.constant('ADD'),
    line: fc.record({
      id: fc.constant('line-3'),
      productId: fc.constant('product-3'),
      quantity,
      unitPrice: price,
      interval: fc.option(interval),
      endDate: fc.constant(null),
    }),
  }),
  fc.record({ kind: fc.constant('SUSPEND') }),
  fc.record({ kind: fc.constant('RESUME'), extendsTerm: fc.boolean() }),
  fc.record({ kind: fc.constant('CANCEL'), timing: fc.constantFrom('AT_ONCE', 'END_OF_PERIOD') }),
  fc.record({
    kind: fc.constant('TRANSFER'),
    customerId: fc.constant('customer-2'),
    contract: fc.constant({ id: 'contract-2', number: 'C-2' }),
  }),
)

/** Changes, each some days after the one before. */
const history = fc.array(fc.tuple(fc.integer({ min: 0, max: 150 }), change), { minLength: 1, maxLength: 6 })

describe('a contract under any amendments', () => {
  it('is a valid one, and is invoiced for what it is worth, whatever the policy', () => {
    fc.assert(
      fc.property(anyContract, history, policy, (signed, changes, by) => {
        let current = signed
        let today: Temporal.PlainDate | null = null
        let invoiced = 0n
        for (const [days, asked] of changes) {
          const next: Temporal.PlainDate = (today ?? signed.startDate).add({ days })
          invoiced += dueBetween(current, today, next, by)
          today = next
          const { value: result } = amend(current, { effectiveDate: next, changes: [asked] }, { policy: by })
          if (result === undefined) continue
          expect(checkContract(result.contract)).toEqual([])
          expect(result.successor === null ? [] : checkContract(result.successor)).toEqual([])
          invoiced += adjustedBy(result, current.id)
          current = result.contract
        }
        invoiced += dueBetween(current, today, null, by)
        expect(invoiced).toBe(totalContractValue(current, by))
      }),
      documentRuns,
    )
  })

  it('is invoiced for what it is worth where its first bill was sent with it, also if it changes on that day', () => {
    fc.assert(
      fc.property(anyContract, history, policy, (signed, changes, by) => {
        let current = signed
        let today: Temporal.PlainDate | null = null
        let invoiced = sum(
          dueCharges(signed, by)
            .filter(isFirst(signed))
            .map(({ amount }) => amount),
        )
        const later = (from: Temporal.PlainDate | null, to: Temporal.PlainDate | null): bigint =>
          dueBetween(current, from, to, by, (charge) => !isFirst(current)(charge), isDueBy)
        for (const [days, asked] of changes) {
          const next: Temporal.PlainDate = (today ?? signed.startDate).add({ days })
          invoiced += later(today, next)
          today = next
          const request = { effectiveDate: next, changes: [asked] }
          const { value: result } = amend(current, request, { policy: by, billedUntil: next })
          if (result === undefined) continue
          invoiced += adjustedBy(result, current.id)
          current = result.contract
        }
        expect(invoiced + later(today, null)).toBe(totalContractValue(current, by))
      }),
      documentRuns,
    )
  })

  it('is what it was after a change that is undone on its day', () => {
    fc.assert(
      fc.property(anyContract, fc.nat({ max: 400 }), quantity, price, (signed, days, other, dearer) => {
        const effectiveDate = signed.startDate.add({ days })
        const target = signed.lines.find(({ id }) => id === 'line-0')
        const there = update(signed, { quantity: other, unitPrice: dearer }, effectiveDate)
        if (target === undefined || there === null) return
        const unitPrice = { amount: inDollars(target.unitPrice), currency: 'USD' }
        const back = update(there.contract, { quantity: target.quantity, unitPrice }, effectiveDate)
        expect(back?.contract).toEqual(signed)
        expect(adjustedBy(back, signed.id) + adjustedBy(there, signed.id)).toBe(0n)
      }),
      documentRuns,
    )
  })

  it('charges as before from the day on which a change is taken back', () => {
    fc.assert(
      fc.property(
        anyContract,
        fc.nat({ max: 200 }),
        fc.nat({ max: 200 }),
        quantity,
        policy,
        (signed, days, more, other, by) => {
          const first = signed.startDate.add({ days })
          const second = first.add({ days: more })
          const target = signed.lines.find(({ id }) => id === 'line-0')
          const there = update(signed, { quantity: other }, first)
          if (target === undefined || there === null) return
          const back = update(there.contract, { quantity: target.quantity }, second)
          if (back === null) return
          expect(remaining(back.contract, second, by)).toEqual(remaining(signed, second, by))
        },
      ),
      documentRuns,
    )
  })

  it('costs the same in sum when it is suspended for no time, or transferred', () => {
    fc.assert(
      fc.property(anyContract, fc.nat({ max: 200 }), fc.boolean(), (signed, days, extendsTerm) => {
        const effectiveDate = signed.startDate.add({ days })
        const { value: paused } = amend(signed, alone({ kind: 'SUSPEND', effectiveDate }))
        if (paused === undefined) return
        const { value: resumed } = amend(
          paused.contract,
          alone({ kind: 'RESUME', extendsTerm, effectiveDate }),
        )
        expect(resumed && totalContractValue(resumed.contract)).toBe(totalContractValue(signed))
      }),
      documentRuns,
    )
  })

  it('is as long after a pause that extends the term as it was to be', () => {
    fc.assert(
      fc.property(anyContract, fc.nat({ max: 200 }), fc.nat({ max: 400 }), (signed, days, pause) => {
        const since = signed.startDate.add({ days })
        const { value: paused } = amend(signed, alone({ kind: 'SUSPEND', effectiveDate: since }))
        if (paused === undefined) return
        const request = {
          kind: 'RESUME',
          extendsTerm: true,
          effectiveDate: since.add({ days: pause }),
        } as const
        const { value: resumed } = amend(paused.contract, alone(request))
        expect(resumed && serviceDays(resumed.contract)).toBe(serviceDays(signed))
      }),
      documentRuns,
    )
  })
})

/** What is billed from the amendments of one day on up to those of another; from the first day on, or ever. */
function dueBetween(
  own: ContractFact,
  start: Temporal.PlainDate | null,
  end: Temporal.PlainDate | null,
  by: BillingPolicy,
  counts: (charge: DueCharge) => boolean = () => true,
  isDue: typeof isDueBefore = isDueBefore,
): bigint {
  const due = dueCharges(own, by).filter(
    (charge) =>
      counts(charge) && (start === null || !isDue(charge, start)) && (end === null || isDue(charge, end)),
  )
  return sum(due.map(({ amount }) => amount))
}

/** The same, where what is charged once is billed on its day. */
const isDueBy: typeof isDueBefore = (charge, day) =>
  charge.line.interval === null
    ? Temporal.PlainDate.compare(charge.dueOn, day) <= 0
    : isDueBefore(charge, day)

/** Whether a charge is on the bill that goes out with the contract. */
const isFirst =
  ({ startDate }: ContractFact) =>
  ({ billedFrom, dueOn }: DueCharge): boolean =>
    Temporal.PlainDate.compare(billedFrom, startDate) <= 0 &&
    Temporal.PlainDate.compare(dueOn, startDate) <= 0

function adjustedBy(result: Amended | null, contractId: string): bigint {
  const own = result?.adjustments.filter((line) => line.contractId === contractId) ?? []
  return sum(own.map(({ amount }) => amount))
}

function update(
  own: ContractFact,
  fields: Partial<Extract<ChangeRequest, { readonly kind: 'UPDATE' }>>,
  effectiveDate: Temporal.PlainDate,
): Amended | null {
  const none = { kind: 'UPDATE', lineId: 'line-0', quantity: null, unitPrice: null } as const
  return amend(own, alone({ ...none, ...fields, effectiveDate })).value ?? null
}

/** What is charged for the days from one on, period by period. */
function remaining(own: ContractFact, from: Temporal.PlainDate, by: BillingPolicy): string[] {
  const { after } = cutAll(own.lines, from)
  return dueCharges({ ...own, lines: after }, by).map(
    ({ period, amount }) => `${period.start.toString()}..${period.end.toString()} ${amount}`,
  )
}

function serviceDays({ lines }: ContractFact): number {
  const recurring = lines.filter((line) => line.interval !== null)
  return recurring.reduce((days, line) => days + daysIn(line.servicePeriod), 0)
}

function inDollars(value: bigint): string {
  return `${value / 100n}.${String(value % 100n).padStart(2, '0')}`
}
