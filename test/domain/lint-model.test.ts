// Every rule of the linter on a model that breaks it, beside one that keeps all of them.
import { describe, expect, it } from 'vitest'
import { type LintSurroundings, lintDocument, lintModel } from '#domain/lint-model.ts'
import type { CatalogueStep, Gate, Route, WorkflowModel } from '#domain/workflow-model.ts'
import { day } from './documents.ts'
import { gate, hashedModel, master, model, plan, route, step, surroundings } from './models.ts'

const found = (broken: WorkflowModel, against: LintSurroundings = surroundings): string[] =>
  lintModel(broken, against).map(({ rule, path }) => `${rule} ${path}`)

const { masters, routes, exceptions } = model()
const withMasters = (...more: Parameters<typeof master>[0][]) =>
  model({ masters: [...masters, ...more.map(master)] })
const taxed = (
  mergedFrom: WorkflowModel['masters'][number]['mergedFrom'],
  carried: WorkflowModel['masters'][number]['carried'],
) =>
  model({
    masters: [
      ...masters.filter(({ fields }) => fields === 'all'),
      master({
        fields: ['taxIds'],
        master: 'ERP',
        foreign: mergedFrom.length > 0 ? 'MERGE' : 'REJECT',
        mergedFrom,
        carried,
      }),
    ],
  })
const closing = (...steps: string[]) => model({ flows: { closeOpportunity: plan({ steps }) } })
const gated = (rule: Partial<Gate>) => model({ gates: [gate(rule)] })
const placed = (before: string | null) =>
  model({ flows: { closeOpportunity: plan({ gates: [{ gate: 'review', before }] }) } })
const byAmount = {
  when: 'AMOUNT',
  approver: null,
  bands: [{ approver: 'FINANCE', from: { EUR: '5.00' } }],
} as const
const bands = (...from: Record<string, string>[]) =>
  gated({ ...byAmount, bands: from.map((amounts) => ({ approver: 'FINANCE', from: amounts })) })
const routed = (...more: Partial<Route>[]) => model({ routes: [...routes, ...more.map(route)] })
const steps = (...flow: CatalogueStep[]): LintSurroundings => ({
  ...surroundings,
  flows: { closeOpportunity: flow },
})
const storyOrder = model({ flows: { closeOpportunity: plan({ steps: [], gates: [] }) } })

it('A model that keeps every rule has no finding', () => {
  expect(found(model())).toEqual([])
})

describe('masters', () => {
  it.each<[string, WorkflowModel, string[]]>([
    ['an object that is none', withMasters({ objects: ['invoce'] }), ['MASTER_KNOWN masters.3']],
    ['a field that is none', withMasters({ fields: ['nmae'] }), ['MASTER_KNOWN masters.3']],
    ['two masters of a field', withMasters({ fields: ['taxIds'], master: 'CRM' }), ['MASTER_ONCE masters.3']],
    ['two masters of the rest', withMasters({ master: 'ERP' }), ['MASTER_ONCE masters.3']],
    ['a field that nobody masters', model({ masters: masters.slice(0, 2) }), ['MASTER_TOTAL masters']],
    [
      'a value that comes back to its master',
      taxed(
        [],
        [
          { from: 'ERP', to: 'CRM' },
          { from: 'CRM', to: 'ERP' },
        ],
      ),
      ['WRITE_CYCLE masters.2'],
    ],
    [
      'a circle of three',
      taxed(
        [],
        [
          { from: 'ERP', to: 'CRM' },
          { from: 'CRM', to: 'BILLING' },
          { from: 'BILLING', to: 'ERP' },
        ],
      ),
      ['WRITE_CYCLE masters.2'],
    ],
    [
      'a merged write that is carried back',
      taxed(['BILLING'], [{ from: 'ERP', to: 'BILLING' }]),
      ['WRITE_CYCLE masters.2'],
    ],
    ['a master that merges with itself', taxed(['ERP'], []), ['WRITE_CYCLE masters.2']],
    [
      'a value that does not come from its master',
      taxed([], [{ from: 'BILLING', to: 'CRM' }]),
      ['WRITE_SOURCE masters.2'],
    ],
    ['a merge from nobody', withMasters({ fields: ['name'], foreign: 'MERGE' }), ['WRITE_SOURCE masters.3']],
  ])('%s', (_, broken, expected) => {
    expect(found(broken)).toEqual(expected)
  })

  it('a merged write may be carried on to a third system', () => {
    expect(found(taxed(['BILLING'], [{ from: 'ERP', to: 'CRM' }]))).toEqual([])
  })
})

