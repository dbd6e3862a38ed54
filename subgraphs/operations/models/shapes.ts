/** The shapes of the files in `schema/models` and `schema/rules`. */
import { z } from 'zod'
import { EXCEPTION_CLASSES, OWNERS } from '#domain/exception.ts'
import {
  EVENT_TARGETS,
  FLOW_NAMES,
  FOREIGN_TREATMENTS,
  ROUTE_KINDS,
  SYSTEMS,
} from '#domain/workflow-model.ts'
import { parseDate } from '#platform/dates.ts'

const MAX_ITEMS = 200
const MAX_TEXT_CHARACTERS = 500
const MAX_NAME_CHARACTERS = 60

/** Words for people. */
export const text = z.string().trim().min(1).max(MAX_TEXT_CHARACTERS)
const name = z.string().min(1).max(MAX_NAME_CHARACTERS)
/** A name that other parts of the files refer to. */
export const slug = name.regex(
  /^[a-z0-9]+(-[a-z0-9]+)*$/,
  'expected a name such as crm-led: a–z, 0–9 and hyphens',
)
/** A list of bounded length. */
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(MAX_ITEMS)
/** A country by ISO 3166-1 alpha-2. */
export const country = z.string().regex(/^[A-Z]{2}$/, 'expected a country of ISO 3166-1 such as DE')
/** A state or prefecture by its code. */
export const region = z.string().min(1).max(MAX_NAME_CHARACTERS)
/** The short code of one of our companies. */
export const code = z.string().min(1).max(MAX_NAME_CHARACTERS)
const hours = z.int()
const system = z.enum(SYSTEMS)
const owner = z.enum(OWNERS)
const amounts = z.record(z.string(), z.string('expected an amount in quotation marks, such as "25000.00"'))
const limit = z.int().min(0).nullable()

/** A day, as the domain has it; also what a day became as JSON. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day such as 2027-05-01')
  .transform((value, context) => {
    try {
      return parseDate(value)
    } catch (error) {
      context.addIssue({ code: 'custom', message: `expected a day that there is: ${String(error)}` })
      return z.NEVER
    }
  })

const masterShape = z.strictObject({
  objects: list(name).min(1),
  fields: z.union([z.literal('all'), list(name).min(1)]),
  master: system,
  foreign: z.enum(FOREIGN_TREATMENTS),
  mergedFrom: list(system).default([]),
  carried: list(z.strictObject({ from: system, to: system })).default([]),
})

const gateShape = z.strictObject({
  name: slug,
  description: text,
  when: z.enum(['ALWAYS', 'AMOUNT', 'CREDIT_HOLD']),
  approver: owner.nullable().default(null),
  bands: list(z.strictObject({ from: amounts, approver: owner })).default([]),
  deadlineHours: hours,
  atDeadline: z.enum(['REJECT', 'ESCALATE', 'APPROVE']),
  escalateTo: owner.nullable().default(null),
})

const flowShape = z.strictObject({
  steps: list(name).default([]),
  gates: list(z.strictObject({ gate: slug, before: name.nullable().default(null) })).default([]),
})

const routeShape = z.strictObject({
  name: slug,
  kind: z.enum(ROUTE_KINDS),
  countries: list(country).nullable().default(null),
  regions: list(region).nullable().default(null),
  legalEntities: list(code).nullable().default(null),
  since: day.nullable().default(null),
  until: day.nullable().default(null),
  to: name,
  fallback: name.nullable().default(null),
})

const marketShape = z.strictObject({ country, since: day })
const eventShape = z.strictObject({
  name: slug,
  on: list(name).min(1),
  to: list(z.enum(EVENT_TARGETS)).min(1),
})

const limitsShape = z.strictObject({
  usageLines: limit,
  legalEntities: limit,
  amendments: limit,
  dealAmount: amounts.nullable(),
})

const retryShape = z.strictObject({
  attempts: z.int().min(1).max(1000),
  firstDelaySeconds: z.number().min(0.1).max(3600),
  maxDelaySeconds: z.int().min(1).max(86_400),
  jitterPercent: z.int().min(0).max(100),
})

const exceptionShape = z.strictObject({
  class: z.enum(EXCEPTION_CLASSES),
  owner,
  deadlineHours: hours,
  escalateTo: owner,
})

const rules = {
  masters: list(masterShape).default([]),
  markets: list(marketShape).default([]),
  routes: list(routeShape).default([]),
  gates: list(gateShape).default([]),
  events: list(eventShape).default([]),
  exceptions: list(exceptionShape).default([]),
}

/** Rules that models include. */
export const rulesShape = z.strictObject({ ...rules, retry: retryShape.optional() })

const heading = { name: slug, version: z.int().min(1), description: text }
const content = {
  flows: z.partialRecord(z.enum(FLOW_NAMES), flowShape),
  limits: limitsShape,
}

/** A model for all of our companies. */
export const singleShape = z.strictObject({
  ...heading,
  include: slug.optional(),
  ...content,
  ...rules,
  retry: retryShape.optional(),
})

/** Models for each of our companies. */
export const hybridShape = z.strictObject({
  ...heading,
  entities: list(z.strictObject({ legalEntity: code, model: slug })).min(1),
  masters: list(masterShape).default([]),
})

/** A model as it is kept with its activation: whole, with nothing to include. */
export const keptShape = z.strictObject({
  ...heading,
  hash: z.string(),
  parts: z.array(
    z.strictObject({
      legalEntities: z.array(code).nullable(),
      model: z.strictObject({ ...heading, ...content, ...rules, retry: retryShape }),
    }),
  ),
})

export type HybridFile = z.output<typeof hybridShape>
export type SingleFile = z.output<typeof singleShape>
export type RulesFile = z.output<typeof rulesShape>
