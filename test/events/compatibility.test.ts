/** When the schema of an event may change: each rule on a planted violation, and changes that readers do not mind. */
import { describe, expect, it } from 'vitest'
import { compatibilityRules, incompatibilities } from '#schema/compatibility.ts'
import { brokenContracts, type PublishedSchema, unpublished } from '#schema/published.ts'
import type { JsonSchema } from '#schema/type-schema.ts'

const object = (properties: Record<string, JsonSchema>, required = Object.keys(properties)): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const text: JsonSchema = { type: 'string' }
const day: JsonSchema = { type: 'string', format: 'date' }
const bill = { id: text, dueDate: day, status: { type: 'string', enum: ['OPEN', 'PAID'] } }

type Change = [what: string, before: JsonSchema, after: JsonSchema, ...broken: string[]]

const refused: readonly Change[] = [
  [
    'a field that is renamed',
    object(bill),
    object({ id: text, dueOn: day, status: bill.status }),
    'FIELD_REMOVED at /properties/dueDate',
    'REQUIRED_ADDED at /properties/dueOn',
  ],
  [
    'a field that is gone',
    object(bill),
    object({ id: text, status: bill.status }),
    'FIELD_REMOVED at /properties/dueDate',
  ],
  [
    'a field that all must have',
    object({ id: text }),
    object({ id: text, dueDate: day }),
    'REQUIRED_ADDED at /properties/dueDate',
  ],
  [
    'an optional field that all must have now',
    object({ id: text }, []),
    object({ id: text }),
    'REQUIRED_ADDED at /properties/id',
  ],
  [
    'a field that may not be null any more',
    object({ id: { type: ['string', 'null'] } }),
    object({ id: text }),
    'TYPE_NARROWED at /properties/id',
  ],
  [
    'another type',
    object({ id: text }),
    object({ id: { type: 'integer' } }),
    'TYPE_NARROWED at /properties/id',
  ],
  ['numbers that must be whole', { type: 'number' }, { type: 'integer' }, 'TYPE_NARROWED at /'],
  [
    'a word less',
    object(bill),
    object({ ...bill, status: { type: 'string', enum: ['OPEN'] } }),
    'ENUM_VALUE_REMOVED at /properties/status',
  ],
  [
    'a word more, where readers decide by it',
    object(bill),
    object({ ...bill, status: { type: 'string', enum: ['OPEN', 'PAID', 'LATE'] } }),
    'ENUM_VALUE_ADDED at /properties/status',
  ],
  ['any text that becomes a word', text, { type: 'string', enum: ['OPEN'] }, 'ENUM_INTRODUCED at /'],
  ['another format', day, { type: 'string', format: 'date-time' }, 'FORMAT_CHANGED at /'],
  ['a pattern', text, { type: 'string', pattern: '^a' }, 'FORMAT_CHANGED at /'],
  [
    'an object that is closed',
    { ...object({ id: text }), additionalProperties: true },
    object({ id: text }),
    'CLOSED at /',
  ],
  [
    'a restriction that the check does not know',
    text,
    { type: 'string', maxLength: 3 },
    'KEYWORD_UNKNOWN at /',
  ],
  [
    'a field of a part',
    object({ lines: { type: 'array', items: object({ id: text, amount: text }) } }),
    object({ lines: { type: 'array', items: object({ id: text }) } }),
    'FIELD_REMOVED at /properties/lines/items/properties/amount',
  ],
]

const allowed: readonly Change[] = [
  ['nothing', object(bill), object(bill)],
  ['another description', text, { type: 'string', description: 'An id.' }],
  ['a field that old events lack', object({ id: text }), object({ id: text, dueDate: day }, ['id'])],
  ['a field that need not be there any more', object({ id: text }), object({ id: text }, [])],
  ['a field that may be null', text, { type: ['string', 'null'] }],
  ['fractions', { type: 'integer' }, { type: 'number' }],
  ['any text instead of a word', { type: 'string', enum: ['OPEN'] }, text],
  ['a format less', day, text],
  [
    'a word more, where readers were told to bear it',
    { type: 'string', enum: ['CARD'], 'x-may-grow': true },
    { type: 'string', enum: ['CARD', 'CHECK'], 'x-may-grow': true },
  ],
]

describe('a change within a major version', () => {
  it.each(refused)('is refused: %s', (_, before, after, ...broken) => {
    expect(incompatibilities(before, after).map(({ rule, path }) => `${rule} at ${path}`)).toEqual(broken)
  })

  it.each(allowed)('is allowed: %s', (_, before, after) => {
    expect(incompatibilities(before, after)).toEqual([])
  })

  it('is held to rules that are each proven', () => {
    const proven = new Set(refused.flatMap(([, , , ...broken]) => broken.map((line) => line.split(' ')[0])))
    expect(proven).toEqual(new Set(compatibilityRules.map(({ rule }) => rule)))
  })
})

const version = (minor: number, schema: JsonSchema, events = ['issued', 'paid']): PublishedSchema => ({
  name: 'billing.bill.v1',
  minor,
  schema: { 'x-events': events, ...schema },
})

const now = (schema: JsonSchema, events?: string[]) =>
  new Map([['billing.bill.v1', version(0, schema, events).schema]])

describe('published schemas', () => {
  it('name the type, the rule, the path and the version', () => {
    const broken = brokenContracts(now(object({ id: text })), [version(0, object(bill))], new Set())
    expect(broken).toEqual([
      'revgraph.billing.bill.issued.v1: FIELD_REMOVED at /properties/dueDate (published in 1.0)',
      'revgraph.billing.bill.issued.v1: FIELD_REMOVED at /properties/status (published in 1.0)',
      'revgraph.billing.bill.paid.v1: FIELD_REMOVED at /properties/dueDate (published in 1.0)',
      'revgraph.billing.bill.paid.v1: FIELD_REMOVED at /properties/status (published in 1.0)',
    ])
  })

  it('all count, not only the last one', () => {
    const published = [
      version(0, object({ id: text, dueDate: day }), ['issued']),
      version(1, object({ id: text, dueDate: { type: ['string', 'null'] } }), ['issued']),
    ]
    const broken = brokenContracts(
      now(object({ id: text, dueDate: { type: ['string', 'null'], format: 'date' } }), ['issued']),
      published,
      new Set(),
    )
    expect(broken).toEqual([
      'revgraph.billing.bill.issued.v1: FORMAT_CHANGED at /properties/dueDate (published in 1.1)',
    ])
  })

  it('keep their types, unless an upcaster reads what was written', () => {
    const [current, published] = [now(object({ id: text }), ['paid']), [version(0, object({ id: text }))]]
    expect(brokenContracts(current, published, new Set())).toEqual([
      'revgraph.billing.bill.issued.v1: TYPE_REMOVED at / (published in 1.0)',
    ])
    expect(brokenContracts(current, published, new Set(['revgraph.billing.bill.issued.v1']))).toEqual([])
    expect(brokenContracts(new Map(), published, new Set())).toHaveLength(2)
  })

  it('get a next version where something changed since the last', () => {
    const published = [version(0, object({ id: text }))]
    expect(unpublished(now(object({ id: text })), published)).toEqual([])
    expect(unpublished(now(object(bill)), published)).toEqual([version(1, object(bill))])
    expect(unpublished(now(object(bill)), [])).toEqual([version(0, object(bill))])
  })
})
