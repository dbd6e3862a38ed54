// In process, loaders read only what a request may show. Services are not told what that is and read everything: each
// field, asked for alone, must be the same from both.
import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  parse,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publicSchemaOf } from '#gateway/types.ts'
import { supergraph } from '#product.ts'
import { openWorld, type World } from './world.ts'

const CUSTOMERS = 12

/** Where entities of each type are found below all customers. */
const PLACES: Readonly<Record<string, string>> = {
  Customer: '',
  Contact: 'contacts',
  Opportunity: 'opportunities(first: 3) nodes',
  Quote: 'opportunities(first: 3) nodes quotes',
  Contract: 'contracts(first: 3) nodes',
  ContractLine: 'contracts(first: 3) nodes lines',
  Amendment: 'contracts(first: 3) nodes amendments',
  LegalEntity: 'contracts(first: 3) nodes legalEntity',
  Product: 'contracts(first: 3) nodes lines product',
  Price: 'contracts(first: 3) nodes lines product prices',
  RevenueSchedule: 'contracts(first: 3) nodes revenueSchedules',
  PerformanceObligation: 'contracts(first: 3) nodes revenueSchedules obligation',
  BillingSubscription: 'subscriptions',
  Invoice: 'invoices(first: 5) nodes',
  JournalEntry: 'invoices(first: 5) nodes posting journalEntry',
  Payment: 'payments(first: 5) nodes',
  PaymentAllocation: 'payments(first: 5) nodes allocations',
  Refund: 'payments(first: 5) nodes refunds',
  CreditNote: 'creditNotes',
  Dispute: 'disputes',
}

const schema = publicSchemaOf(parse(supergraph), [])

/** A document that asks for one field of one type and nothing else. */
function documentFor(type: string, field: GraphQLField<unknown, unknown>): string {
  const way = [
    'customers(first: 12)',
    'nodes',
    ...PLACES[type]!.split(/ (?!\d)/).filter((step) => step !== ''),
  ]
  return `{ ${way.join(' { ')} { ${selectionOf(field)} }${' }'.repeat(way.length)}`
}

function selectionOf({ name, args, type }: GraphQLField<unknown, unknown>): string {
  const named = getNamedType(type)
  const isPage = named.name.endsWith('Connection')
  const call = `${name}${isPage ? '(first: 2)' : ''}`
  if (args.some(isRequiredArgument) || isUnionType(named) || !isObjectType(named)) return call
  return isPage ? `${call} { totalCount }` : `${call} { ${leavesOf(named)} }`
}

/** An entity's id alone, all of a value. */
function leavesOf(type: GraphQLObjectType): string {
  const fields = Object.values(type.getFields())
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type))).map(({ name }) => name)
  return leaves.includes('id') ? 'id' : leaves.join(' ') || '__typename'
}

const isAskable = (field: GraphQLField<unknown, unknown>): boolean =>
  !field.args.some(isRequiredArgument) && !isUnionType(getNamedType(field.type))

const cases = Object.keys(PLACES).flatMap((name) => {
  const type = schema.getType(name)
  if (!isObjectType(type)) throw new Error(`The graph has no object type ${name}.`)
  return Object.values(type.getFields())
    .filter(isAskable)
    .map((field) => [`${name}.${field.name}`, documentFor(name, field)] as const)
})

let world: World
beforeAll(async () => {
  world = await openWorld({ customers: CUSTOMERS })
})
afterAll(() => world.close())

describe('a field that is asked for alone', () => {
  test.each(cases)('%s', async (_, document) => {
    const narrow = await world.ask(document)
    expect(narrow.body).not.toContain('"errors"')
    expect(narrow).toEqual(await world.askServices(document))
  })
})
