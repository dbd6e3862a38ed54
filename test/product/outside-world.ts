/** Nodes of the product, and outside systems that master the billing of its companies. */
import { expect } from 'vitest'
import { systemClock } from '#platform/clock.ts'
import { createRecordFacts } from '#product.ts'
import { makeSecret } from '#subgraphs/operations/webhooks/sign.ts'
import { invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { openingFacts } from '#test/erp/books.ts'
import type { Fault } from '#test/simulators/faults.ts'
import { type LoggedEffect, readEffects } from '#test/simulators/log.ts'
import { type Simulator, startSimulator } from '#test/simulators/start.ts'
import { type WriteServer, writeServer } from '#test/stripe/write-server.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { customerFact } from '#test/support/facts.ts'
import { startNode } from './node-process.ts'

/** Whose billing a payment was taken by, and of which company. */
interface Taken {
  readonly system?: string
  readonly legalEntityId?: string
  readonly currency?: string
}

/** A payment as the graph shows it. */
export interface ShownPayment {
  readonly status: string
  readonly refunds: readonly { readonly externalRefs: readonly { readonly externalId: string }[] }[]
}

/** The American billing tells repetitions by their key, the German one promises nothing, the Japanese is Stripe. */
export interface OutsideWorld {
  readonly database: TestDatabase
  readonly billing: Simulator
  readonly stripe: WriteServer
  readonly record: ReturnType<typeof createRecordFacts>
  /** What the American billing signs its webhooks with. */
  readonly secret: string
  /** Where one of the two nodes takes webhooks of a connector. */
  readonly hookOf: (connector: string, node?: number) => string
  /** Asks one of the two nodes for the one root field, called `answer`. */
  readonly ask: <Answer>(query: string, variables?: object, node?: number) => Promise<Answer>
  /** A paid invoice of 450.00 and 90.00 of tax, whose payment that billing took; the id of the payment. */
  readonly paid: (name: string, taken?: Taken) => Promise<string>
  /** Such an invoice that nobody has paid; its id. */
  readonly owed: (name: string, taken?: Taken) => Promise<string>
  /** Waits until a workflow is where it ends or waits for a person. */
  readonly becomes: (workflowId: string, status: string) => Promise<void>
  /** What the simulated billing did for a workflow. */
  readonly effectsFor: (workflowId: string) => LoggedEffect[]
  /** The refunds of a payment in our own store, by what the outside system calls them. */
  readonly refundsOf: (paymentId: string) => Promise<string[]>
  /** Kills both nodes at once, as a power cut would; `revive` starts others. */
  readonly kill: () => Promise<void>
  readonly revive: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Shorter than a workflow's lease, so that a time-out is over before another node takes it. */
export const TIMEOUT_MS = 1_000
/** For what goes wrong a few times. */
export const SETTLED_MS = 30_000
const DAY_MS = 86_400_000

/** What may go wrong with one effect, none of which may be seen in what comes of it. */
export const WHATEVER_GOES_WRONG: readonly (readonly [string, readonly Fault[], object])[] = [
  ['where all goes well', [], {}],
  ['whose answer is lost', ['LOSE_ANSWER'], {}],
  ['whose request is lost', ['LOSE_REQUEST'], {}],
  ['in a burst of 503', ['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE'], {}],
  ['that answers 429 and says when to come again', ['RATE_LIMIT'], {}],
  ['that answers 500 after all', ['FAIL_AFTER'], {}],
  ['that answers after the time-out', ['SLOW'], { slowMs: TIMEOUT_MS * 2 }],
  ['of which everything goes wrong', ['LOSE_REQUEST', 'UNAVAILABLE', 'LOSE_ANSWER', 'RATE_LIMIT'], {}],
]

const PAYMENT = `query ($id: ID!) { answer: payment(id: $id) {
  status refunds { amount { amount } status externalRefs { system externalId } } } }`
const WORKFLOW = 'query ($id: ID!) { answer: workflow(id: $id) { status failure { code message } } }'

/** Opens it. The American billing can be asked what it made where that is said. */
export async function openOutsideWorld(
  american: { readonly searchableByReference?: boolean } = {},
): Promise<OutsideWorld> {
  const [database, billing, stripe] = await Promise.all([
    openTestDatabase(),
    startSimulator('billing'),
    writeServer(),
  ])
  const record = createRecordFacts(database.of, systemClock, 'test')
  await record({ ...openingFacts(), customers: [customerFact({ id: 'customer-1' })] })
  const secret = makeSecret()
  const settings = settingsOf(billing, stripe, secret, american)
  const start = () => Promise.all([startNode(database.url, settings), startNode(database.url, settings)])
  let nodes = await start()
  const kill = async (): Promise<void> => void (await Promise.all(nodes.map((node) => node.kill())))
  const ask = <Answer>(query: string, variables: object = {}, node = 0): Promise<Answer> =>
    askNode(nodes[node]?.url ?? '', query, variables)
  return {
    database,
    billing,
    stripe,
    record,
    secret,
    ask,
    kill,
    hookOf: (connector, node = 0) =>
      `http://${(nodes[node]?.url ?? '').replace('/graphql', `/hooks/${connector}`)}`,
    paid: async (name, taken = {}) => {
      const facts = paidFacts(name, taken)
      await record(facts)
      return facts.payments[0]?.id ?? ''
    },
    owed: async (name, taken = {}) => {
      const { invoices } = paidFacts(name, taken)
      await record({ invoices })
      return invoices[0]?.id ?? ''
    },
    becomes: (id, status) =>
      expect.poll(() => ask(WORKFLOW, { id }), { timeout: SETTLED_MS }).toMatchObject({ status }),
    effectsFor: (id) => readEffects(billing.logPath).filter(({ effectKey }) => effectKey.startsWith(id)),
    refundsOf: async (id) => {
      const { refunds } = await ask<ShownPayment>(PAYMENT, { id })
      return refunds.map(({ externalRefs }) => externalRefs.map(({ externalId }) => externalId).join())
    },
    revive: async () => {
      nodes = await start()
    },
    close: async () => {
      await Promise.all([kill(), billing.stop(), stripe.close()])
      await database.close()
    },
  }
}

/** What nodes are told of the three billing systems. */
export function settingsOf({ url }: Simulator, { port }: WriteServer, secret: string, american: object = {}) {
  const http = { kind: 'http', system: 'BILLING', url, timeoutMs: TIMEOUT_MS }
  const connectors = [
    {
      ...http,
      name: 'billing-us',
      legalEntity: 'US',
      deduplicatesForMs: DAY_MS,
      webhookSecrets: [secret],
      ...american,
    },
    { ...http, name: 'billing-de', legalEntity: 'DE' },
    { kind: 'stripe', system: 'BILLING', legalEntity: 'JP' },
  ]
  return {
    CONNECTORS: JSON.stringify(connectors),
    STRIPE_API_KEY: 'sk_test_1',
    STRIPE_INSTANCE: 'acct_1',
    STRIPE_HOST: '127.0.0.1',
    STRIPE_PORT: String(port),
    STRIPE_PROTOCOL: 'http',
    LOG_LEVEL: 'error',
  }
}

/** Asks a node for the one root field, called `answer`. */
export async function askNode<Answer>(url: string, query: string, variables: object): Promise<Answer> {
  const response = await fetch(`http://${url}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data?: { answer: Answer } | null; errors?: unknown }
  if (!data || errors) throw new Error(JSON.stringify(errors))
  return data.answer
}

function paidFacts(
  name: string,
  { system = 'billing-us', legalEntityId = 'entity-1', currency = 'USD' }: Taken,
) {
  const [id, invoiceId, of] = [`pay_${name}`, `inv_${name}`, { legalEntityId, currency }]
  const isStripe = system === 'stripe'
  const refTo = (objectType: string, ourId: string) => ({
    system,
    externalId: `out_${ourId}`,
    instance: isStripe ? 'acct_1' : 'default',
    objectType,
    url: null,
    sourceVersion: 1n,
  })
  const ref = refTo(isStripe ? 'payment_intent' : 'payment', id)
  const invoiceRefs = [refTo('invoice', invoiceId)]
  const lines = [invoiceLine(450_00n, { id: `line_${name}` })]
  const taxLines = [{ jurisdiction: 'OR', rate: '20', taxable: 450_00n, amount: 90_00n }]
  const allocations = [{ id: `alc_${name}`, invoiceId, amount: 540_00n }]
  return {
    invoices: [
      invoiceFact({ ...of, id: invoiceId, externalRefs: invoiceRefs, number: `N-${name}`, lines, taxLines }),
    ],
    payments: [paymentFact({ ...of, id, externalRefs: [ref], amount: 540_00n, allocations })],
  }
}
