// What a model decides by itself: foreign writes, routes, approvals, limits, and which model is whose.
import { describe, expect, it } from 'vitest'
import { plannedGate } from '#domain/approval.ts'
import { decideForeignWrite, heldWrites } from '#domain/foreign-write.ts'
import { money } from '#domain/money.ts'
import { outgrownReasons } from '#domain/outgrown.ts'
import { type ModelActivation, pickModel } from '#domain/pick-model.ts'
import { eventTargets, explainRoute, findRoute } from '#domain/route.ts'
import type { SystemName } from '#domain/workflow-model.ts'
import { day } from './documents.ts'
import { gate, hashedModel, model, route } from './models.ts'

describe('a write to a field', () => {
  it.each<[string, string, SystemName, string]>([
    ['customer', 'name', 'CRM', 'ACCEPT'],
    ['customer', 'name', 'BILLING', 'PROPOSE'],
    ['customer', 'taxIds', 'ERP', 'ACCEPT'],
    ['customer', 'taxIds', 'BILLING', 'MERGE'],
    ['customer', 'taxIds', 'CRM', 'REJECT'],
    ['price', 'unitAmount', 'BILLING', 'ACCEPT'],
    ['price', 'unitAmount', 'CRM', 'REJECT'],
    ['spaceship', 'colour', 'CRM', 'REJECT'],
  ])('%s.%s by %s: %s', (object, field, writer, decision) => {
    expect(decideForeignWrite(model(), object, field, writer).decision).toBe(decision)
  })

  it('that is rejected says whose field it is (row 16)', () => {
    expect(decideForeignWrite(model(), 'price', 'unitAmount', 'CRM')).toEqual({
      decision: 'REJECT',
      master: 'BILLING',
      violation: {
        code: 'REJECTED_NOT_MASTER',
        field: 'price.unitAmount',
        message: 'CRM wrote price.unitAmount, which BILLING masters',
      },
    })
  })

  it.each([
    ['its master', 'stripe', ['salesforce'], 0],
    ['another system, once the master told of the object', 'salesforce', ['stripe'], 1],
    ['another system, while the master said nothing', 'salesforce', ['netsuite'], 0],
    ['what is no system that masters anything', 'seed', ['stripe'], 0],
  ])('by %s', (_, system, sources, count) => {
    const by = (unitAmount: string) => ({
      id: 'price',
      externalRefs: [{ system, instance: '', objectType: '', externalId: '', url: null, sourceVersion: 1n }],
      unitAmount,
    })
    const write = { object: 'price', fact: by('9'), before: by('10'), sources }
    expect(heldWrites(model(), write, Object.is)).toHaveLength(count)
    expect(heldWrites(model(), { ...write, fact: by('10') }, Object.is)).toEqual([])
  })
})

describe('a route', () => {
  const routes = [
    route({ name: 'bavaria', regions: ['BY'], to: 'BY' }),
    route({ until: day('2026-07-01') }),
    route({ name: 'next', since: day('2026-07-01'), to: 'EU' }),
    route({ name: 'vat', kind: 'TAX', to: 'rules' }),
  ]
  const asked = { kind: 'LEGAL_ENTITY', country: 'DE', region: null, legalEntity: null } as const

  it.each([
    ['BE', '2026-06-30', 'germany'],
    ['BE', '2026-07-01', 'next'],
    ['BY', '2026-07-01', 'bavaria'],
    [null, '2026-07-01', 'next'],
  ])('from %s on %s is %s', (region, date, expected) => {
    expect(findRoute(routes, { ...asked, region, date: day(date) }).value?.name).toBe(expected)
  })

  it('from an unknown place is missing, and nothing stands in (row 46)', () => {
    expect(findRoute(routes, { ...asked, country: 'BR', region: 'SP', date: day('2026-07-01') })).toEqual({
      violations: [
        {
          code: 'ROUTE_MISSING',
          field: 'country',
          message: 'No LEGAL_ENTITY route leads from BR-SP on 2026-07-01',
        },
      ],
    })
  })

  it('tells why it was taken, and why the others were not (row 28)', () => {
    const steps = explainRoute(routes, { ...asked, date: day('2026-07-01') })
    expect(steps.map(({ route: { name }, isTaken, mismatch }) => [name, isTaken, mismatch])).toEqual([
      ['bavaria', false, 'no region is not among its regions'],
      ['germany', false, 'it held until 2026-07-01'],
      ['next', true, null],
    ])
  })

  it('of an event leads to each of its targets by a rule that is named (row 20)', () => {
    const events = [
      { name: 'deals', on: ['won'], to: ['ERP', 'TAX'] as const },
      { name: 'reports', on: ['won', 'lost'], to: ['ANALYTICS'] as const },
    ]
    expect(eventTargets(events, 'won')).toEqual([
      { target: 'ERP', rule: 'deals' },
      { target: 'TAX', rule: 'deals' },
      { target: 'ANALYTICS', rule: 'reports' },
    ])
    expect(eventTargets(events, 'opened')).toEqual([])
  })
})

