import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { isCurrency } from '#domain/money.ts'
import { type Connection, connectorsSetting } from './connector-config.ts'
import { LOG_LEVELS, type LogLevel } from './log.ts'

/** Names of the subgraphs, in the order in which they are composed. */
export const SUBGRAPHS = ['crm', 'billing', 'erp', 'insight', 'operations'] as const
export type SubgraphName = (typeof SUBGRAPHS)[number]

/** Everything that the environment may set, checked once at the start. */
export interface Config {
  readonly host: string
  readonly port: number
  /** Folder for everything that is kept on this machine. */
  readonly home: string
  /** A PostgreSQL of yours; without it, one is started in `home`. */
  readonly databaseUrl: string | undefined
  readonly maxConnections: number
  readonly logLevel: LogLevel
  readonly production: boolean
  /** Origins whose pages may use the graph from a browser. */
  readonly allowedOrigins: readonly string[]
  /** Documents that clients may name by their hash, and whether they are the only ones. */
  readonly trustedDocuments: { readonly folder: string | undefined; readonly isExclusive: boolean }
  /** Customers that the first start invents for an empty store; 0 for none. */
  readonly seedCustomers: number
  /** Where subgraphs run that are not in this process. */
  readonly subgraphUrls: Readonly<Partial<Record<SubgraphName, string>>>
  /** What the gateway signs its requests to subgraphs with: the first one; a subgraph accepts each of them. */
  readonly subgraphSecrets: readonly string[]
  /** A supergraph to serve instead of the committed one; read again at SIGHUP. */
  readonly supergraphFile: string | undefined
  /** The Redis over which nodes tell each other events; without it, each node looks into PostgreSQL. */
  readonly redisUrl: string | undefined
  /** Months for which the order of published events is kept before the current one; 0 keeps all. */
  readonly eventRetentionMonths: number
  /** Networks beside those of the internet that webhooks may be sent to, in CIDR notation. */
  readonly webhookAllowedAddresses: readonly string[]
  /** Which of our data outside systems master, and the way to them; none where we master all. */
  readonly connectors: readonly Connection[]
  readonly stripe: StripeConfig
  /** Variables that look like settings of this product and are none: probably misspelt. */
  readonly unknownVariables: readonly string[]
}

export interface StripeConfig {
  readonly apiKey: string | undefined
  readonly host: string | undefined
  readonly port: number | undefined
  readonly protocol: 'http' | 'https' | undefined
  /** Account id that tells this Stripe account from others. */
  readonly instance: string
  readonly entityCode: string
  readonly entityName: string
  readonly country: string
  readonly functionalCurrency: string
  readonly timeZone: string
}

/** Settings that cannot be used. The message names each variable, what it was and what it may be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const whole = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    })
    .transform(Number)
const port = whole(1, 65_535)
/** Tests and tools set the others; only `production` makes a difference. */
const NODE_ENVS = ['development', 'production', 'test'] as const

