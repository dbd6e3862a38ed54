// Who masters what (row 16): what another system states of it stays out, and a person is told.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ExternalRef } from '#domain/entity.ts'
import { customerFact } from '#test/support/facts.ts'
import { activate } from './article.ts'
import { type FlowWorld, openFlowWorld } from './flows.ts'

const EXCEPTIONS = `{ exceptions(first: 100, filter: { status: { in: [OPEN] } }) { nodes {
  id class code field message owner workflow { id } } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { resolveException(input: $input) {
  exception { status } userErrors { code } } }`

interface Waiting {
  readonly id: string
  readonly code: string
  readonly message: string
}

let world: FlowWorld
let count = 0
let id: string
beforeAll(async () => {
  world = await openFlowWorld()
  await activate(world, 'billing-led', 'from now on')
})
afterAll(() => world.close())
beforeEach(() => {
  count += 1
  id = `price-${count}`
})

const stated = (system: string, sourceVersion: bigint): { id: string; externalRefs: ExternalRef[] } => ({
  id,
  externalRefs: [{ system, instance: 'test', objectType: 'price', externalId: id, url: null, sourceVersion }],
})

/** A system states what the product costs, and what it is called. */
const state = (system: string, unitAmount: string, nickname: string | null = null, version = 1n) =>
  world.record({
    prices: [
      {
        ...stated(system, version),
        productId: 'platform',
        nickname,
        currency: 'USD',
        unitAmount,
        interval: { unit: 'YEAR', count: 1 },
        usage: 'LICENSED',
        tiersMode: null,
        tiers: [],
        active: true,
      },
    ],
  })

/** What billing and the books hold of the price, and how often billing changed it. */
const held = async (): Promise<unknown> => {
  const [row] = await world.database.owner.rows({
    text: `SELECT p.unit_amount::text AS billing, l.unit_amount::text AS books, p.version
      FROM billing.price p LEFT JOIN erp.list_price l ON l.id = p.id WHERE p.id = $1`,
    values: [id],
  })
  return row
}

const waiting = async (): Promise<Waiting[]> => {
  const { data } = await world.ask<{ exceptions: { nodes: Waiting[] } }>(EXCEPTIONS)
  return (data?.exceptions.nodes ?? []).filter(({ message }) => message.includes('price.'))
}

const resolveAll = async (): Promise<void> => {
  for (const { id: exceptionId } of await waiting()) {
    const input = { exceptionId, action: 'RESOLVE', reason: 'Sales will learn', actor: 'Jo' }
    await world.ask(RESOLVE, { input })
  }
}

it('a write of CRM to a price is REJECTED_NOT_MASTER where billing leads, and billing goes on writing', async () => {
  await state('stripe', '1200')
  await state('salesforce', '999')
  expect(await held()).toEqual({ billing: '1200', books: '1200', version: 1 })
  expect(await waiting()).toMatchObject([
    {
      class: 'FOREIGN_WRITE',
      code: 'REJECTED_NOT_MASTER',
      field: 'price.unitAmount',
      message: 'CRM (salesforce) wrote 999 instead of 1200 to price.unitAmount, which BILLING masters',
      owner: 'SALES_OPERATIONS',
      workflow: null,
    },
  ])
  await state('stripe', '1300', null, 2n)
  expect(await held()).toEqual({ billing: '1300', books: '1300', version: 2 })
  await resolveAll()
})

it('the same again, by whatever import, is one thing for a person, and closed stays closed', async () => {
  await state('stripe', '1200')
  await state('salesforce', '999')
  await state('salesforce', '999')
  expect(await waiting()).toHaveLength(1)
  await resolveAll()
  await state('salesforce', '999')
  expect(await waiting()).toEqual([])
  await state('salesforce', '998', null, 2n)
  expect(await waiting()).toHaveLength(1)
  expect(await held()).toEqual({ billing: '1200', books: '1200', version: 1 })
  await resolveAll()
})

it('anybody may tell of what its master has said nothing of', async () => {
  await state('salesforce', '999')
  await state('netsuite', '998')
  expect(await held()).toEqual({ billing: '998', books: '998', version: 2 })
  expect(await waiting()).toEqual([])
})

it('what is the writer’s own goes through, beside what is not', async () => {
  const customerId = `cus_${count}`
  const ofCrm = customerFact({ id: customerId, name: 'Acme', email: 'a@acme.example' })
  await world.record({ customers: [ofCrm] })
  const [source] = ofCrm.externalRefs
  const ofErp = {
    ...ofCrm,
    name: 'ACME INC',
    legalName: 'Acme Incorporated',
    externalRefs: source ? [{ ...source, system: 'netsuite' }] : [],
  }
  await activate(world, 'erp-led', 'later')
  await world.record({ customers: [ofErp] })
  await world.record({ customers: [ofErp] })
  const [row] = await world.database.owner.rows({
    text: 'SELECT name, legal_name AS "legalName", version FROM crm.customer WHERE id = $1',
    values: [customerId],
  })
  expect(row).toEqual({ name: 'Acme', legalName: 'Acme Incorporated', version: 2 })
})