describe('a gate', () => {
  const calm = { moneyAtRisk: null, isOnCreditHold: false }
  const banded = gate({
    when: 'AMOUNT',
    approver: null,
    bands: [
      { approver: 'SALES_OPERATIONS', from: { USD: '100.00', JPY: '15000' } },
      { approver: 'FINANCE', from: { USD: '1000.00', JPY: '150000' } },
    ],
  })
  it.each([
    [99_99n, 'USD', null],
    [100_00n, 'USD', 'SALES_OPERATIONS'],
    [999_99n, 'USD', 'SALES_OPERATIONS'],
    [1000_00n, 'USD', 'FINANCE'],
    [-1000_00n, 'USD', 'FINANCE'],
    [149_999n, 'JPY', 'SALES_OPERATIONS'],
    [1n, 'CHF', 'FINANCE'],
  ])('for %s minor units of %s is decided by %s', (minorUnits, currency, expected) => {
    const subject = { ...calm, moneyAtRisk: { minorUnits, currency } }
    expect(plannedGate(banded, subject)?.approver ?? null).toBe(expected)
  })
  it('of an amount that nobody knows is decided by the highest, and always stands where it always does', () => {
    expect(plannedGate(banded, calm)?.approver).toBe('FINANCE')
    expect(plannedGate(gate(), calm)?.approver).toBe('FINANCE')
  })
  it('of a credit hold stands while there is one (row 12)', () => {
    const hold = gate({ when: 'CREDIT_HOLD' })
    expect(plannedGate(hold, calm)).toBeNull()
    expect(plannedGate(hold, { ...calm, isOnCreditHold: true })?.approver).toBe('FINANCE')
  })
})

it('a deal that a model was not made for has outgrown it, for each reason (row 15)', () => {
  const { limits } = model()
  const small = { usageLines: 1, legalEntities: 1, amendments: 2, amount: money(1000_00n, 'EUR') }
  expect(outgrownReasons(limits, small)).toEqual([])
  const large = { usageLines: 2, legalEntities: 3, amendments: 3, amount: money(1000_01n, 'EUR') }
  expect(outgrownReasons(limits, large)).toEqual([
    { limit: 'usageLines', message: '2 usage-based lines, where the model is made for 1' },
    { limit: 'legalEntities', message: '3 legal entities, where the model is made for 1' },
    { limit: 'amendments', message: '3 amendments of one contract, where the model is made for 2' },
    { limit: 'dealAmount', message: 'a deal of 1000.01 EUR, where the model is made for 1000.00' },
  ])
  expect(outgrownReasons(limits, { ...small, amount: money(1n, 'USD') })).toHaveLength(1)
  const endless = { usageLines: null, legalEntities: null, amendments: null, dealAmount: null }
  expect(outgrownReasons(endless, large)).toEqual([])
})

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text)
const named = (name: string) => hashedModel({ name, hash: name })

const activation = (name: string, legalEntityId: string | null, since: string): ModelActivation => ({
  model: named(name),
  legalEntityId,
  since: at(since),
})

describe('the model of a company', () => {
  const us = { id: 'ent_us', code: 'US' }
  const activations = [
    activation('second', null, '2026-03-01T00:00:00Z'),
    activation('first', null, '2026-02-01T00:00:00Z'),
    activation('for us', 'ent_us', '2026-02-15T00:00:00Z'),
  ]
  const picked = (entity: typeof us, when: string) =>
    pickModel([named('crm-led')], activations, { legalEntity: entity, at: at(when) }).value?.document.name

  it.each([
    ['2026-01-01T00:00:00Z', 'crm-led'],
    ['2026-02-01T00:00:00Z', 'first'],
    ['2026-03-01T00:00:00Z', 'second'],
  ])('at %s is %s, unless it has one of its own', (when, expected) => {
    expect(picked({ id: 'ent_de', code: 'DE' }, when)).toBe(expected)
  })
  it('is its own one, however new the one for all is', () => {
    expect(picked(us, '2026-04-01T00:00:00Z')).toBe('for us')
  })
  it('is its part of a hybrid, and missing where the hybrid has none (row 21)', () => {
    const parts = ['US', 'DE'].map((code) => ({
      legalEntities: [code],
      model: model({ name: `of-${code}` }),
    }))
    const hybrid = [{ model: hashedModel({ parts }), legalEntityId: null, since: at('2026-01-01T00:00:00Z') }]
    const asked = { legalEntity: us, at: at('2026-04-01T00:00:00Z') }
    expect(pickModel([], hybrid, asked).value).toMatchObject({
      document: { name: 'small', version: 1, hash: 'hash' },
      model: { name: 'of-US' },
    })
    const { violations } = pickModel([], hybrid, { ...asked, legalEntity: { id: 'ent_jp', code: 'JP' } })
    expect(violations).toMatchObject([{ code: 'ROUTE_MISSING', field: 'legalEntityId' }])
  })
})
