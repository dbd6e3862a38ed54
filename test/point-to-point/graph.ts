/** The same story through the graph: nodes of the product, with the company's CRM and ERP as their outside systems. */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, systemClock } from '#platform/clock.ts'
import { type Database, openDatabase } from '#platform/database.ts'
import { roleOf } from '#platform/migrate.ts'
import { createRecordFacts } from '#product.ts'
import { openingFacts } from '#test/erp/books.ts'
import { recordPlatform } from '#test/product/deals.ts'
import { type NodeProcess, startNode } from '#test/product/node-process.ts'
import { faultSource } from '#test/simulators/faults.ts'
import { customerFact, opportunityFact, quoteFact } from '#test/support/facts.ts'
import { silentLog } from '#test/support/log.ts'
import { AFTER_EFFECT, amountsOf, doneOf, heldInErp, type Outside, WITHOUT_EFFECT } from './outside.ts'
import { type Deal, PAID_ON, SOLD_ON, UPGRADED_ON, type Weather, YEAR } from './story.ts'
import type { Way } from './way.ts'

const CLOSE = `mutation ($input: CloseOpportunityInput!) { answer: closeOpportunity(input: $input) {
  workflow { id } userErrors { code message } } }`
const CONTRACT = `query ($id: ID!) { answer: customer(id: $id) { contracts(first: 1) { nodes { id lines { id } } } } }`
const PREVIEW = example('preview-amendment').replace('previewAmendment(', 'answer: previewAmendment(')
const AMEND = example('amend-contract').replace('amendContract(', 'answer: amendContract(')
const PAY = `mutation ($input: RecordPaymentInput!) { answer: recordPayment(input: $input) {
  workflow { id } userErrors { code message } } }`
const BILLS = `query ($id: ID!) { answer: customer(id: $id) {
  invoices(first: 1, orderBy: { field: ISSUE_DATE, direction: ASC }) { nodes { id } } } }`
const HELD = `query ($id: ID!) { answer: customer(id: $id) {
  contracts(first: 10) { nodes { totalContractValue { amount } } } subscriptions { id }
  invoices(first: 10) { nodes { total { amount } } } payments(first: 10) { nodes { status amount { amount } } } } }`
const EXCEPTIONS =
  '{ answer: exceptions(first: 1, filter: { status: { in: [OPEN] } }) { totalCount nodes { message } } }'

const TIMEOUT_MS = 1_000
/** What the outside systems have is found as soon as it is there; this is for a busy machine. */
const VISIBLE_WITHIN_MS = 500
const RETRY_MS = 20
/** So often somebody asks again who got no answer. */
const TRIES = 50
const POLL_MS = 50
const SETTLED_WITHIN_MS = 120_000

const address = { line1: '1 Main St', city: 'Portland', postalCode: '97201', region: 'OR', country: 'US' }

