// What the environment may set: defaults that work, and for a bad value its name, what it was and what it may be.
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '#platform/config.ts'

/** The lines of the message for an environment that cannot be used. */
function complaints(environment: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as ConfigError).message.split('\n')
  }
  return []
}

describe('without any variable', () => {
  it('the defaults make a product that starts', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      home: resolve('.revgraph'),
      databaseUrl: undefined,
      maxConnections: 8,
      logLevel: 'warn',
      production: false,
      allowedOrigins: [],
      trustedDocuments: { folder: undefined, isExclusive: false },
      seedCustomers: 300,
      subgraphUrls: {},
      subgraphSecrets: [],
      supergraphFile: undefined,
      redisUrl: undefined,
      eventRetentionMonths: 0,
      webhookAllowedAddresses: [],
      connectors: [],
      stripe: {
        apiKey: undefined,
        host: undefined,
        port: undefined,
        protocol: undefined,
        instance: 'default',
        entityCode: 'STRIPE',
        entityName: 'Stripe account',
        country: 'US',
        functionalCurrency: 'USD',
        timeZone: 'UTC',
      },
      unknownVariables: [],
    })
  })

  it('and an empty one is not set, as scripts and compose files have it', () => {
    const empty = { PORT: '', DATABASE_URL: '', LOG_LEVEL: '', STRIPE_API_KEY: '', SUBGRAPH_CRM_URL: '' }
    expect(readConfig(empty)).toEqual(readConfig({}))
  })

  it('misspelt ones are told', () => {
    const { unknownVariables } = readConfig({ SUBGRAPH_BILING_URL: 'http://x/', STRIPE_KEY: 'y', PATH: 'z' })
    expect(unknownVariables).toEqual(['SUBGRAPH_BILING_URL', 'STRIPE_KEY'])
  })

  it.each(['PROT', 'PRT', 'PORTS', 'PORD', 'DATABSE_URL', 'LOG_LEVLE'])(
    'so is %s, one slip from a setting',
    (name) => {
      expect(readConfig({ [name]: 'x' }).unknownVariables).toEqual([name])
    },
  )

  it('variables of others do not matter', () => {
    expect(readConfig({ PATH: 'x', HOME: 'h', HOSTNAME: 'n', npm_config_port: 'y' })).toEqual(readConfig({}))
  })
})

describe('a second Stripe account', () => {
  it.each([
    ['eu', 'S-EU'],
    ['acct_1KxAbCdEfGhIjKlM', 'S-FGHIJKLM'],
  ])('%s is a legal entity of its own: %s', (instance, code) => {
    expect(readConfig({ STRIPE_INSTANCE: instance }).stripe).toMatchObject({
      entityCode: code,
      entityName: `Stripe account ${instance}`,
    })
    expect(readConfig({ STRIPE_INSTANCE: instance, STRIPE_ENTITY_CODE: code }).stripe.entityCode).toBe(code)
  })
})

