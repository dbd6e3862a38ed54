/** The write side of a Stripe API on the loopback, for the real SDK: it keeps what it makes, and idempotency keys. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { changedSubscription, type StandingSubscription } from './standing-subscription.ts'

/** A request as it came. Fields of the body are flat, as forms have them: `metadata[revgraph_reference]`. */
export interface StripeCall {
  readonly method: string
  readonly path: string
  readonly idempotencyKey: string | undefined
  readonly body: Readonly<Record<string, string>>
}

/** What goes wrong with a request that changes something: a lost answer or request, or a status of Stripe's. */
export type StripeFault = 'LOSE_ANSWER' | 'LOSE_REQUEST' | 400 | 402 | 403 | 409 | 429 | 500

interface StripeThing {
  readonly id: string
  readonly object: string
  status: string
  number: string | null
  readonly metadata: Record<string, string>
  readonly fields: Readonly<Record<string, string>>
  readonly lines: Record<string, string>[]
}

/** An invoice that is there already, in Stripe's unit, with one rate of tax on all its lines. */
interface StandingInvoice {
  readonly amountRemaining: number
  readonly taxPercent: number
  readonly lineIds: readonly string[]
  readonly status?: 'open' | 'uncollectible' | 'paid'
  readonly metadata?: Readonly<Record<string, string>>
}