/** Starts it over a database, in which nothing but schemas may be. */
export async function openGraphWay(
  databaseUrl: string,
  outside: Outside,
  { percent, seed, isStormy }: Weather,
  deals: readonly Deal[],
): Promise<Way> {
  // A second node goes on with what the first cannot.
  const count = isStormy ? 2 : 1
  let [shiftMs, nodes]: [number, NodeProcess[]] = [0, []]
  const kill = async (): Promise<void> => void (await Promise.all(nodes.map((node) => node.kill())))
  const start = async (): Promise<void> => {
    const settings = settingsOf(outside, shiftMs)
    nodes = await Promise.all(Array.from({ length: count }, () => startNode(databaseUrl, settings)))
  }
  const turnTo = async (day: string): Promise<void> => {
    await kill()
    const morning = Temporal.Instant.from(`${day}T09:00:00Z`)
    shiftMs = morning.epochMilliseconds - systemClock.now().epochMilliseconds
    await start()
  }
  const clock: Clock = { now: () => systemClock.now().add({ milliseconds: shiftMs }) }
  // Whoever asks is as far from the graph as CRM is from billing: as many of those calls go wrong.
  const way = faultSource({ percent, seed })
  const ask = async <Answer>(query: string, variables: object): Promise<Answer> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const fault = way.next()
      const node = nodes[tries % count]?.url ?? ''
      const answer = WITHOUT_EFFECT.includes(fault) ? undefined : await asked<Answer>(node, query, variables)
      if (answer !== undefined && !AFTER_EFFECT.includes(fault)) return answer
      await pause(RETRY_MS)
    }
    throw new Error(`nobody answers ${query}`)
  }
  const change = async (query: string, input: object): Promise<void> => {
    const { userErrors } = await ask<{ userErrors: object[] }>(query, { input })
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors))
  }
  await turnTo(SOLD_ON)
  const databases = new Map<string, Database>()
  const of = (subgraph: string): Database =>
    databases.getOrInsertComputed(subgraph, () =>
      openDatabase({ url: databaseUrl, role: roleOf(subgraph), maxConnections: 1, log: silentLog }),
    )
  const record = createRecordFacts(of, clock, 'story')
  await record(openingFacts())
  await recordPlatform({ record })
  await record(factsOf(deals))
  return {
    turnTo,
    sell: ({ name, customerId }) =>
      change(CLOSE, {
        opportunityId: `opp_${customerId}`,
        closedOn: SOLD_ON,
        idempotencyKey: `sell ${name}`,
      }),
    upgrade: async ({ name, customerId }) => {
      const { contracts } = await ask<{ contracts: Page<Contract> }>(CONTRACT, { id: customerId })
      const [contract] = contracts.nodes
      const unitPrice = { amount: '18000.00', currency: 'USD' }
      const changes = [{ lineId: contract?.lines[0]?.id, unitPrice }]
      const wanted = { contractId: contract?.id, effectiveDate: UPGRADED_ON, changes }
      const { previewHash } = await ask<{ previewHash: string }>(PREVIEW, { input: wanted })
      await change(AMEND, { ...wanted, previewHash, idempotencyKey: `upgrade ${name}` })
    },
    billOf: async ({ customerId }) => {
      const { invoices } = await ask<{ invoices: Page<{ id: string }> }>(BILLS, { id: customerId })
      return invoices.nodes[0]?.id
    },
    // The key is what the processor calls the payment: however often it tells of it, and in whichever order.
    hear: async ({ type, data: { customerId, minorUnits, invoice, externalId } }) => {
      if (type !== 'payment.settled') return
      const amount = { amount: `${minorUnits.slice(0, -2)}.${minorUnits.slice(-2)}`, currency: 'USD' }
      await change(PAY, {
        customerId,
        amount,
        method: 'CARD',
        receivedAt: `${PAID_ON}T08:00:00Z`,
        allocations: [{ invoiceId: invoice, amount }],
        idempotencyKey: externalId,
      })
    },
    cutPower: async () => {
      await kill()
      await start()
    },
    settle: () => settled(of('operations')),
    bearsRepetition: true,
    heldOf: async (deal) => {
      const customer = await ask<Customer>(HELD, { id: deal.customerId })
      const payments = customer.payments.nodes
      return {
        OPPORTUNITY: amountsOf(wonIn(outside, deal)),
        CONTRACT: customer.contracts.nodes.map((one) => minorUnitsOf(one.totalContractValue)),
        PAID_MARK: payments
          .filter(({ status }) => status === 'SUCCEEDED')
          .map((one) => minorUnitsOf(one.amount)),
        SUBSCRIPTION: customer.subscriptions.map(() => 0n),
        INVOICE: customer.invoices.nodes.map(({ total }) => minorUnitsOf(total)),
        PAYMENT: payments.map(({ amount }) => minorUnitsOf(amount)),
        ...heldInErp(outside, deal),
      }
    },
    told: async () => (await ask<{ totalCount: number }>(EXCEPTIONS, {})).totalCount,
    close: async () => {
      await kill()
      await Promise.all([...databases.values()].map((database) => database.close()))
    },
  }
}

