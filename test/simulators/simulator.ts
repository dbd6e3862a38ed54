/** An outside system as a process of its own: `node simulator.ts <kind> <log> <port>`. It says its port. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type Fault, type Faults, faultSource } from './faults.ts'
import { type SimulatorKind, variants } from './kinds.ts'
import type { LoggedEffect } from './log.ts'
import { tell } from './webhooks.ts'
import { Random } from '#subgraphs/operations/seed/random.ts'
import { type Asked, openSystem, type Said } from './system.ts'

const [, , kind = 'erp', logPath = '', port = '0'] = process.argv
const faults = faultSource({})
const random = new Random(faults.now().seed, 'webhooks')
const system = openSystem(kind as SimulatorKind, logPath, faults)

const server = createServer((request, response) => void serve(request, response))
server.listen(Number(port), '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const body = await bodyOf(request)
  switch (`${request.method} ${url.pathname}`) {
    case 'PUT /control':
      faults.set(body as Partial<Faults>)
      return answer(response, 200, { faults: faults.now(), met: faults.met() })
    case 'GET /control':
      return answer(response, 200, { faults: faults.now(), met: faults.met() })
    case 'POST /effects':
      return take(response, askedBy(request, body))
    case 'POST /own':
      return have(response, askedBy(request, body))
    case 'POST /void':
      system.void((body as { externalId: string }).externalId)
      return answer(response, 200, {})
    case 'POST /tell-again':
      system.all().forEach(tellOf)
      return answer(response, 202, {})
    case 'GET /effects':
      return search(response, url.searchParams.get('reference') ?? '')
    default:
      return answer(response, 404, { code: 'NOT_FOUND', message: 'No such path' })
  }
}

function askedBy({ headers }: IncomingMessage, body: unknown): Asked {
  const { operation, payload, reference } = body as { operation: string; payload: unknown; reference: string }
  return { effectKey: reference, idempotencyKey: String(headers['idempotency-key']), operation, payload }
}

async function take(response: ServerResponse, asked: Asked): Promise<void> {
  if (faults.now().isDown) return answer(response, 503, DOWN)
  const fault = faults.next()
  if (isPrevented(response, fault)) return
  const said = system.check(asked)
  if (said !== undefined) return say(response, said)
  if (fault === 'SLOW') {
    system.begin(asked)
    await pause(faults.now().slowMs)
  }
  const effect = system.make(asked, fault === 'OVERTAX')
  tellOf(effect)
  if (fault === 'LOSE_ANSWER') return void response.destroy()
  if (fault === 'DIE_AFTER') return void process.kill(process.pid, 'SIGKILL')
  if (fault === 'FAIL_AFTER')
    return answer(response, 500, { code: 'INTERNAL', message: 'Something went wrong' })
  say(response, { said: 'MADE', effect })
}

/** What a customer of its own does there, whatever its other callers meet. */
function have(response: ServerResponse, asked: Asked): void {
  const effect = system.make(asked)
  tellOf(effect)
  say(response, { said: 'MADE', effect })
}

/** In the background: nobody who asked for an effect waits for its webhooks. */
function tellOf(effect: LoggedEffect): void {
  const { webhooks } = faults.now()
  const types = variants[kind as SimulatorKind].tells[effect.operation] ?? []
  if (webhooks !== null) void tell(effect, types, webhooks, random)
}

const DOWN = { code: 'UNAVAILABLE', message: 'Try again later' }

/** Whether the fault keeps the effect from happening: then the request is answered, or nobody answers it any more. */
function isPrevented(response: ServerResponse, fault: Fault): boolean {
  if (fault === 'DIE_BEFORE') process.kill(process.pid, 'SIGKILL')
  else if (fault === 'LOSE_REQUEST') response.destroy()
  else if (fault === 'RATE_LIMIT') answer(response, 429, SLOW_DOWN, retryAfter())
  else if (fault === 'UNAVAILABLE') answer(response, 503, DOWN)
  else if (fault === 'REFUSE') answer(response, 422, NOT_WANTED)
  else if (fault === 'UNAUTHORIZED') answer(response, 401, { code: 'TOKEN_EXPIRED', message: 'Who are you?' })
  else return false
  return true
}

const SLOW_DOWN = { code: 'RATE_LIMITED', message: 'Slow down' }
const NOT_WANTED = { code: 'NOT_WANTED', message: 'The system does not take this' }
const retryAfter = () => ({ 'retry-after': String(faults.now().retryAfterSeconds) })

function say(response: ServerResponse, said: Said): void {
  switch (said.said) {
    case 'MADE':
      return answer(response, 201, said.effect)
    case 'REPLAYED':
      return answer(response, 200, said.effect)
    case 'REFUSED':
      return answer(response, 422, { code: said.code, message: said.message })
    case 'DUPLICATE':
      return answer(response, 409, { code: 'DUPLICATE', message: 'This was done before' })
    case 'IN_PROGRESS':
      return answer(response, 409, { code: 'IN_PROGRESS', message: 'This is being done' })
  }
}

function search(response: ServerResponse, reference: string): void {
  if (faults.now().isDown) return answer(response, 503, DOWN)
  if (!faults.now().isSearchable) return answer(response, 404, { code: 'NO_SEARCH', message: 'Not offered' })
  answer(response, 200, { data: system.find(reference) })
}

function answer(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  return text === '' ? {} : JSON.parse(text)
}
