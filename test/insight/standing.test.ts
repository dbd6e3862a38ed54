// The standing of a customer out of what CRM, billing and ERP tell, as it travels between them: from all or from none.
import { describe, expect, it } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import { type CustomerRepresentation, standingOf } from '#subgraphs/insight/standing.ts'
import { day } from '#test/domain/documents.ts'
import { execute } from '#test/support/ask.ts'
import { insightWithoutStore } from './support.ts'

/** A customer against whom nothing stands. */
const good = {
  id: 'cus_acme',
  status: 'ACTIVE',
  contractSummary: { active: 1, suspended: 0, nextEndDate: null },
  receivablesByCurrency: [],
  disputes: [],
  credit: { onHold: false, holdReason: null, limit: null },
  mergedCustomers: [],
} as const satisfies CustomerRepresentation

const owed = (fields: { overdue?: string; total?: string; unappliedCash?: string; days?: number }) => ({
  currency: 'USD',
  total: { minorUnits: fields.total ?? '10000' },
  overdue: { minorUnits: fields.overdue ?? '0' },
  unappliedCash: { minorUnits: fields.unappliedCash ?? '0' },
  oldestDaysPastDue: fields.days ?? 0,
})

const TODAY = day('2026-06-15')
const told = (customer: CustomerRepresentation): string[] => {
  const { level, reasons } = standingOf(customer, TODAY)
  const texts = reasons.map(({ code, level: own, amount }) => {
    const money = amount === null ? '' : ` ${amount.minorUnits} ${amount.currency}`
    return `${code} ${own}${money}`
  })
  return [level, ...texts]
}

describe('a standing', () => {
  it.each<[string, Partial<CustomerRepresentation>, string[]]>([
    ['nothing', {}, ['GOOD']],
    ['open invoices that are not due', { receivablesByCurrency: [owed({})] }, ['GOOD']],
    [
      'an overdue invoice',
      { receivablesByCurrency: [owed({ overdue: '1234', days: 5 })] },
      ['WATCH', 'OVERDUE WATCH 1234 USD'],
    ],
    [
      'an old overdue invoice, less the cash that could settle it',
      { receivablesByCurrency: [owed({ overdue: '1234', unappliedCash: '1000', days: 61 })] },
      ['AT_RISK', 'OVERDUE AT_RISK 234 USD'],
    ],
    [
      'amounts beyond what a float can tell apart',
      {
        receivablesByCurrency: [
          owed({
            total: '9007199254740993',
            overdue: '9007199254740993',
            days: 90,
            unappliedCash: '9007199254740992',
          }),
        ],
      },
      ['AT_RISK', 'OVERDUE AT_RISK 1 USD'],
    ],
    [
      'a credit hold and a limit that is passed',
      {
        receivablesByCurrency: [owed({ total: '10001' })],
        credit: { onHold: true, holdReason: 'Unpaid', limit: { minorUnits: '10000', currency: 'USD' } },
      },
      ['HOLD', 'CREDIT_HOLD HOLD', 'CREDIT_LIMIT_EXCEEDED AT_RISK 1 USD'],
    ],
    [
      'disputes that are open, not those that were decided',
      {
        disputes: [
          { status: 'NEEDS_RESPONSE', amount: { minorUnits: '500', currency: 'EUR' } },
          { status: 'WON', amount: { minorUnits: '900', currency: 'EUR' } },
          { status: 'UNDER_REVIEW', amount: { minorUnits: '7', currency: 'EUR' } },
        ],
      },
      ['AT_RISK', 'DISPUTED AT_RISK 507 EUR'],
    ],
    [
      'a contract that ends soon',
      { contractSummary: { active: 1, suspended: 0, nextEndDate: '2026-07-15' } },
      ['WATCH', 'RENEWAL_DUE WATCH'],
    ],
    [
      'a contract that ends a day later',
      { contractSummary: { active: 1, suspended: 0, nextEndDate: '2026-07-16' } },
      ['GOOD'],
    ],
    [
      'a suspended contract',
      { contractSummary: { active: 0, suspended: 2, nextEndDate: null } },
      ['AT_RISK', 'CONTRACT_SUSPENDED AT_RISK'],
    ],
    ['a customer that is none any more', { status: 'INACTIVE' }, ['WATCH', 'INACTIVE WATCH']],
    [
      'a customer that was merged, whatever it owes: that speaks against the one that carries on',
      { status: 'MERGED', receivablesByCurrency: [owed({ overdue: '1234', days: 5 })] },
      ['HOLD', 'INACTIVE HOLD'],
    ],
    [
      'what customers owe that were merged into it, together with what it owes, and what they dispute',
      {
        receivablesByCurrency: [owed({ total: '10000', overdue: '3000', days: 5 })],
        mergedCustomers: [
          {
            receivablesByCurrency: [owed({ total: '2000', overdue: '2000', unappliedCash: '500', days: 61 })],
            disputes: [{ status: 'NEEDS_RESPONSE', amount: { minorUnits: '500', currency: 'EUR' } }],
          },
        ],
      },
      ['AT_RISK', 'OVERDUE AT_RISK 4500 USD', 'DISPUTED AT_RISK 500 EUR'],
    ],
  ])('with %s', (_, fields, expected) => {
    expect(told({ ...good, ...fields })).toEqual(expected)
  })

  const PARTS = [
    'status',
    'contractSummary',
    'receivablesByCurrency',
    'disputes',
    'credit',
    'mergedCustomers',
  ] as const
  it.each(PARTS)('is not told without %s: what did not answer could hide a hold', (part) => {
    const { [part]: _, ...rest } = good
    for (const customer of [rest, { ...good, [part]: null }]) {
      expect(() => standingOf(customer, TODAY)).toThrow(
        expect.objectContaining({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }) as Error,
      )
    }
  })
})

