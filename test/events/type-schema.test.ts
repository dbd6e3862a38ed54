/** TypeScript types as JSON Schemas of what is written of them. */
import { expect, it } from 'vitest'
import { typeSchemas } from '#schema/type-schema.ts'

const FILES: Readonly<Record<string, string>> = {
  'domain/part.ts': `export interface Part { readonly id: string; readonly worth: bigint }`,
  'domain/thing.ts': `import type { Part } from './part.ts'
    type Colour = 'RED' | 'BLUE'
    export interface Named { /** As printed on
       * labels. */ readonly name: string }
    export type Thing = Named & Omit<Part, 'id'> & { readonly colour: Colour | null }
    export interface Box extends Pick<Part, 'id'>, Named { readonly parts: readonly Part[]; readonly note?: string }
    export type Kept = Thing & { readonly size: 'S' | Colour; readonly name: null }
    export interface Times { day: Temporal.PlainDate; at: Temporal.Instant; month: Temporal.PlainYearMonth }
    export interface Plain { count: number; open: boolean; next: (Part | null)[] }
    export interface Odd { readonly either: string | bigint }
    export interface Made { readonly make: () => string }`,
}
const schemaOf = typeSchemas((path) => FILES[path] ?? '')

const amount = { type: 'string', pattern: String.raw`^-?\d+$` }
const name = { type: 'string', description: 'As printed on labels.' }
const closed = (properties: object, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const part = closed({ id: { type: 'string' }, worth: amount })

it.each([
  ['Part', part],
  [
    'Thing',
    closed({ name, worth: amount, colour: { type: ['string', 'null'], enum: ['RED', 'BLUE', null] } }),
  ],
  [
    'Box',
    closed(
      { id: { type: 'string' }, name, parts: { type: 'array', items: part }, note: { type: 'string' } },
      ['id', 'name', 'parts'],
    ),
  ],
  [
    'Times',
    closed({
      day: { type: 'string', format: 'date' },
      at: { type: 'string', format: 'date-time' },
      month: { type: 'string', pattern: String.raw`^\d{4}-\d{2}$` },
    }),
  ],
  [
    'Plain',
    closed({
      count: { type: 'integer' },
      open: { type: 'boolean' },
      next: { type: 'array', items: { ...part, type: ['object', 'null'] } },
    }),
  ],
  [
    'Kept',
    closed({
      name: { type: 'null' },
      worth: amount,
      colour: { type: ['string', 'null'], enum: ['RED', 'BLUE', null] },
      size: { type: 'string', enum: ['S', 'RED', 'BLUE'] },
    }),
  ],
])('%s', (type, expected) => {
  expect(schemaOf('domain/thing.ts', type)).toEqual(expected)
})

it.each([
  ['Odd', /No JSON form/],
  ['Made', /TSFunctionType .* has no JSON form/],
  ['Missing', 'domain/thing.ts declares no type Missing'],
])('%s has no form in JSON, which the error says', (type, reason) => {
  expect(() => schemaOf('domain/thing.ts', type)).toThrow(reason)
})