describe('a good value is taken', () => {
  it.each<[NodeJS.ProcessEnv, object]>([
    [
      { PORT: '8080', HOST: '0.0.0.0' },
      { port: 8080, host: '0.0.0.0' },
    ],
    [{ PORT: '1' }, { port: 1 }],
    [{ PORT: '65535' }, { port: 65_535 }],
    [{ REVGRAPH_HOME: 'data' }, { home: resolve('data') }],
    [{ DATABASE_URL: 'postgres://u:p@db/x' }, { databaseUrl: 'postgres://u:p@db/x' }],
    [{ DATABASE_URL: 'postgresql://db/x' }, { databaseUrl: 'postgresql://db/x' }],
    [{ SEED_CUSTOMERS: '0' }, { seedCustomers: 0 }],
    [{ REDIS_URL: 'rediss://cache:6380' }, { redisUrl: 'rediss://cache:6380' }],
    [{ EVENT_RETENTION_MONTHS: '13' }, { eventRetentionMonths: 13 }],
    [
      { WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.1, 10.1.0.0/16,fd00::/8' },
      { webhookAllowedAddresses: ['127.0.0.1', '10.1.0.0/16', 'fd00::/8'] },
    ],
    [
      { ALLOWED_ORIGINS: 'https://a.example, http://b.example:8080' },
      { allowedOrigins: ['https://a.example', 'http://b.example:8080'] },
    ],
    [
      { TRUSTED_DOCUMENTS: '/documents', TRUSTED_DOCUMENTS_ONLY: 'true' },
      { trustedDocuments: { folder: '/documents', isExclusive: true } },
    ],
    [{ NODE_ENV: 'production' }, { production: true, logLevel: 'info' }],
    [{ NODE_ENV: 'production', LOG_LEVEL: 'error' }, { logLevel: 'error' }],
    [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
    [{ SUBGRAPH_ERP_URL: 'http://erp:4103' }, { subgraphUrls: { erp: 'http://erp:4103' } }],
    [{ SUBGRAPH_SECRET: 'a-new-secret-of-16' }, { subgraphSecrets: ['a-new-secret-of-16'] }],
    [
      { SUBGRAPH_SECRET: 'a-new-secret-of-16,the-old-secret-of-16' },
      { subgraphSecrets: ['a-new-secret-of-16', 'the-old-secret-of-16'] },
    ],
    [{ STRIPE_TIME_ZONE: 'America/New_York' }, { stripe: { timeZone: 'America/New_York' } }],
    [{ STRIPE_TIME_ZONE: 'Asia/Kolkata' }, { stripe: { timeZone: 'Asia/Kolkata' } }],
    [{ STRIPE_TIME_ZONE: 'Etc/UTC' }, { stripe: { timeZone: 'Etc/UTC' } }],
    [{ STRIPE_HOST: 'localhost', STRIPE_PORT: '12111' }, { stripe: { host: 'localhost', port: 12_111 } }],
    [{ STRIPE_FUNCTIONAL_CURRENCY: 'JPY' }, { stripe: { functionalCurrency: 'JPY' } }],
  ])('%j', (environment, expected) => {
    expect(readConfig(environment)).toMatchObject(expected)
  })
})

describe('a bad value is told by name, with what it was and what it may be', () => {
  const portMayBe = 'must be a whole number from 1 to 65535'
  const networksMayBe = 'must be addresses or networks such as 10.1.0.0/16, with commas between'
  it.each<[string, string, string]>([
    ['PORT', '0', portMayBe],
    ['PORT', '65536', portMayBe],
    ['PORT', '-1', portMayBe],
    ['PORT', '80.5', portMayBe],
    ['PORT', '0x50', portMayBe],
    ['PORT', '8e3', portMayBe],
    ['PORT', ' ', portMayBe],
    ['PORT', 'http', portMayBe],
    ['STRIPE_PORT', '99999', portMayBe],
    ['DATABASE_MAX_CONNECTIONS', '0', 'must be a whole number from 1 to 500'],
    ['DATABASE_MAX_CONNECTIONS', '501', 'must be a whole number from 1 to 500'],
    ['WEBHOOK_ALLOWED_ADDRESSES', '10.1.0.0/33', networksMayBe],
    ['WEBHOOK_ALLOWED_ADDRESSES', '10.1.0.0/16/8', networksMayBe],
    ['WEBHOOK_ALLOWED_ADDRESSES', 'hooks.example', networksMayBe],
    ['EVENT_RETENTION_MONTHS', 'all', 'must be a whole number from 0 to 1200'],
    ['SEED_CUSTOMERS', '-5', 'must be a whole number from 0 to 100000'],
    ['SEED_CUSTOMERS', 'many', 'must be a whole number from 0 to 100000'],
    ['LOG_LEVEL', 'loud', 'must be one of trace, debug, info, warn, error, fatal, silent'],
    ['STRIPE_PROTOCOL', 'ftp', 'must be one of http, https'],
    ['SUBGRAPH_CRM_URL', 'crm:4101', 'must be an http or https URL'],
    ['SUBGRAPH_ERP_URL', 'ftp://erp', 'must be an http or https URL'],
    ['STRIPE_INSTANCE', 'my account', 'must be a word, such as the account id'],
    ['STRIPE_ENTITY_CODE', 'stripe', 'must be 1 to 10 capitals or digits'],
    ['STRIPE_COUNTRY', 'USA', 'must be a country code of two capitals'],
    ['STRIPE_FUNCTIONAL_CURRENCY', 'usd', 'must be a currency code of ISO 4217 such as USD'],
    ['STRIPE_FUNCTIONAL_CURRENCY', 'ZZZ', 'must be a currency code of ISO 4217 such as USD'],
    ['STRIPE_TIME_ZONE', 'Mars/Olympus', 'must be an IANA time zone such as America/New_York'],
    ['STRIPE_TIME_ZONE', '+02:00', 'must be an IANA time zone such as America/New_York'],
  ])('%s=%s', (name, value, mayBe) => {
    expect(complaints({ [name]: value })).toEqual([
      'The configuration cannot be used:',
      `  ${name} is "${value}": ${mayBe}`,
    ])
  })

  it('but a secret is not shown', () => {
    const secret = 'mysql://admin:hunter2@db/x'
    expect(complaints({ DATABASE_URL: secret })).toEqual([
      'The configuration cannot be used:',
      '  DATABASE_URL is the secret that is set: must be a URL that begins with postgres://',
    ])
  })

  it.each(['too short', 'one-secret-is-long-enough,other-is-not', ',one-secret-is-long-enough'])(
    'nor are the secrets that subgraphs share: %s',
    (secret) => {
      const [, complaint] = complaints({ SUBGRAPH_SECRET: secret })
      expect(complaint).toMatch(/^  SUBGRAPH_SECRET is the secret that is set: must be 16 or more visible/)
    },
  )

  it('all at once', () => {
    const lines = complaints({ PORT: '0', LOG_LEVEL: 'loud', STRIPE_COUNTRY: 'usa' })
    expect(lines.map((line) => line.trim().split(' ')[0])).toEqual([
      'The',
      'PORT',
      'LOG_LEVEL',
      'STRIPE_COUNTRY',
    ])
  })
})