/** Without the prototypes of the answer. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('the subgraph', () => {
  // Already tomorrow in Tokyo, still yesterday in New York: the day is that of UTC.
  const subgraph = insightWithoutStore(manualClock('2026-06-15T23:59:59.999Z'))
  const ask = (representations: readonly object[]) =>
    execute(
      subgraph,
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { id standing {
        level asOf reasons { code level message amount { amount currency minorUnits } }
      } } } }`,
      { of: representations.map((fields) => ({ __typename: 'Customer', ...fields })) },
    )
  it('answers as a client reads it', async () => {
    const { data, errors } = await ask([
      {
        ...good,
        receivablesByCurrency: [owed({ overdue: '1234', days: 5 })],
        contractSummary: { active: 1, suspended: 0, nextEndDate: '2026-07-15' },
      },
    ])
    expect(errors).toBeUndefined()
    expect(plain(data)).toEqual({
      _entities: [
        {
          id: 'cus_acme',
          standing: {
            level: 'WATCH',
            asOf: '2026-06-15',
            reasons: [
              {
                code: 'OVERDUE',
                level: 'WATCH',
                message: '12.34 USD is overdue, the oldest by 5 days',
                amount: { amount: '12.34', currency: 'USD', minorUnits: '1234' },
              },
              {
                code: 'RENEWAL_DUE',
                level: 'WATCH',
                message: 'A contract ends on 2026-07-15 without renewal',
                amount: null,
              },
            ],
          },
        },
      ],
    })
  })

  it('leaves out the standing of one customer alone, where a part of that one is missing', async () => {
    const { data, errors = [] } = await ask([good, { ...good, id: 'cus_2', credit: null }])
    expect(plain(data)).toMatchObject({
      _entities: [{ standing: { level: 'GOOD' } }, { id: 'cus_2', standing: null }],
    })
    expect(errors.map(({ extensions, path }) => [extensions['code'], path])).toEqual([
      ['SUBGRAPH_UNAVAILABLE', ['_entities', 1, 'standing']],
    ])
  })
})
