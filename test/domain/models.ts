/** A small workflow model that is right, and what it is held against: tests break one thing at a time. */
import type { LintSurroundings } from '#domain/lint-model.ts'
import type {
  CatalogueStep,
  FlowPlan,
  Gate,
  HashedModel,
  MasterRule,
  Route,
  WorkflowModel,
} from '#domain/workflow-model.ts'
import { EXCEPTION_CLASSES } from '#domain/exception.ts'
import { day } from './documents.ts'

export const step = (
  name: string,
  kind: CatalogueStep['kind'],
  needs: readonly string[] = [],
  more: Partial<CatalogueStep> = {},
): CatalogueStep => ({ name, kind, needs, system: 'BILLING', hasUndo: kind === 'COMPENSATABLE', ...more })

export const surroundings: LintSurroundings = {
  flows: {
    closeOpportunity: [
      step('check', 'CHECK', [], { system: 'CRM', uses: ['LIMIT'] }),
      step('sign', 'COMPENSATABLE', ['check'], { system: 'CRM' }),
      step('subscribe', 'COMPENSATABLE', ['sign']),
      step('invoice', 'PIVOT', ['subscribe'], { uses: ['TAX'] }),
      step('post', 'RETRIABLE', ['invoice'], { system: 'ERP' }),
      step('win', 'RETRIABLE', ['invoice'], { system: 'CRM' }),
    ],
    mergeCustomers: [step('merge', 'COMPENSATABLE', [], { system: 'CRM' })],
  },
  objects: { customer: ['name', 'taxIds'], price: ['unitAmount'] },
  eventTypes: ['won', 'signed'],
}

export const master = (rule: Partial<MasterRule>): MasterRule => ({
  objects: ['customer'],
  fields: 'all',
  master: 'CRM',
  foreign: 'PROPOSE',
  mergedFrom: [],
  carried: [],
  ...rule,
})

export const gate = (rule: Partial<Gate> = {}): Gate => ({
  name: 'review',
  description: 'Somebody looks at it.',
  when: 'ALWAYS',
  approver: 'FINANCE',
  bands: [],
  deadlineHours: 24,
  atDeadline: 'REJECT',
  escalateTo: null,
  ...rule,
})

export const route = (rule: Partial<Route>): Route => ({
  name: 'germany',
  kind: 'LEGAL_ENTITY',
  countries: ['DE'],
  regions: null,
  legalEntities: null,
  since: null,
  until: null,
  to: 'DE',
  fallback: null,
  ...rule,
})

export const plan = (rule: Partial<FlowPlan> = {}): FlowPlan => ({
  steps: ['check', 'sign', 'subscribe', 'invoice', 'post', 'win'],
  gates: [{ gate: 'review', before: 'sign' }],
  ...rule,
})

export const model = (changes: Partial<WorkflowModel> = {}): WorkflowModel => ({
  name: 'small',
  version: 1,
  description: 'A model for tests.',
  masters: [
    master({ carried: [{ from: 'CRM', to: 'BILLING' }] }),
    master({ fields: ['taxIds'], master: 'ERP', foreign: 'MERGE', mergedFrom: ['BILLING'] }),
    master({ objects: ['price'], master: 'BILLING', foreign: 'REJECT' }),
  ],
  flows: { closeOpportunity: plan() },
  gates: [gate()],
  markets: [{ country: 'DE', since: day('2024-01-01') }],
  routes: [
    route({}),
    route({ name: 'vat', kind: 'TAX', to: 'rules' }),
    route({ name: 'sepa', kind: 'PAYMENT', legalEntities: ['DE'], to: 'stripe' }),
  ],
  events: [{ name: 'deals', on: ['won'], to: ['ERP', 'ANALYTICS'] }],
  limits: { usageLines: 1, legalEntities: 1, amendments: 2, dealAmount: { EUR: '1000.00' } },
  retry: { attempts: 3, firstDelaySeconds: 1, maxDelaySeconds: 60, jitterPercent: 20 },
  exceptions: EXCEPTION_CLASSES.map((name) => ({
    class: name,
    owner: 'PLATFORM',
    deadlineHours: 8,
    escalateTo: 'FINANCE',
  })),
  ...changes,
})

export const hashedModel = (changes: Partial<HashedModel> = {}): HashedModel => ({
  name: 'small',
  version: 1,
  description: 'A model for tests.',
  hash: 'hash',
  parts: [{ legalEntities: null, model: model() }],
  ...changes,
})