const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` })
const url = (protocol: RegExp, message: string) => z.url({ protocol, error: message })
const currency = z.string().refine(isCurrency, { error: 'must be a currency code of ISO 4217 such as USD' })
const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'must be an IANA time zone such as America/New_York' })

/** Any name that the runtime knows, aliases too; an offset is no name, since it has no summer time. */
function isTimeZone(name: string): boolean {
  try {
    return /^[A-Z]/i.test(Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId)
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Instance of the Stripe account where no other is told apart from it. */
const ONLY_ACCOUNT = 'default'
/** Characters of an account id that make it into a code; its end is what differs between accounts. */
const CODE_CHARACTERS = 8

/** Two accounts are two legal entities, which must not share a code. */
const entityCodeOf = (instance: string): string =>
  instance === ONLY_ACCOUNT
    ? 'STRIPE'
    : `S-${instance.replaceAll('_', '').slice(-CODE_CHARACTERS).toUpperCase()}`

const entityNameOf = (instance: string): string =>
  instance === ONLY_ACCOUNT ? 'Stripe account' : `Stripe account ${instance}`

/** As browsers send it: a scheme, a host and a port that is not the usual one; nothing after it. */
const isOrigin = (text: string): boolean => URL.parse(text)?.origin === text

/** An address, or a network in CIDR notation. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return (
    rest.length === 0 &&
    bits > 0 &&
    (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
  )
}

/** Two while one takes the place of the other. */
const SECRETS_OF_SUBGRAPHS = /^[\x21-\x2b\x2d-\x7e]{16,}(,[\x21-\x2b\x2d-\x7e]{16,})?$/

const ENVIRONMENT = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(4000),
  REVGRAPH_HOME: z.string().default('.revgraph'),
  DATABASE_URL: url(/^postgres(ql)?$/, 'must be a URL that begins with postgres://').optional(),
  DATABASE_MAX_CONNECTIONS: whole(1, 500).default(8),
  LOG_LEVEL: oneOf(LOG_LEVELS).optional(),
  NODE_ENV: oneOf(NODE_ENVS).default('development'),
  ALLOWED_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((origin) => origin.trim()))
    .refine((origins) => origins.every(isOrigin), {
      error: 'must be origins such as https://app.example, with commas between',
    })
    .default([]),
  TRUSTED_DOCUMENTS: z.string().optional(),
  TRUSTED_DOCUMENTS_ONLY: oneOf(['true', 'false']).default('false'),
  SEED_CUSTOMERS: whole(0, 100_000).default(300),
  SUBGRAPH_CRM_URL: url(/^https?$/, 'must be an http or https URL').optional(),
  SUBGRAPH_BILLING_URL: url(/^https?$/, 'must be an http or https URL').optional(),
  SUBGRAPH_ERP_URL: url(/^https?$/, 'must be an http or https URL').optional(),
  SUBGRAPH_INSIGHT_URL: url(/^https?$/, 'must be an http or https URL').optional(),
  SUBGRAPH_OPERATIONS_URL: url(/^https?$/, 'must be an http or https URL').optional(),
  SUBGRAPH_SECRET: z
    .string()
    .regex(
      SECRETS_OF_SUBGRAPHS,
      'must be 16 or more visible ASCII characters, or two such with a comma between',
    )
    .transform((text) => text.split(','))
    .default([]),
  SUPERGRAPH_FILE: z.string().optional(),
  REDIS_URL: url(/^rediss?$/, 'must be a URL that begins with redis:// or rediss://').optional(),
  EVENT_RETENTION_MONTHS: whole(0, 1200).default(0),
  WEBHOOK_ALLOWED_ADDRESSES: z
    .string()
    .transform((text) => text.split(',').map((network) => network.trim()))
    .refine((networks) => networks.every(isNetwork), {
      error: 'must be addresses or networks such as 10.1.0.0/16, with commas between',
    })
    .default([]),
  CONNECTORS: connectorsSetting.default([]),
  STRIPE_API_KEY: z.string().optional(),
  STRIPE_HOST: z.string().optional(),
  STRIPE_PORT: port.optional(),
  STRIPE_PROTOCOL: oneOf(['http', 'https']).optional(),
  STRIPE_INSTANCE: z.string().regex(/^\w+$/, 'must be a word, such as the account id').default(ONLY_ACCOUNT),
  STRIPE_ENTITY_CODE: z
    .string()
    .regex(/^[A-Z0-9-]{1,10}$/, 'must be 1 to 10 capitals or digits')
    .optional(),
  STRIPE_ENTITY_NAME: z.string().optional(),
  STRIPE_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a country code of two capitals')
    .default('US'),
  STRIPE_FUNCTIONAL_CURRENCY: currency.default('USD'),
  STRIPE_TIME_ZONE: timeZone.default('UTC'),
})

/** What begins like this is meant for this product. */
const OWN_PREFIXES = /^(ALLOWED|EVENT|REDIS|REVGRAPH|SEED|STRIPE|SUBGRAPH|SUPERGRAPH|TRUSTED)_/

const SECRETS = new Set(['CONNECTORS', 'STRIPE_API_KEY', 'DATABASE_URL', 'REDIS_URL', 'SUBGRAPH_SECRET'])

/** Reads the configuration; throws a ConfigError that lists everything that is wrong with it. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  // An empty variable means that it is not set, as a shell script or a compose file would have it.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = ENVIRONMENT.safeParse(given)
  if (!parsed.success) throw new ConfigError(describe(parsed.error, given))
  const env = parsed.data
  if (env.STRIPE_API_KEY === undefined && env.CONNECTORS.some(({ kind }) => kind === 'stripe'))
    refuse('CONNECTORS names Stripe, without a STRIPE_API_KEY')
  if (env.SUBGRAPH_OPERATIONS_URL !== undefined && env.CONNECTORS.some(sendsWebhooks))
    refuse('CONNECTORS has webhookSecrets, but operations runs elsewhere (SUBGRAPH_OPERATIONS_URL)')
  return {
    host: env.HOST,
    port: env.PORT,
    home: resolve(env.REVGRAPH_HOME),
    databaseUrl: env.DATABASE_URL,
    maxConnections: env.DATABASE_MAX_CONNECTIONS,
    // A person at a terminal wants to hear of trouble only; a production log tells what was done.
    logLevel: env.LOG_LEVEL ?? (env.NODE_ENV === 'production' ? 'info' : 'warn'),
    production: env.NODE_ENV === 'production',
    allowedOrigins: env.ALLOWED_ORIGINS,
    trustedDocuments: {
      folder: env.TRUSTED_DOCUMENTS && resolve(env.TRUSTED_DOCUMENTS),
      isExclusive: env.TRUSTED_DOCUMENTS_ONLY === 'true',
    },
    seedCustomers: env.SEED_CUSTOMERS,
    subgraphUrls: definedOnly({
      crm: env.SUBGRAPH_CRM_URL,
      billing: env.SUBGRAPH_BILLING_URL,
      erp: env.SUBGRAPH_ERP_URL,
      insight: env.SUBGRAPH_INSIGHT_URL,
      operations: env.SUBGRAPH_OPERATIONS_URL,
    }),
    subgraphSecrets: env.SUBGRAPH_SECRET,
    supergraphFile: env.SUPERGRAPH_FILE && resolve(env.SUPERGRAPH_FILE),
    redisUrl: env.REDIS_URL,
    eventRetentionMonths: env.EVENT_RETENTION_MONTHS,
    webhookAllowedAddresses: env.WEBHOOK_ALLOWED_ADDRESSES,
    connectors: env.CONNECTORS,
    stripe: {
      apiKey: env.STRIPE_API_KEY,
      host: env.STRIPE_HOST,
      port: env.STRIPE_PORT,
      protocol: env.STRIPE_PROTOCOL,
      instance: env.STRIPE_INSTANCE,
      entityCode: env.STRIPE_ENTITY_CODE ?? entityCodeOf(env.STRIPE_INSTANCE),
      entityName: env.STRIPE_ENTITY_NAME ?? entityNameOf(env.STRIPE_INSTANCE),
      country: env.STRIPE_COUNTRY,
      functionalCurrency: env.STRIPE_FUNCTIONAL_CURRENCY,
      timeZone: env.STRIPE_TIME_ZONE,
    },
    unknownVariables: Object.keys(given).filter(
      (name) => !SETTINGS.includes(name) && (OWN_PREFIXES.test(name) || SETTINGS.some(isMisspelt(name))),
    ),
  }
}

const sendsWebhooks = (one: Connection): boolean => one.kind === 'http' && one.webhookSecrets.length > 0

function refuse(why: string): never {
  throw new ConfigError(`The configuration cannot be used:\n  ${why}`)
}

const SETTINGS = Object.keys(ENVIRONMENT.shape)

/** Whether a name is that of a setting with two letters swapped, or one left out, added or changed. */
const isMisspelt =
  (name: string) =>
  (setting: string): boolean => {
    let same = 0
    while (same < name.length && name[same] === setting[same]) same += 1
    const [left, right] = [name.slice(same), setting.slice(same)]
    return (
      left.slice(1) === right ||
      left === right.slice(1) ||
      left.slice(1) === right.slice(1) ||
      `${left[1]}${left[0]}${left.slice(2)}` === right
    )
  }

function definedOnly<T>(values: Record<string, T | undefined>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

function describe(error: z.ZodError, given: Readonly<Record<string, string | undefined>>): string {
  const lines = error.issues.map(({ path, message }) => {
    const [name = '', ...inside] = path.map(String)
    const where = inside.length === 0 ? '' : `${inside.join('.')}: `
    const value = given[name]
    const shown =
      value === undefined ? 'not set' : SECRETS.has(name) ? 'the secret that is set' : `"${value}"`
    return `  ${name} is ${shown}: ${where}${message}`
  })
  return ['The configuration cannot be used:', ...lines].join('\n')
}
