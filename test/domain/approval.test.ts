// Who has to agree to what: by amount in bands, always, or while accounting has stopped the customer's credit.
import { describe, expect, it } from 'vitest'
import { type GateRule, plannedGate } from '#domain/approval.ts'
import { comparePayloads, touchesMoney, withChanges } from '#domain/payload.ts'

const byAmount: GateRule = {
  name: 'large-deal',
  when: 'AMOUNT',
  approver: null,
  bands: [
    { approver: 'SALES_OPERATIONS', from: { USD: '250000.00', JPY: '37000000' } },
    { approver: 'FINANCE', from: { USD: '1000000.00', JPY: '150000000' } },
  ],
  deadlineHours: 48,
  atDeadline: 'ESCALATE',
  escalateTo: 'FINANCE',
}

describe('a gate by amount', () => {
  it.each([
    [249_999_99n, 'USD', null, null],
    [250_000_00n, 'USD', 'SALES_OPERATIONS', '250000.00 USD'],
    [999_999_99n, 'USD', 'SALES_OPERATIONS', '250000.00 USD'],
    [1_000_000_00n, 'USD', 'FINANCE', '1000000.00 USD'],
    [36_999_999n, 'JPY', null, null],
    [37_000_000n, 'JPY', 'SALES_OPERATIONS', '37000000 JPY'],
    // No band speaks of it: whoever decides the largest.
    [1n, 'CHF', 'FINANCE', null],
  ] as const)('%s %s', (minorUnits, currency, approver, band) => {
    const gate = plannedGate(byAmount, { moneyAtRisk: { minorUnits, currency }, isOnCreditHold: false })
    expect(gate && { approver: gate.approver, band: gate.band }).toEqual(approver && { approver, band })
  })

  it('of an amount that nobody knows is decided by whoever decides the largest', () => {
    expect(plannedGate(byAmount, { moneyAtRisk: null, isOnCreditHold: false })).toMatchObject({
      approver: 'FINANCE',
      band: null,
    })
  })
})

it.each([
  ['ALWAYS', false, true],
  ['CREDIT_HOLD', false, false],
  ['CREDIT_HOLD', true, true],
] as const)('a gate %s, credit hold %s: asked %s', (when, isOnCreditHold, isAsked) => {
  const rule: GateRule = { ...byAmount, when, approver: 'FINANCE', bands: [] }
  expect(plannedGate(rule, { moneyAtRisk: null, isOnCreditHold }) !== null).toBe(isAsked)
})

describe('versions of a payload', () => {
  const payload = {
    memo: null,
    lines: [
      { amount: '100', code: 'a' },
      { amount: '200', code: 'b' },
    ],
  }
  it.each([
    [
      'a value in a list',
      { ...payload, lines: [payload.lines[0], { amount: '250', code: 'b' }] },
      ['lines.1.amount'],
      [],
    ],
    ['a value where none was', { ...payload, memo: 'x' }, ['memo'], []],
    ['a line more', { ...payload, lines: [...payload.lines, payload.lines[0]] }, [], ['lines']],
    ['a field less', { lines: payload.lines }, [], ['memo']],
    [
      'another kind',
      { ...payload, lines: [{ amount: 100, code: 'a' }, payload.lines[1]] },
      [],
      ['lines.0.amount'],
    ],
    ['an object where a value was', { ...payload, memo: {} }, [], ['memo']],
  ])('%s', (_, after, paths, misshapen) => {
    const difference = comparePayloads(payload, after)
    expect(difference.changes.map(({ path }) => path.join('.'))).toEqual(paths)
    expect(difference.misshapen).toEqual(misshapen)
    if (misshapen.length === 0) expect(withChanges(payload, difference.changes)).toEqual(after)
  })

  it('tells by the names of values whether money is reached', () => {
    const values = { before: '1', after: '2' }
    expect(touchesMoney([{ path: ['lines', '0', 'amount'], ...values }])).toBe(true)
    expect(touchesMoney([{ path: ['lines', '0', 'code'], ...values }])).toBe(false)
  })
})
