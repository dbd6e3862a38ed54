// What the tool graphql-cop asks of a server, and attack 50: a production gateway tells nothing of its schema.
import { describe, expect, it } from 'vitest'

import { exchange, post, serve } from './exchange.ts'
import { ask, gatewayOver } from './graph.ts'
import { createWorld } from './world.ts'

const production = () => gatewayOver(createWorld(), { isProduction: true })
const cop = (query: string): string => JSON.stringify({ query, operationName: 'cop' })

describe('graphql-cop finds nothing', () => {
  const aliases = Array.from({ length: 101 }, (_, index) => `alias${index}:__typename`).join(' \n')
  it.each([
    ['alias overloading', `query cop { ${aliases} }`],
    ['field duplication', `query cop { ${'__typename \n'.repeat(500)} }`],
    ['introspection', 'query cop { __schema { types { name fields { name } } } }'],
    [
      'circular introspection',
      `query cop { __schema { types { ${'fields { type { '.repeat(4)}name${' } }'.repeat(4)} } } }`,
    ],
  ])('%s', async (_check, query) => {
    const { body } = await exchange(`${await serve(production())}graphql`, post(cop(query)))
    expect(body).not.toContain('"data"')
  })

  it('directive overloading, which it tells by ten errors', async () => {
    const query = `query cop { __typename ${'@aa'.repeat(10)} }`
    const { body } = await exchange(`${await serve(production())}graphql`, post(cop(query)))
    expect((JSON.parse(body) as { errors: object[] }).errors).toHaveLength(1)
  })

  it('batching', async () => {
    const batch = `[${Array.from({ length: 10 }, () => cop('query cop { __typename }')).join()}]`
    const { body } = await exchange(`${await serve(production())}graphql`, post(batch))
    expect(JSON.parse(body)).not.toBeInstanceOf(Array)
  })

  it.each([
    ['GET mutations', '?query=mutation+cop+{__typename}', {}],
    ['GET queries', '?query=query+cop+{__typename}', {}],
    ['GraphiQL', '', { accept: 'text/html' }],
    ['GraphiQL at the root', '../', { accept: 'text/html' }],
    ['the files of GraphiQL', '../graphiql/start.js', {}],
  ])('%s', async (_check, search, headers) => {
    const url = new URL(`${await serve(production())}graphql${search}`)
    const { body } = await exchange(url.href, { method: 'GET', headers })
    expect(body).not.toMatch(/"data"|GraphiQL/)
  })

  it('urlencoded queries', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const reply = await exchange(
      `${await serve(production())}graphql`,
      post('query=query+cop+%7B__typename%7D', headers),
    )
    expect(reply.status).toBe(415)
  })
})

describe('Attack 50: suggestions', () => {
  const wrong: [string, string, Record<string, unknown>?][] = [
    ['of a field', '{ customers { nmae } }'],
    ['of an argument', '{ customers(frist: 1) { id } }'],
    ['of a type', '{ node(id: "c1") { ... on Custmer { id } } }'],
    ['of an enum value', '{ invoices(status: OPNE) { id } }'],
    [
      'of an enum value in a variable',
      'query ($s: [InvoiceStatus!]) { invoices(status: $s) { id } }',
      { s: ['OPNE'] },
    ],
    ['of an input field', '{ joined(after: "2024-01-01", between: { form: null }) { id } }'],
    ['of a directive', '{ trialBalance @skp(if: true) }'],
  ]
  it.each(wrong)('%s are made while developing, and none in production', async (_what, query, variables) => {
    const developing = await ask(gatewayOver(createWorld()), query, variables)
    if (!query.includes('@skp')) expect(developing.text).toContain('Did you mean')
    expect((await ask(production(), query, variables)).text).not.toContain('Did you mean')
  })
})

describe('A production gateway', () => {
  it('answers what clients need', async () => {
    const { data } = await ask(production(), '{ __typename customers(first: 1) { __typename id } }')
    expect(data).toEqual({ __typename: 'Query', customers: [{ __typename: 'Customer', id: 'c1' }] })
  })
})