describe('flows', () => {
  it.each<[string, WorkflowModel, string[]]>([
    [
      'a step left out',
      closing('check', 'sign', 'subscribe', 'invoice', 'post'),
      ['STEPS_COMPLETE flows.closeOpportunity'],
    ],
    [
      'a step that is none',
      closing('check', 'sign', 'subscribe', 'invoice', 'post', 'win', 'dance'),
      ['STEPS_COMPLETE flows.closeOpportunity'],
    ],
    [
      'a step taken twice',
      closing('check', 'sign', 'sign', 'subscribe', 'invoice', 'post', 'win'),
      ['STEPS_COMPLETE flows.closeOpportunity.steps.2'],
    ],
    [
      'a step before the one that it reads',
      closing('check', 'subscribe', 'sign', 'invoice', 'post', 'win'),
      ['STEP_NEEDS flows.closeOpportunity.steps.1'],
    ],
    [
      'a step that cannot be undone before the pivot',
      closing('check', 'sign', 'subscribe', 'post', 'invoice', 'win'),
      ['STEP_NEEDS flows.closeOpportunity.steps.3', 'RETRIABLE_AFTER_PIVOT flows.closeOpportunity.steps.3'],
    ],
    [
      'steps of a flow that has no code',
      model({ flows: { closePeriod: plan({ gates: [] }) } }),
      ['STEPS_COMPLETE flows.closePeriod'],
    ],
  ])('%s', (_, broken, expected) => {
    expect(found(broken)).toEqual(expected)
  })

  it.each<[string, CatalogueStep[], string[]]>([
    ['two pivots', [step('a', 'PIVOT'), step('b', 'PIVOT')], ['ONE_PIVOT flows.closeOpportunity']],
    [
      'a compensatable step after the pivot',
      [step('a', 'PIVOT'), step('b', 'COMPENSATABLE')],
      ['RETRIABLE_AFTER_PIVOT flows.closeOpportunity.steps.1'],
    ],
    [
      'a check after the pivot',
      [step('a', 'PIVOT'), step('b', 'CHECK')],
      ['RETRIABLE_AFTER_PIVOT flows.closeOpportunity.steps.1'],
    ],
    [
      'a compensatable step without its inverse',
      [step('a', 'COMPENSATABLE', [], { hasUndo: false })],
      ['INVERSE_MISSING flows.closeOpportunity.steps.0'],
    ],
    ['no pivot at all is fine', [step('a', 'CHECK'), step('b', 'RETRIABLE')], []],
  ])('in the order of the story: %s', (_, story, expected) => {
    expect(found(storyOrder, steps(...story))).toEqual(expected)
  })
})

