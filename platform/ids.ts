import { hash } from 'node:crypto'

/** Prefix of the global ids of a kind: it tells `node(id)` what to look for and a person what she sees. */
export const ID_PREFIXES = {
  customer: 'cus',
  contact: 'con',
  opportunity: 'opp',
  quote: 'quo',
  contract: 'ctr',
  contractLine: 'ctl',
  amendment: 'amd',
  product: 'prd',
  price: 'prc',
  subscription: 'sub',
  subscriptionItem: 'sit',
  invoice: 'inv',
  invoiceLine: 'inl',
  creditNote: 'crn',
  creditNoteLine: 'cnl',
  payment: 'pay',
  allocation: 'alc',
  refund: 'rfd',
  dispute: 'dsp',
  payout: 'pyo',
  usage: 'use',
  dunning: 'dun',
  legalEntity: 'ent',
  ledgerAccount: 'acc',
  accountRule: 'arl',
  accountingPeriod: 'per',
  fxRate: 'fxr',
  creditProfile: 'cpr',
  journalEntry: 'jrn',
  revenueSchedule: 'rs',
  performanceObligation: 'obl',
  workflow: 'wfl',
  exception: 'exc',
  approval: 'apr',
} as const

export type IdKind = keyof typeof ID_PREFIXES

const ID_DIGEST_CHARACTERS = 22

/**
 * The global id of an object that first became known from an outside system. The same object always gets the
 * same id, so that facts may refer to objects which have not arrived yet.
 */
export function canonicalId(
  kind: IdKind,
  system: string,
  instance: string,
  objectType: string,
  externalId: string,
): string {
  const name = [system, instance, objectType, externalId].join('\u0000')
  const digest = hash('sha256', name, 'base64url').replaceAll(/[-_]/g, '0')
  return `${ID_PREFIXES[kind]}_${digest.slice(0, ID_DIGEST_CHARACTERS)}`
}

const KINDS_BY_PREFIX = new Map(
  Object.entries(ID_PREFIXES).map(([kind, prefix]) => [prefix as string, kind as IdKind]),
)

/** The kind that a global id names, or undefined if it is none of ours. */
export function kindOfId(id: string): IdKind | undefined {
  const [prefix = '', digest = ''] = id.split('_', 2)
  return digest === '' ? undefined : KINDS_BY_PREFIX.get(prefix)
}

/** The GraphQL type of what a kind of id names; kinds that are no objects of their own in the graph are left out. */
const GRAPH_TYPES: Readonly<Partial<Record<IdKind, string>>> = {
  customer: 'Customer',
  contact: 'Contact',
  opportunity: 'Opportunity',
  quote: 'Quote',
  contract: 'Contract',
  amendment: 'Amendment',
  product: 'Product',
  price: 'Price',
  subscription: 'BillingSubscription',
  invoice: 'Invoice',
  creditNote: 'CreditNote',
  payment: 'Payment',
  refund: 'Refund',
  dispute: 'Dispute',
  usage: 'Usage',
  dunning: 'Dunning',
  legalEntity: 'LegalEntity',
  ledgerAccount: 'LedgerAccount',
  accountingPeriod: 'AccountingPeriod',
  fxRate: 'FxRate',
  journalEntry: 'JournalEntry',
  revenueSchedule: 'RevenueSchedule',
  performanceObligation: 'PerformanceObligation',
  workflow: 'Workflow',
  exception: 'Exception',
  approval: 'Approval',
}

/** The GraphQL type of what a global id names, whether it exists or not; undefined where it is none of ours. */
export function graphTypeOf(id: string): string | undefined {
  const kind = kindOfId(id)
  return kind === undefined ? undefined : GRAPH_TYPES[kind]
}
