import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type World } from './world.ts'

let world: World
let cursor: string

beforeAll(async () => {
  world = await openWorld({ customers: 5 })
  const { body } = await world.ask('{ customers(first: 1) { pageInfo { endCursor } } }')
  cursor = (JSON.parse(body) as { data: { customers: { pageInfo: { endCursor: string } } } }).data.customers
    .pageInfo.endCursor
})
afterAll(() => world.close())

interface Failure {
  readonly message: string
  readonly path?: readonly string[]
  readonly extensions: { readonly code: string; readonly requestId: string }
}

const failuresOf = async (document: string, variables?: object): Promise<readonly Failure[]> => {
  const { body } = await world.ask(document, variables)
  expect(body).not.toMatch(/\bat \S+ \(|node_modules|\.ts:\d/)
  return (JSON.parse(body) as { errors?: Failure[] }).errors ?? []
}

describe('bad input is a clear error with a code', () => {
  test.each([
    [
      'an unknown field',
      '{ customers(first: 1) { nodes { nmae } } }',
      {},
      'GRAPHQL_VALIDATION_FAILED',
      /nmae/,
    ],
    ['no GraphQL', '{ customers(first: 1 { nodes', {}, 'GRAPHQL_PARSE_FAILED', /Syntax Error/],
    [
      'a variable of the wrong type',
      'query ($n: Int!) { customers(first: $n) { totalCount } }',
      { n: 'ten' },
      'BAD_USER_INPUT',
      /\$n/,
    ],
    [
      'a missing variable',
      'query ($n: Int!) { customers(first: $n) { totalCount } }',
      {},
      'BAD_USER_INPUT',
      /\$n/,
    ],
    ['an unknown id', '{ customer(id: "cus_nobody") { name } }', {}, 'NOT_FOUND', /cus_nobody/],
    [
      'an unknown node',
      '{ node(id: "inv_nothing") { ... on Invoice { number } } }',
      {},
      'NOT_FOUND',
      /inv_nothing/,
    ],
    [
      'an unknown node of which only the id is asked',
      '{ node(id: "inv_nothing") { id } }',
      {},
      'NOT_FOUND',
      /inv_nothing/,
    ],
    [
      'an unknown node of which only the type is asked',
      '{ node(id: "pay_x1") { __typename } }',
      {},
      'NOT_FOUND',
      /pay_x1/,
    ],
    [
      'an unknown node of which its keeper and another system are asked',
      '{ node(id: "cus_nobody") { id ... on Customer { id name receivables { currency } } } }',
      {},
      'NOT_FOUND',
      /cus_nobody/,
    ],
    [
      'a mutation that there is not',
      'mutation { pay }',
      {},
      'GRAPHQL_VALIDATION_FAILED',
      /Cannot query field "pay"/,
    ],
    [
      'a subscription to what nobody tells',
      'subscription { paid }',
      {},
      'GRAPHQL_VALIDATION_FAILED',
      /Cannot query field "paid"/,
    ],
    ['an id of no kind', '{ node(id: "what") { id } }', {}, 'NOT_FOUND', /no object/],
    [
      'first: 0',
      '{ customers(first: 0) { totalCount nodes { id } } }',
      {},
      'BAD_USER_INPUT',
      /from 1 to 100, not 0/,
    ],
    [
      'first: 1000',
      '{ invoices(first: 1000) { nodes { id } } }',
      {},
      'BAD_USER_INPUT',
      /from 1 to 100, not 1000/,
    ],
    [
      'a negative page',
      '{ payments(first: -1) { nodes { id } } }',
      {},
      'BAD_USER_INPUT',
      /must not be negative/,
    ],
    ['no page size', '{ contracts { nodes { id } } }', {}, 'BAD_USER_INPUT', /"first" and "last"/],
    [
      'both page sizes',
      '{ contracts(first: 1, last: 1) { nodes { id } } }',
      {},
      'BAD_USER_INPUT',
      /"first" and "last"/,
    ],
    [
      'lists that multiply without end',
      `{ customers(first: 1) { nodes {
        ${'invoices(first: 100) { nodes { customer { '.repeat(4)}id${' } } }'.repeat(4)}
      } } }`,
      {},
      'OPERATION_TOO_COSTLY',
      /up to 203030303/,
    ],
    [
      'a damaged cursor',
      '{ customers(first: 1, after: "abc") { nodes { id } } }',
      {},
      'CURSOR_INVALID',
      /damaged/,
    ],
    [
      'a date that is none',
      '{ invoices(first: 1, filter: { dueDate: { lt: "2027-02-30" } }) { nodes { id } } }',
      {},
      undefined,
      /calendar date/,
    ],
    [
      'a currency that is none',
      '{ fxRates(baseCurrency: "usd", quoteCurrency: "EUR") { rate } }',
      {},
      undefined,
      /ISO 4217/,
    ],
  ])('%s', async (_name, document, variables, code, message) => {
    const [failure, ...rest] = await failuresOf(document, variables)
    expect(rest).toEqual([])
    expect(failure?.message).toMatch(message)
    expect(failure?.extensions.code).toBe(code ?? failure?.extensions.code)
    expect(failure?.extensions.requestId).toMatch(/^[\w.-]{8,64}$/)
  })

  test('a cursor from another list', async () => {
    const [failure] = await failuresOf(
      'query ($after: String) { invoices(first: 1, after: $after) { nodes { id } } }',
      {
        after: cursor,
      },
    )
    expect(failure).toMatchObject({ path: ['invoices'], extensions: { code: 'CURSOR_INVALID' } })
  })

  test('a cursor of the same list in another order', async () => {
    const [failure] = await failuresOf(
      `query ($after: String) {
        customers(first: 1, after: $after, orderBy: { field: NAME, direction: DESC }) { nodes { id } }
      }`,
      { after: cursor },
    )
    expect(failure?.extensions.code).toBe('CURSOR_INVALID')
  })

  test('SQL in a search or filter is only text', async () => {
    const document = 'query ($text: String!) { customers(first: 1, search: $text) { totalCount } }'
    const { body } = await world.ask(document, { text: `'; DROP TABLE crm.customer; --` })
    expect(JSON.parse(body)).toEqual({ data: { customers: { totalCount: 0 } } })
    expect(await failuresOf('{ customers(first: 1) { totalCount } }')).toEqual([])
  })
})

test('one bad field leaves the rest of the answer', async () => {
  const { body } = await world.ask('{ customers(first: 1) { totalCount } invoices(first: 0) { totalCount } }')
  const { data, errors } = JSON.parse(body) as { data: unknown; errors?: Failure[] }
  // Both lists may not be null, so the whole answer gives way, by the specification; the error names the field.
  expect(data).toBeNull()
  expect(errors?.map(({ path }) => path)).toEqual([['invoices']])
})
