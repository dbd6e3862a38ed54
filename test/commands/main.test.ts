// The process as a person at the keyboard meets it: what it says and how it ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SPARED } from '#test/product/node-process.ts'
import { freePort } from '#test/support/free-port.ts'
import { customer, paidInvoice, paymentIntent } from '#test/stripe/fixtures.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

const MAIN = new URL('../../main.ts', import.meta.url).pathname

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

function start(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [MAIN, ...words], {
    env: { ...SPARED, DATABASE_URL: database.url, ...environment },
  })
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return {
    interrupt: () => child.kill('SIGINT'),
    end: ended.then(([output, complaint, [code]]) => ({ output, complaint, code: code as unknown })),
  }
}

test.each(['--help', '-h'])('%s shows the usage, whatever else is said and set', async (option) => {
  const { output, code } = await start(['import', option], { PORT: 'bad' }).end
  expect(output).toMatch(/^Usage:\n/)
  expect(code).toBe(0)
})

test('what is not there is an error, with the usage', async () => {
  const { output, complaint, code } = await start(['dance']).end
  expect([output, code]).toEqual(['', 1])
  expect(complaint).toMatch(/^There is no command "dance"\.\n\nUsage:/)
})

test('a subgraph that cannot listen says where, without a stack', async () => {
  const { complaint, code } = await start(['--role', 'subgraph:insight'], { PORT: '1', HOST: '127.0.0.256' })
    .end
  expect(complaint).toMatch(/^Cannot listen on 127\.0\.0\.256:1|HOST/)
  expect(complaint).not.toMatch(/\n\s+at /)
  expect(code).toBe(1)
})

test('a home that no system lets anybody make is told, and does not hang', async () => {
  const { complaint, code } = await start([], { DATABASE_URL: '', REVGRAPH_HOME: '/proc/revgraph' }).end
  expect(complaint).toMatch(/cannot use \/proc\/revgraph/)
  expect(code).toBe(1)
})

/** What the account holds, by list. */
const LISTS: Readonly<Record<string, readonly object[]>> = {
  '/v1/customers': [customer()],
  '/v1/invoices': [paidInvoice()],
  '/v1/payment_intents': [paymentIntent()],
}

test('an import that is interrupted says that it goes on from there, and does, to the last entry', async () => {
  const asked: string[] = []
  const waiting = Promise.withResolvers<void>()
  let isSilent = true
  const stripe = createServer(({ url = '' }, response) => {
    asked.push(url)
    if (isSilent && url.startsWith('/v1/invoices')) return waiting.resolve()
    const data = LISTS[url.split('?')[0] ?? ''] ?? []
    response.end(JSON.stringify({ object: 'list', data, has_more: false, url }))
  })
  stripe.listen(0, '127.0.0.1')
  await once(stripe, 'listening')
  const settings = {
    STRIPE_API_KEY: 'sk_test_1',
    STRIPE_HOST: '127.0.0.1',
    STRIPE_PORT: String((stripe.address() as AddressInfo).port),
    STRIPE_PROTOCOL: 'http',
  }

  const first = start(['import', 'stripe'], settings)
  await waiting.promise
  first.interrupt()
  const { complaint, code } = await first.end
  expect(complaint).toBe(
    'Stopped before it was done. What was read or recorded stays; the same command goes on from there.\n',
  )
  expect(code).toBe(130)

  isSilent = false
  asked.length = 0
  const { output } = await start(['import', 'stripe'], settings).end
  expect(output).toContain('Went on where the last import stopped, in invoices.')
  expect(asked.filter((url) => url.startsWith('/v1/customers'))).toEqual([])
  const earned = await database.owner.rows({
    text: "SELECT id FROM erp.journal_entry WHERE purpose = 'REVENUE_RECOGNIZED'",
    values: [],
  })
  expect(earned).toHaveLength(1)
  stripe.closeAllConnections()
  stripe.close()
})

test('a subgraph behind a URL that does not answer is told at the start, with its cause in the log', async () => {
  const port = await freePort()
  const nowhere = 'http://127.0.0.1:9/'
  const gateway = start([], {
    PORT: String(port),
    SUBGRAPH_CRM_URL: nowhere,
    SUBGRAPH_BILLING_URL: nowhere,
    SUBGRAPH_ERP_URL: nowhere,
  })
  const readiness = async (): Promise<unknown> =>
    (await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => ({ json: () => null }))).json()
  await expect.poll(readiness, { timeout: 30_000 }).toMatchObject({
    ready: true,
    degraded: ['crm', 'billing', 'erp'],
    circuits: { crm: 'closed', billing: 'closed', erp: 'closed' },
  })
  gateway.interrupt()
  const { output } = await gateway.end
  expect(output).toMatch(/Not ready: erp does not answer\n[^]*Ready: /)
  expect(output).toContain('ECONNREFUSED')
})

test('a connector of a company that the store does not have is told at the start', async () => {
  const port = await freePort()
  const ledger = {
    kind: 'http',
    name: 'ledger',
    system: 'ERP',
    legalEntity: 'USA',
    url: 'http://127.0.0.1:9',
  }
  const gateway = start([], {
    PORT: String(port),
    SEED_CUSTOMERS: '0',
    CONNECTORS: JSON.stringify([ledger]),
  })
  const isReady = async (): Promise<boolean> =>
    (await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null))?.ok ?? false
  await expect.poll(isReady, { timeout: 30_000 }).toBe(true)
  gateway.interrupt()
  const { output } = await gateway.end
  expect(output).toContain('CONNECTORS names the legal entity USA, which is not in the store: there ')
})