/** A server, and what it has seen and made. */
export interface WriteServer {
  readonly port: number
  readonly calls: StripeCall[]
  /** What goes wrong with the next changes, one after the other; undefined lets one through. */
  readonly faults: (StripeFault | undefined)[]
  /** What becomes of the next refunds. */
  refundStatus: string
  /** Invoices that credit notes may correct, by id. */
  readonly invoices: Map<string, StandingInvoice>
  /** Subscriptions that may be changed and cancelled, by id. */
  readonly subscriptions: Map<string, StandingSubscription>
  /** What was made under a reference. */
  readonly made: (reference: string) => StripeThing[]
  readonly close: () => Promise<void>
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

const KINDS: Readonly<Record<string, { object: string; prefix: string; status: string }>> = {
  customers: { object: 'customer', prefix: 'cus', status: 'active' },
  subscriptions: { object: 'subscription', prefix: 'sub', status: 'active' },
  invoices: { object: 'invoice', prefix: 'in', status: 'draft' },
  credit_notes: { object: 'credit_note', prefix: 'cn', status: 'issued' },
  refunds: { object: 'refund', prefix: 're', status: 'succeeded' },
}

/** Listens on a free port. */
export async function writeServer(): Promise<WriteServer> {
  const calls: StripeCall[] = []
  const faults: (StripeFault | undefined)[] = []
  const things: StripeThing[] = []
  const invoices = new Map<string, StandingInvoice>()
  const subscriptions = new Map<string, StandingSubscription>()
  const answers = new Map<string, { readonly asked: string; readonly answer: Answer }>()

  const change = (call: StripeCall): Answer => {
    const [, , resource = '', id, action] = call.path.split('/')
    if (id === undefined) {
      const made = make(things, resource, call.body)
      if (resource === 'refunds') made.status = server.refundStatus
      return { status: 200, body: shown(made) }
    }
    const known = invoices.get(id)
    if (known !== undefined && action === 'mark_uncollectible') {
      invoices.set(id, { ...known, status: 'uncollectible' })
      return { status: 200, body: { id, object: 'invoice', status: 'uncollectible' } }
    }
    if (known !== undefined && (action === 'pay' || action === undefined)) {
      const paid = action === 'pay' && { status: 'paid' as const, amountRemaining: 0 }
      const metadata = { ...known.metadata, ...metadataIn(call.body) }
      invoices.set(id, { ...known, ...paid, metadata })
      return { status: 200, body: shownInvoice(id, { ...known, ...paid, metadata }) }
    }
    const subscription = subscriptions.get(id)
    if (subscription !== undefined) {
      subscriptions.set(id, changedSubscription(subscription, call))
      return { status: 200, body: subscriptions.get(id) }
    }
    const invoice = things.find((thing) => thing.id === id)
    if (invoice === undefined) return failure(404, 'invalid_request_error', 'resource_missing')
    if (invoice.status !== 'draft') return failure(400, 'invalid_request_error', 'invoice_not_editable')
    if (call.method === 'DELETE') {
      invoice.status = 'deleted'
      return { status: 200, body: { id, object: 'invoice', deleted: true } }
    }
    if (action === 'add_lines') invoice.lines.push(...linesIn(call.body))
    else Object.assign(invoice, { status: 'open', number: `ACME-${things.indexOf(invoice) + 1}` })
    return { status: 200, body: shown(invoice) }
  }
  const changeOnce = (call: StripeCall, fault: StripeFault | undefined): Answer => {
    const key = call.idempotencyKey ?? ''
    const asked = JSON.stringify([call.path, call.body])
    const kept = answers.get(key)
    if (kept !== undefined)
      return kept.asked === asked ? kept.answer : failure(400, 'idempotency_error', 'idempotency_error')
    if (fault === 400 || fault === 403 || fault === 409 || fault === 429)
      return failure(fault, 'invalid_request_error', `planned_${fault}`)
    const answer = fault === 402 || fault === 500 ? failure(fault, TYPES[fault], 'planned') : change(call)
    answers.set(key, { asked, answer })
    return answer
  }
  const listener = createServer((request, response) => void serve(request, response))
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const call = await callOf(request, url)
    calls.push(call)
    if (call.method === 'GET') {
      const subscription = subscriptions.get(url.pathname.split('/')[3] ?? '')
      const known = subscription && { status: 200, body: subscription }
      return answerWith(response, known ?? standing(invoices, url) ?? list(things, url))
    }
    const fault = faults.shift()
    if (fault === 'LOSE_REQUEST') return void response.destroy()
    const answer = changeOnce(call, fault)
    if (fault === 'LOSE_ANSWER') return void response.destroy()
    answerWith(response, answer)
  }
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const server: WriteServer = {
    port: (listener.address() as AddressInfo).port,
    refundStatus: 'succeeded',
    invoices,
    subscriptions,
    calls,
    faults,
    made: (reference) =>
      things.filter(
        ({ metadata, status }) => metadata['revgraph_reference'] === reference && status !== 'deleted',
      ),
    close: async () => {
      listener.closeAllConnections()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
  return server
}

const TYPES = { 402: 'card_error', 500: 'api_error' } as const

const failure = (status: number, type: string, code: string): Answer => ({
  status,
  body: { error: { type, code, message: `${code} of ${status}` } },
})

function make(
  things: StripeThing[],
  resource: string,
  fields: Readonly<Record<string, string>>,
): StripeThing {
  const kind = KINDS[resource]
  if (kind === undefined) throw new Error(`no ${resource}`)
  const thing: StripeThing = {
    id: `${kind.prefix}_${things.length + 1}`,
    object: kind.object,
    status: kind.status,
    number: null,
    metadata: metadataIn(fields),
    fields,
    lines: [],
  }
  things.push(thing)
  return thing
}

const metadataIn = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const key = /^metadata\[(.+)\]$/.exec(name)?.[1]
      return key === undefined ? [] : [[key, value]]
    }),
  )

/** A thing as Stripe shows it. */
const shown = ({ id, object, status, number, metadata, lines }: StripeThing): unknown => ({
  id,
  object,
  status,
  number,
  metadata,
  ...reckoned(lines),
  lines: { object: 'list', data: [...lines], has_more: false, url: '' },
})

/** What lines come to with the tax that was put on them. */
function reckoned(lines: readonly Readonly<Record<string, string>>[]) {
  const sumOf = (name: RegExp): number =>
    lines
      .flatMap((line) => Object.entries(line))
      .reduce((sum, [field, value]) => (name.test(field) ? sum + Number(value) : sum), 0)
  const tax = sumOf(/^tax_amounts\[\d+\]\[amount\]$/)
  return { total: sumOf(/^amount$/) + tax, total_taxes: tax === 0 ? [] : [{ amount: tax }] }
}

