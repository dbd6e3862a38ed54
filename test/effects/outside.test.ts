// Which outside system masters what, as the configuration states it, and that effects get there.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '#platform/config.ts'
import { makeSecret } from '#subgraphs/operations/webhooks/sign.ts'
import { effectsOf } from '#test/simulators/log.ts'
import { type Simulator, startSimulator } from '#test/simulators/start.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { createOutside } from '#outside/outside.ts'
import { posting } from './support.ts'

let database: TestDatabase
let erp: Simulator
beforeAll(async () => {
  ;[database, erp] = await Promise.all([openTestDatabase(), startSimulator('erp')])
})
afterAll(async () => {
  await Promise.all([database.close(), erp.stop()])
})

const outsideOf = (connectors: readonly object[]) =>
  createOutside(
    readConfig({ CONNECTORS: JSON.stringify(connectors), STRIPE_API_KEY: 'sk_1', STRIPE_INSTANCE: 'acct_1' }),
    database.of('operations'),
    () => 1,
  )

const http = (changes: object) => ({ kind: 'http', system: 'ERP', url: 'http://127.0.0.1:1', ...changes })

describe('the master of a legal entity', () => {
  it.each([
    ['ERP', 'US01', 'erp-of-us'],
    ['ERP', 'DE01', 'erp-of-all'],
    ['ERP', null, 'erp-of-all'],
    ['BILLING', 'US01', 'stripe:acct_1'],
    ['BILLING', 'DE01', undefined],
    ['CRM', 'US01', undefined],
  ] as const)('of %s for %s is %s', (system, legalEntity, name) => {
    const outside = outsideOf([
      http({ name: 'erp-of-all' }),
      http({ name: 'erp-of-us', legalEntity: 'US01' }),
      { kind: 'stripe', system: 'BILLING', legalEntity: 'US01' },
    ])
    expect(outside.connectorFor(system, legalEntity)?.name).toBe(name)
  })

  it('is ourselves where nothing is configured', () => {
    expect(createOutside(readConfig({}), database.of('operations')).connectorFor('ERP', null)).toBeNull()
  })
})

it('an effect gets to the system that is configured', async () => {
  const outside = outsideOf([http({ name: 'erp', url: `${erp.url}/`, searchableByReference: true })])
  const connector = outside.connectorFor('ERP', 'US01')
  if (connector === null) throw new Error('no connector')
  expect(await outside.carryOut(connector, posting('wfl_1/post'))).toMatchObject({ kind: 'APPLIED' })
  expect(effectsOf(erp.logPath).get('wfl_1/post')).toBe(1)
})

describe('a configuration that cannot be used is refused', () => {
  it.each([
    ['no JSON', '[{', 'must be a JSON list'],
    ['no list', '{}', 'expected array'],
    ['two masters', JSON.stringify([http({ name: 'aa' }), http({ name: 'bb' })]), 'names two masters'],
    [
      'one name twice',
      JSON.stringify([http({ name: 'aa' }), http({ name: 'aa', system: 'CRM' })]),
      'one name twice',
    ],
    ['a misspelt promise', JSON.stringify([http({ name: 'aa', searchable: true })]), '0: Unrecognized key'],
    ['a URL that is none', JSON.stringify([http({ name: 'aa', url: 'erp' })]), '0.url: Invalid URL'],
    ['a secret that is none', JSON.stringify([http({ name: 'aa', webhookSecrets: ['hush'] })]), 'whsec_'],
    [
      'a token that fits into no header',
      JSON.stringify([http({ name: 'aa', token: '…' })]),
      '0.token: must be',
    ],
    ['Stripe as an ERP', JSON.stringify([{ kind: 'stripe', system: 'ERP' }]), '0.system: Invalid input'],
  ])('%s', (_, text, message) => {
    expect(() => readConfig({ CONNECTORS: text })).toThrow(message)
  })

  it('with Stripe, and no key to it', () => {
    const stripe = JSON.stringify([{ kind: 'stripe', system: 'BILLING' }])
    expect(() => readConfig({ CONNECTORS: stripe })).toThrow('without a STRIPE_API_KEY')
  })

  it('with webhooks, where operations runs elsewhere and nobody would take them in', () => {
    const CONNECTORS = JSON.stringify([http({ name: 'aa', webhookSecrets: [makeSecret()] })])
    expect(() => readConfig({ CONNECTORS, SUBGRAPH_OPERATIONS_URL: 'http://x/' })).toThrow('runs elsewhere')
    expect(readConfig({ CONNECTORS }).connectors).toHaveLength(1)
  })

  it('without telling what it is: it may have tokens', () => {
    const text = JSON.stringify([http({ name: 'aa', token: 'tok_hush', url: 'erp' })])
    expect(() => readConfig({ CONNECTORS: text })).toThrow(/^(?![^]*hush)[^]*the secret that is set/)
  })
})