interface Page<Node> {
  readonly nodes: readonly Node[]
}
interface Amount {
  readonly amount: string
}
interface Contract {
  readonly id: string
  readonly lines: readonly { readonly id: string }[]
}
interface Customer {
  readonly contracts: Page<{ readonly totalContractValue: Amount }>
  readonly subscriptions: readonly object[]
  readonly invoices: Page<{ readonly total: Amount }>
  readonly payments: Page<{ readonly status: string; readonly amount: Amount }>
}

const minorUnitsOf = ({ amount }: Amount): bigint => BigInt(amount.replace('.', ''))

/** Its opportunities go by names of their own in CRM. */
const wonIn = ({ crm }: Outside, { customerId }: Deal) =>
  doneOf(crm, 'updateOpportunity').filter(({ opportunity }) => opportunity === `crm_opp_${customerId}`)

function settingsOf({ crm, erp }: Outside, shiftMs: number): Record<string, string> {
  const searched = { searchableByReference: true, visibleWithinMs: VISIBLE_WITHIN_MS }
  const http = { kind: 'http', timeoutMs: TIMEOUT_MS, ...searched }
  const connectors = [
    { ...http, system: 'CRM', name: 'crm', url: crm.url },
    { ...http, system: 'ERP', name: 'erp', url: erp.url },
  ]
  return {
    CONNECTORS: JSON.stringify(connectors),
    LOG_LEVEL: 'error',
    NODE_OPTIONS: `--import=${new URL('./story-time.ts', import.meta.url).href}`,
    STORY_SHIFT_MS: String(shiftMs),
  }
}

/** The customers, who agreed to their offers. */
function factsOf(deals: readonly Deal[]) {
  const price = [{ productId: 'platform', quantity: '1', unitPrice: YEAR }]
  const one = ({ name, customerId }: Deal) => ({
    customer: customerFact({
      id: customerId,
      name,
      legalName: name,
      status: 'PROSPECT',
      address,
      ...inCrm('customer', customerId),
    }),
    opportunity: opportunityFact({
      id: `opp_${customerId}`,
      customerId,
      ...inCrm('opportunity', `opp_${customerId}`),
    }),
    quote: quoteFact({
      id: `quo_${customerId}`,
      opportunityId: `opp_${customerId}`,
      number: `Q-${customerId}`,
      status: 'ACCEPTED',
      lines: price.map((line) => ({ ...line, id: `qul_${customerId}` })),
    }),
  })
  const all = deals.map(one)
  return {
    customers: all.map(({ customer }) => customer),
    opportunities: all.map(({ opportunity }) => opportunity),
    quotes: all.map(({ quote }) => quote),
  }
}

const inCrm = (objectType: string, id: string) => ({
  externalRefs: [
    {
      system: 'crm',
      instance: 'default',
      objectType,
      externalId: `crm_${id}`,
      url: null,
      sourceVersion: 1n,
    },
  ],
})

/** Undefined where the node is gone. */
async function asked<Answer>(url: string, query: string, variables: object): Promise<Answer | undefined> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ query, variables })
  try {
    const response = await fetch(`http://${url}`, { method: 'POST', headers, body })
    const { data, errors } = (await response.json()) as { data?: { answer: Answer }; errors?: object }
    if (!data || errors) throw new Error(JSON.stringify(errors))
    return data.answer
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

async function settled(operations: Database): Promise<void> {
  const end = performance.now() + SETTLED_WITHIN_MS
  const unended = () =>
    operations.rows<{ id: string; status: string }>({
      text: `SELECT id, status FROM operations.workflow
        WHERE status IN ('ACCEPTED', 'RUNNING', 'RETRYING', 'COMPENSATING') ORDER BY place`,
      values: [],
    })
  let left = await unended()
  for (; left.length > 0 && performance.now() < end; left = await unended()) await pause(POLL_MS)
  if (left.length > 0) throw new Error(`it does not end: ${JSON.stringify(left)}`)
}

function example(name: string): string {
  return readFileSync(new URL(`../../schema/examples/${name}.graphql`, import.meta.url), 'utf8')
}