describe('gates', () => {
  it.each<[string, WorkflowModel, string[]]>([
    ['a gate that is none', model({ gates: [] }), ['GATE_KNOWN flows.closeOpportunity.gates.0']],
    ['a step that is none', placed('dance'), ['GATE_KNOWN flows.closeOpportunity.gates.0']],
    ['a gate after the pivot', placed('post'), ['GATE_BEFORE_PIVOT flows.closeOpportunity.gates.0']],
    ['nobody to decide', gated({ approver: null }), ['GATE_OWNED gates.0']],
    ['an approver beside bands', gated({ ...byAmount, approver: 'FINANCE' }), ['GATE_OWNED gates.0']],
    ['no deadline', gated({ deadlineHours: 0 }), ['GATE_DEADLINE gates.0']],
    ['a deadline that nobody lives to see', gated({ deadlineHours: 10_000 }), ['GATE_DEADLINE gates.0']],
    ['an escalation to nobody', gated({ atDeadline: 'ESCALATE' }), ['GATE_DEADLINE gates.0']],
    [
      'money approved by waiting',
      gated({ atDeadline: 'APPROVE' }),
      ['GATE_DEADLINE flows.closeOpportunity.gates.0'],
    ],
    [
      'an amount approved by waiting',
      gated({ ...byAmount, atDeadline: 'APPROVE' }),
      ['GATE_DEADLINE gates.0', 'GATE_DEADLINE flows.closeOpportunity.gates.0'],
    ],
    ['no bands', gated({ ...byAmount, bands: [] }), ['GATE_BANDS gates.0']],
    ['a band without amounts', bands({}), ['GATE_BANDS gates.0.bands.0']],
    ['an amount that is none', bands({ EUR: '5.001' }), ['GATE_BANDS gates.0.bands.0.EUR']],
    ['a currency that is none', bands({ EURO: '5.00' }), ['GATE_BANDS gates.0.bands.0.EURO']],
    ['bands that do not rise', bands({ EUR: '5.00' }, { EUR: '5.00' }), ['GATE_BANDS gates.0.bands.1']],
    ['bands of other currencies', bands({ EUR: '5.00' }, { USD: '9.00' }), ['GATE_BANDS gates.0.bands.1']],
    ['two gates of a name', model({ gates: [gate(), gate()] }), ['DEFINED_ONCE gates.1']],
  ])('%s', (_, broken, expected) => {
    expect(found(broken)).toEqual(expected)
  })

  it('what is not about money may be approved by waiting', () => {
    const flows = { mergeCustomers: { steps: [], gates: [{ gate: 'review', before: null }] } }
    expect(found(model({ flows, gates: [gate({ atDeadline: 'APPROVE' })] }))).toEqual([])
  })
})

describe('routes', () => {
  const narrow = { name: 'bavaria', regions: ['BY'], to: 'BY' }
  it.each<[string, WorkflowModel, string[]]>([
    ['a market that nobody sells in', model({ routes: routes.slice(1) }), ['ROUTE_TOTAL markets.0']],
    [
      'a market without tax',
      model({ routes: routes.filter(({ kind }) => kind !== 'TAX') }),
      ['ROUTE_TOTAL markets.0'],
    ],
    [
      'payments that are taken for another company',
      model({ routes: [...routes.slice(0, 2), route({ kind: 'PAYMENT', legalEntities: ['US'] })] }),
      ['DEFINED_ONCE routes.2', 'ROUTE_TOTAL markets.0'],
    ],
    [
      'a route that ends and has no successor',
      model({ routes: [route({ until: day('2026-01-01') }), ...routes.slice(1)] }),
      ['ROUTE_TOTAL markets.0'],
    ],
    [
      'a day between two routes',
      model({
        routes: [
          route({ until: day('2026-01-01') }),
          route({ name: 'next', since: day('2026-01-02') }),
          ...routes.slice(1),
        ],
      }),
      ['ROUTE_TOTAL markets.0'],
    ],
    [
      'a route for a part of the market only',
      model({ routes: [route({ regions: ['BY'] }), ...routes.slice(1)] }),
      ['ROUTE_TOTAL markets.0'],
    ],
    ['a route that is never reached', routed(narrow), ['ROUTE_UNAMBIGUOUS routes.3']],
    ['two routes for the same', routed({ name: 'again' }), ['ROUTE_UNAMBIGUOUS routes.3']],
    [
      'two routes that cross',
      routed({ name: 'a', countries: ['FR', 'IT'], to: 'US' }, { name: 'b', countries: ['IT', 'ES'] }),
      ['ROUTE_UNAMBIGUOUS routes.4'],
    ],
    [
      'a fallback to itself',
      routed({ name: 'x', kind: 'TAX', countries: ['FR'], fallback: 'DE' }),
      ['ROUTE_FALLBACK routes.3'],
    ],
    [
      'a fallback of no tax',
      routed({ name: 'x', countries: ['FR'], fallback: 'US' }),
      ['ROUTE_FALLBACK routes.3'],
    ],
    ['money from anywhere', routed({ name: 'any', countries: null }), ['ROUTE_DEFAULT routes.3']],
    [
      'an event that is none',
      model({ events: [{ name: 'x', on: ['wno'], to: ['ERP'] }] }),
      ['EVENT_KNOWN events.0'],
    ],
    [
      'an event sent twice',
      model({
        events: [
          { name: 'x', on: ['won'], to: ['ERP'] },
          { name: 'y', on: ['signed', 'won'], to: ['ERP'] },
        ],
      }),
      ['ROUTE_UNAMBIGUOUS events.1'],
    ],
  ])('%s', (_, broken, expected) => {
    expect(found(broken)).toEqual(expected)
  })

  it('an exception may stand before its rule, and a successor on the day after', () => {
    const dated = [
      route(narrow),
      route({ until: day('2026-01-01') }),
      route({ name: 'next', since: day('2026-01-01') }),
    ]
    expect(found(model({ routes: [...dated, ...routes.slice(1)] }))).toEqual([])
    const december = route({ name: 'december', since: day('2026-12-01'), until: day('2027-01-01') })
    expect(found(model({ routes: [december, ...routes] }))).toEqual([])
    expect(found(model({ routes: [...routes, december] }))).toEqual(['ROUTE_UNAMBIGUOUS routes.3'])
  })
})

