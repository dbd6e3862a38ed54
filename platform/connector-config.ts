/** Which of our data is mastered outside, and how the systems that master it are reached. */
import { z } from 'zod'

/** The systems of which an outside one may be the master. */
const MASTERED_SYSTEMS = ['CRM', 'BILLING', 'ERP'] as const
export type MasteredSystem = (typeof MASTERED_SYSTEMS)[number]

const MAX_CONNECTORS = 100
const DEFAULT_TIMEOUT_MS = 10_000
const MAX_TIMEOUT_MS = 120_000

/** As Standard Webhooks 1.0 writes it. */
const SECRET = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/

/** What fits into a header. */
const VISIBLE = /^[\x21-\x7e]+$/

const whose = {
  system: z.enum(MASTERED_SYSTEMS),
  /** Code of the legal entity whose data it masters; null for all that no other connector names. */
  legalEntity: z.string().min(1).nullable().default(null),
}

const httpConnection = z.strictObject({
  kind: z.literal('http'),
  ...whose,
  /** Effects are kept by it, so it is never changed. */
  name: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, 'must be small letters, digits and hyphens'),
  url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  token: z.string().regex(VISIBLE, 'must be visible ASCII characters').nullable().default(null),
  // Who promises nothing gets no repetition: a lost answer is a matter for a person then.
  deduplicatesForMs: z.int().min(0).default(0),
  searchableByReference: z.boolean().default(false),
  visibleWithinMs: z.int().min(0).default(0),
  timeoutMs: z.int().min(1).max(MAX_TIMEOUT_MS).default(DEFAULT_TIMEOUT_MS),
  /** What it signs its webhooks with, two while one takes the place of the other; none where it sends none. */
  webhookSecrets: z
    .array(z.string().regex(SECRET, 'must be whsec_ and 24 to 64 bytes in base64'))
    .max(2)
    .default([]),
})

/** Through the account that the settings STRIPE_… name. */
const stripeConnection = z.strictObject({
  kind: z.literal('stripe'),
  ...whose,
  system: z.literal('BILLING'),
})

/** One connection to an outside system, as CONNECTORS states it. */
export type Connection = z.infer<typeof httpConnection> | z.infer<typeof stripeConnection>

const connections = z
  .array(z.discriminatedUnion('kind', [httpConnection, stripeConnection]))
  .max(MAX_CONNECTORS)
  .refine((all) => isUnique(all.map(({ system, legalEntity }) => `${system} ${legalEntity}`)), {
    error: 'names two masters of one system for the same legal entity',
  })
  .refine((all) => isUnique(all.flatMap((one) => (one.kind === 'http' ? [one.name] : []))), {
    error: 'has one name twice',
  })

const isUnique = (names: readonly string[]): boolean => new Set(names).size === names.length

/** The setting CONNECTORS: a JSON list of connections. */
export const connectorsSetting = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      context.addIssue({ code: 'custom', message: 'must be a JSON list' })
      return z.NEVER
    }
  })
  .pipe(connections)
