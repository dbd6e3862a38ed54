// Which account a posting goes to: the rule that names most, never a default, and never two.
import { describe, expect, it } from 'vitest'
import { type AccountRuleFact, ambiguousRules, findAccountRule } from '#domain/account-rules.ts'
import { accountRule } from '#domain/chart.ts'
import { day } from './documents.ts'

const rule = (accountCode: string, fields: Partial<AccountRuleFact> = {}): AccountRuleFact =>
  accountRule({ id: accountCode, externalRefs: [], role: 'REVENUE', accountCode, ...fields })
const asked = {
  role: 'REVENUE',
  purpose: 'REVENUE_RECOGNIZED',
  legalEntityId: 'us',
  productFamily: 'SEATS',
  region: 'EMEA',
  date: day('2026-06-15'),
} as const

describe('the account of a posting', () => {
  it.each<[string, AccountRuleFact[], string | undefined]>([
    ['of a general rule', [rule('4000')], '4000'],
    ['of the product family', [rule('4000'), rule('4020', { productFamily: 'SEATS' })], '4020'],
    ['not of another family', [rule('4000'), rule('4020', { productFamily: 'SUPPORT' })], '4000'],
    [
      'of entity and family rather than of region',
      [rule('4100', { region: 'EMEA' }), rule('4021', { legalEntityId: 'us', productFamily: 'SEATS' })],
      '4021',
    ],
    ['of the event', [rule('4000'), rule('4009', { purpose: 'REVENUE_RECOGNIZED' })], '4009'],
    ['from its first day on', [rule('4000', { validFrom: day('2026-06-15') })], '4000'],
    ['not after its last day', [rule('4000', { validUntil: day('2026-06-15') })], undefined],
    ['of no rule for another role', [rule('1100', { role: 'RECEIVABLES' })], undefined],
    ['of no rule at all', [], undefined],
  ])('is that %s', (_, rules, code) => {
    expect(findAccountRule(rules, asked)?.accountCode).toBe(code)
    expect(findAccountRule(rules.toReversed(), asked)?.accountCode).toBe(code)
  })
})

describe('two rules', () => {
  const seats = rule('4020', { productFamily: 'SEATS' })
  it.each<[string, AccountRuleFact[], number]>([
    ['that say the same', [seats, { ...seats, id: 'again' }], 0],
    ['for the same', [seats, rule('4021', { productFamily: 'SEATS' })], 1],
    ['of which each names another thing', [seats, rule('4100', { region: 'EMEA' })], 1],
    [
      'that follow each other',
      [rule('1', { validUntil: day('2026-07-01') }), rule('2', { validFrom: day('2026-07-01') })],
      0,
    ],
    [
      'that overlap in time',
      [rule('1', { validUntil: day('2026-07-02') }), rule('2', { validFrom: day('2026-07-01') })],
      1,
    ],
    ['for different families', [seats, rule('4050', { productFamily: 'SUPPORT' })], 0],
    ['of which one names more', [seats, rule('4022', { productFamily: 'SEATS', region: 'EMEA' })], 0],
    [
      'that a third decides between',
      [seats, rule('4100', { region: 'EMEA' }), rule('4120', { productFamily: 'SEATS', region: 'EMEA' })],
      0,
    ],
  ])('%s', (_, rules, clashes) => {
    expect(ambiguousRules(rules)).toHaveLength(clashes)
  })
})
