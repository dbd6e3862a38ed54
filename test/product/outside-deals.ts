/** Nodes of the product that sell, and outside systems that master CRM and the ERP of its companies. */
import { expect } from 'vitest'
import { systemClock } from '#platform/clock.ts'
import { createRecordFacts } from '#product.ts'
import { yearly } from '#test/domain/deals.ts'
import { openingFacts, stated } from '#test/erp/books.ts'
import { type LoggedEffect, readEffects } from '#test/simulators/log.ts'
import { type Simulator, startSimulator } from '#test/simulators/start.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { customerFact, opportunityFact, quoteFact } from '#test/support/facts.ts'
import { recordPlatform } from './deals.ts'
import type { FlowPayload } from './flows.ts'
import { startNode } from './node-process.ts'
import { askNode, SETTLED_MS, TIMEOUT_MS } from './outside-world.ts'

/** One of our companies, by its code, and a customer that it may sell to without tax. */
export type Company = 'US' | 'DE' | 'JP'

/** What of an offer is not as usual: another customer than one of its own, another currency than the company's. */
interface Offered {
  readonly customer?: string
  readonly currency?: string
}

/** Nodes of the product that sell. */
export interface SellingWorld {
  readonly database: TestDatabase
  readonly record: ReturnType<typeof createRecordFacts>
  readonly ask: <Answer>(query: string, variables?: object, node?: number) => Promise<Answer>
  /** Where a node takes webhooks of a connector. */
  readonly hookOf: (connector: string) => string
  /** Has a customer agree to an offer; the id of the opportunity. */
  readonly offered: (name: string, company: Company, fields?: Offered) => Promise<string>
  /** Closes a deal at one of the two nodes; the id of its workflow. */
  readonly close: (opportunityId: string, node?: number) => Promise<string>
  /** Waits until a workflow is where it ends or waits for a person. */
  readonly becomes: (workflowId: string, status: string) => Promise<void>
  /** Kills both nodes at once, as a power cut would; `revive` starts others. */
  readonly kill: () => Promise<void>
  readonly revive: () => Promise<void>
  readonly shut: () => Promise<void>
}

/** With an outside CRM and outside ERPs. */
export interface DealWorld extends SellingWorld {
  /** The American ERP tells repetitions by their key, the German one is searched, the Japanese does neither. */
  readonly ledgers: Readonly<Record<Company, Simulator>>
  readonly crm: Simulator
  /** What an ERP did for a workflow. */
  readonly effectsFor: (workflowId: string, company?: Company) => LoggedEffect[]
}

const CLOSE = `mutation ($input: CloseOpportunityInput!) { answer: closeOpportunity(input: $input) {
  workflow { id status } replayed userErrors { code message field } } }`
const WORKFLOW = `query ($id: ID!) { answer: workflow(id: $id) {
  status failure { code message } steps { name status attempts } } }`

const DAY_MS = 86_400_000
/** The German ERP shows what was posted so late. */
export const VISIBLE_AFTER_MS = 500

const CUSTOMERS = {
  US: { address: addressIn('OR', 'US'), currency: 'USD', taxIds: [] },
  DE: {
    address: addressIn(null, 'FR'),
    currency: 'EUR',
    taxIds: [{ type: 'eu_vat', value: 'FR12345678901' }],
  },
  JP: { address: addressIn(null, 'JP'), currency: 'JPY', taxIds: [] },
} as const

function addressIn(region: string | null, country: string) {
  return { line1: '1 Main St', city: 'Portland', postalCode: '97201', region, country }
}

/** Opens one whose CRM and ERPs are outside. */
export async function openDealWorld(): Promise<DealWorld> {
  const [crm, us, de, jp] = await Promise.all([
    startSimulator('crm'),
    ...(['US', 'DE', 'JP'] as const).map(() => startSimulator('erp')),
  ])
  if (us === undefined || de === undefined || jp === undefined) throw new Error('a simulator is missing')
  const ledgers = { US: us, DE: de, JP: jp }
  const world = await openSellingWorld({
    CONNECTORS: JSON.stringify([...connectorsOf(ledgers), crmConnector(crm)]),
    LOG_LEVEL: 'error',
  })
  return {
    ...world,
    ledgers,
    crm,
    effectsFor: (id, company = 'US') =>
      readEffects(ledgers[company].logPath).filter(({ effectKey }) => effectKey.startsWith(id)),
    shut: async () => {
      await Promise.all([crm.stop(), ...Object.values(ledgers).map((ledger) => ledger.stop())])
      await world.shut()
    },
  }
}