function linesIn(body: Readonly<Record<string, string>>): Record<string, string>[] {
  const lines: Record<string, string>[] = []
  for (const [name, value] of Object.entries(body)) {
    const [, index, field] = /^lines\[(\d+)\]\[(.+)$/.exec(name) ?? []
    if (index !== undefined && field !== undefined)
      lines[Number(index)] = { ...lines[Number(index)], [field.replace(']', '')]: value }
  }
  return lines
}

/** What is asked of an invoice that is there already; undefined where something else is asked. */
function standing(invoices: ReadonlyMap<string, StandingInvoice>, url: URL): Answer | undefined {
  const [, , resource, id = '', action] = url.pathname.split('/')
  const preview = resource === 'credit_notes' && id === 'preview'
  if (!preview && (resource !== 'invoices' || id === '')) return undefined
  const invoice = invoices.get(preview ? (url.searchParams.get('invoice') ?? '') : id)
  if (invoice === undefined) return failure(404, 'invalid_request_error', 'resource_missing')
  if (preview) return { status: 200, body: previewed(invoice, url) }
  return action === 'lines'
    ? {
        status: 200,
        body: { object: 'list', data: invoice.lineIds.map((each) => ({ id: each })), has_more: false },
      }
    : { status: 200, body: shownInvoice(id, invoice) }
}

const shownInvoice = (
  id: string,
  { amountRemaining, metadata = {}, status = 'open' }: StandingInvoice,
): unknown => ({ id, object: 'invoice', amount_remaining: amountRemaining, status, metadata })

/** By lines their tax is added; an amount is with its tax. */
function previewed({ taxPercent }: StandingInvoice, { searchParams }: URL) {
  const amounts = [...searchParams].filter(([name]) => /^lines\[\d+\]\[amount\]$/.test(name))
  const net = amounts.reduce((sum, [, amount]) => sum + Number(amount), 0)
  const amount = Number(searchParams.get('amount'))
  const tax =
    amounts.length > 0
      ? Math.round((net * taxPercent) / 100)
      : amount - Math.round((amount * 100) / (100 + taxPercent))
  return { total: amounts.length > 0 ? net + tax : amount, total_taxes: [{ amount: tax }] }
}

/** A list by its query, or a search of metadata. Newest first, as Stripe lists. */
function list(things: readonly StripeThing[], url: URL): Answer {
  const [, , resource = '', action] = url.pathname.split('/')
  const all = things
    .filter(({ object, status }) => object === KINDS[resource]?.object && status !== 'deleted')
    .toReversed()
  const data = action === 'search' ? searched(all, url) : filtered(all, url)
  return { status: 200, body: { object: 'list', data: data.map(shown), has_more: false, url: url.pathname } }
}

function searched(things: readonly StripeThing[], url: URL): StripeThing[] {
  const query = url.searchParams.get('query') ?? ''
  const [, key = '', value] = /^metadata\['(.+)'\]:'(.+)'$/.exec(query) ?? []
  return things.filter(({ metadata }) => metadata[key] === value?.replaceAll(/\\(.)/g, '$1'))
}

function filtered(things: readonly StripeThing[], { searchParams }: URL): StripeThing[] {
  return things.filter(
    (thing) =>
      ['customer', 'invoice', 'payment_intent'].every(
        (name) => !searchParams.has(name) || thing.fields[name] === searchParams.get(name),
      ) &&
      (!['draft'].includes(searchParams.get('status') ?? '') || thing.status === searchParams.get('status')),
  )
}

async function callOf(request: IncomingMessage, url: URL): Promise<StripeCall> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const key = request.headers['idempotency-key']
  return {
    method: request.method ?? '',
    path: url.pathname,
    idempotencyKey: typeof key === 'string' ? key : undefined,
    body: Object.fromEntries([...url.searchParams, ...new URLSearchParams(Buffer.concat(chunks).toString())]),
  }
}

function answerWith(response: ServerResponse, { status, body }: Answer): void {
  const headers = status === 429 ? { 'retry-after': '30' } : {}
  response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body))
}