describe('exceptions and limits', () => {
  it.each<[string, WorkflowModel, string[]]>([
    [
      'a class that nobody answers for',
      model({ exceptions: exceptions.slice(1) }),
      ['EXCEPTION_OWNED exceptions'],
    ],
    [
      'a class without a deadline',
      model({
        exceptions: exceptions.map((each, index) => (index === 2 ? { ...each, deadlineHours: 0 } : each)),
      }),
      ['EXCEPTION_OWNED exceptions.2'],
    ],
    [
      'a class that two answer for',
      model({ exceptions: [...exceptions, ...exceptions.slice(0, 1)] }),
      [`DEFINED_ONCE exceptions.${exceptions.length}`],
    ],
    [
      'a limit that is no amount',
      model({ limits: { ...model().limits, dealAmount: { JPY: '5.00' } } }),
      ['LIMIT_AMOUNT limits.dealAmount.JPY'],
    ],
  ])('%s', (_, broken, expected) => {
    expect(found(broken)).toEqual(expected)
  })
})

const part = (code: string, changes: Partial<WorkflowModel> = {}) => ({
  legalEntities: [code],
  model: model({ name: `of-${code}`, ...changes }),
})

const linted = (...parts: ReturnType<typeof part>[]) =>
  lintDocument(hashedModel({ parts }), surroundings).map(({ rule, path }) => `${rule} ${path}`)

describe('a hybrid', () => {
  it('may run companies under models that differ', () => {
    expect(linted(part('US'), part('DE', { flows: {} }))).toEqual([])
  })
  it('runs each company under one model', () => {
    expect(linted(part('US'), part('US'))).toEqual(['ENTITY_ONCE entities.1'])
  })
  it('has one master of what the companies share', () => {
    const others = masters.map((rule) =>
      rule.objects.includes('price') ? { ...rule, master: 'CRM' as const } : rule,
    )
    expect(linted(part('US'), part('DE', { masters: others }))).toEqual(['SHARED_MASTER masters'])
  })
  it('is held to every rule in each of its parts', () => {
    expect(linted(part('US'), part('DE', { gates: [] }))).toEqual([
      'GATE_KNOWN of-DE: flows.closeOpportunity.gates.0',
    ])
  })
})