/** Opens one with two nodes that are told of outside systems. */
export async function openSellingWorld(settings: Readonly<Record<string, string>>): Promise<SellingWorld> {
  const database = await openTestDatabase()
  const record = createRecordFacts(database.of, systemClock, 'test')
  await record(openingFacts())
  await recordPlatform({ record })
  await record({ prices: [yenPrice()] })
  const start = () => Promise.all([startNode(database.url, settings), startNode(database.url, settings)])
  let nodes = await start()
  const kill = async (): Promise<void> => void (await Promise.all(nodes.map((node) => node.kill())))
  const ask = <Answer>(query: string, variables: object = {}, node = 0): Promise<Answer> =>
    askNode(nodes[node]?.url ?? '', query, variables)
  return {
    database,
    record,
    ask,
    kill,
    hookOf: (connector) => `http://${nodes[0].url.replace('/graphql', `/hooks/${connector}`)}`,
    offered: async (name, company, { customer = name, currency = CUSTOMERS[company].currency } = {}) => {
      const customerId = `cus_${customer}`
      const fields = { ...CUSTOMERS[company], currency }
      const opportunityId = `opp_${name}`
      await record({
        customers: [
          customerFact({
            id: customerId,
            name,
            legalName: name,
            status: 'PROSPECT',
            ...fields,
            ...inCrm('customer', customer),
          }),
        ],
        opportunities: [
          opportunityFact({ id: opportunityId, customerId, currency, ...inCrm('opportunity', name) }),
        ],
        quotes: [quoteOf(name, opportunityId, currency)],
      })
      return opportunityId
    },
    close: async (opportunityId, node) => {
      const input = { opportunityId, closedOn: '2026-11-01', idempotencyKey: `close ${opportunityId}` }
      const { workflow, userErrors } = await ask<FlowPayload>(CLOSE, { input }, node)
      expect(userErrors).toEqual([])
      return workflow?.id ?? ''
    },
    becomes: (id, status) =>
      expect.poll(() => ask(WORKFLOW, { id }), { timeout: SETTLED_MS }).toMatchObject({ status }),
    revive: async () => {
      nodes = await start()
    },
    shut: async () => {
      await kill()
      await database.close()
    },
  }
}

function connectorsOf({ US, DE, JP }: DealWorld['ledgers']) {
  const http = { kind: 'http', system: 'ERP', timeoutMs: TIMEOUT_MS }
  const searched = { searchableByReference: true, visibleWithinMs: 3 * VISIBLE_AFTER_MS }
  return [
    { ...http, name: 'erp-us', legalEntity: 'US', url: US.url, deduplicatesForMs: DAY_MS },
    { ...http, name: 'erp-de', legalEntity: 'DE', url: DE.url, ...searched },
    { ...http, name: 'erp-jp', legalEntity: 'JP', url: JP.url },
  ]
}

const crmConnector = ({ url }: Simulator) => ({
  kind: 'http',
  system: 'CRM',
  name: 'crm',
  url,
  timeoutMs: TIMEOUT_MS,
  deduplicatesForMs: DAY_MS,
})

/** What the CRM calls something. */
const inCrm = (objectType: string, name: string) => ({
  externalRefs: [
    {
      system: 'crm',
      instance: 'default',
      objectType,
      externalId: `crm_${name}`,
      url: null,
      sourceVersion: 1n,
    },
  ],
})

function quoteOf(name: string, opportunityId: string, currency: string) {
  const lines = [{ id: `qul_${name}`, productId: 'platform', quantity: '1', unitPrice: 1_200_000n }]
  return quoteFact({
    id: `quo_${name}`,
    opportunityId,
    number: `Q-${name}`,
    status: 'ACCEPTED',
    currency,
    lines,
  })
}

const yenPrice = () => ({
  ...stated('price JPY'),
  productId: 'platform',
  nickname: null,
  currency: 'JPY',
  unitAmount: '1200000',
  interval: yearly,
  usage: 'LICENSED' as const,
  tiersMode: null,
  tiers: [],
  active: true,
})
