// Who masters what (row 16): what another system states of it stays out, and a person is told.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
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

const TRAIL = `{ auditTrail(first: 100) { nodes { actor action before after } } }`
async function recordsOfTrail() {
  const { data } = await world.ask<{ auditTrail: { nodes: object[] } }>(TRAIL, {})
  return data?.auditTrail.nodes
}

describe('what is proposed of a customer', () => {
  const PROPOSED = `query ($id: ID!) { customer(id: $id) { name legalName version
    pendingProposals { id code proposal { hash object field source writer master stated kept } } } }`
  const DECIDE = `mutation ($input: ResolveExceptionInput!) { payload: resolveException(input: $input) {
    exception { status decisions { action actor reason } } workflow { flow status requestedBy }
    replayed userErrors { code field } } }`

  interface Proposed {
    readonly name: string
    readonly legalName: string | null
    readonly version: number
    readonly pendingProposals: readonly {
      readonly id: string
      readonly proposal: { readonly hash: string }
    }[]
  }

  let customerId: string
  let stop: () => Promise<void>
  beforeAll(async () => {
    stop = await world.startOperations()
    await activate(world, 'erp-led', 'proposals')
  })
  afterAll(() => stop())
  beforeEach(() => {
    customerId = `cus_proposed_${count}`
  })

  /** A system states the customer: in ERP, which masters its legal name, or in CRM, which masters the rest. */
  const stateCustomer = (system: string, names: object) => {
    const fact = customerFact({ id: customerId, ...names })
    const [source] = fact.externalRefs
    return world.record({ customers: [{ ...fact, externalRefs: source ? [{ ...source, system }] : [] }] })
  }

  const customer = async (): Promise<Proposed> => {
    const { data, errors } = await world.ask<{ customer: Proposed }>(PROPOSED, { id: customerId })
    if (!data) throw new Error(JSON.stringify(errors))
    return data.customer
  }

  const decide = async (
    action: string,
    fields: { exceptionId?: string; proposalHash?: string; idempotencyKey?: string } = {},
  ) => {
    const exceptionId = fields.exceptionId ?? (await customer()).pendingProposals[0]?.id
    const input = { ...fields, exceptionId, action, reason: 'As the register says', actor: 'Jo' }
    return world.start(DECIDE, input)
  }

  /** CRM knows the customer by a legal name that ERP, its master, keeps; sales writes another one. */
  const propose = async () => {
    await stateCustomer('salesforce', { name: 'Acme', legalName: 'Acme Inc' })
    await stateCustomer('netsuite', { name: 'Acme', legalName: 'Acme Incorporated' })
    await stateCustomer('salesforce', { name: 'Acme', legalName: 'Acme Group Inc' })
  }

  it('shows with the customer until somebody decides', async () => {
    await propose()
    expect(await customer()).toMatchObject({
      legalName: 'Acme Incorporated',
      pendingProposals: [
        {
          code: 'FOREIGN_WRITE',
          proposal: {
            object: 'customer',
            field: 'legalName',
            source: 'salesforce',
            writer: 'CRM',
            master: 'ERP',
            stated: 'Acme Group Inc',
            kept: 'Acme Incorporated',
          },
        },
      ],
    })
  })

  it('is taken over where it is accepted, once, in the name of whoever did', async () => {
    await propose()
    const { version } = await customer()
    const exceptionId = (await customer()).pendingProposals[0]?.id ?? ''
    const accepted = {
      exception: {
        status: 'RESOLVED',
        decisions: [{ action: 'ACCEPT', actor: 'Jo', reason: 'As the register says' }],
      },
      workflow: { flow: 'acceptProposal', status: 'COMPLETED', requestedBy: 'Jo' },
      userErrors: [],
    }
    expect(await decide('ACCEPT', { idempotencyKey: customerId })).toMatchObject(accepted)
    expect(await decide('ACCEPT', { exceptionId, idempotencyKey: customerId })).toMatchObject(accepted)
    expect(await customer()).toEqual({
      name: 'Acme',
      legalName: 'Acme Group Inc',
      version: version + 1,
      pendingProposals: [],
    })
    // Nobody is asked again while both say what they said; the master goes on writing.
    await stateCustomer('salesforce', { name: 'Acme', legalName: 'Acme Group Inc' })
    await stateCustomer('netsuite', { name: 'Acme', legalName: 'Acme Incorporated' })
    expect(await customer()).toMatchObject({ legalName: 'Acme Group Inc', pendingProposals: [] })
    expect(await decide('ACCEPT', { exceptionId })).toMatchObject({
      userErrors: [{ code: 'STATUS_FORBIDS' }],
    })
    await expect.poll(recordsOfTrail).toContainEqual(
      expect.objectContaining({
        actor: 'Jo',
        action: 'revgraph.crm.customer.changed.v1',
        before: expect.objectContaining({ id: customerId, legalName: 'Acme Incorporated' }) as object,
        after: expect.objectContaining({ id: customerId, legalName: 'Acme Group Inc' }) as object,
      }),
    )
  })

  it.each(['ACCEPT', 'REJECT'])(
    'is not what another one was seen as: %s names what was seen',
    async (action) => {
      customerId = `cus_replaced_${action}`
      await propose()
      const [seen] = (await customer()).pendingProposals
      const proposalHash = seen?.proposal.hash ?? ''
      await stateCustomer('salesforce', { name: 'Acme', legalName: 'Acme Holding' })
      expect(await decide(action, { proposalHash })).toMatchObject({
        exception: { status: 'OPEN' },
        userErrors: [{ code: 'PAYLOAD_CHANGED', field: 'proposalHash' }],
      })
      await stateCustomer('salesforce', { name: 'Acme', legalName: 'Acme Group Inc' })
      expect(await decide(action, { proposalHash })).toMatchObject({
        exception: { status: 'RESOLVED' },
        userErrors: [],
      })
      const legalName = action === 'ACCEPT' ? 'Acme Group Inc' : 'Acme Incorporated'
      expect(await customer()).toMatchObject({ legalName, pendingProposals: [] })
    },
  )

  it('stays out where it is rejected, until one of the two says something else', async () => {
    await propose()
    expect(await decide('REJECT')).toMatchObject({ exception: { status: 'RESOLVED' }, workflow: null })
    await stateCustomer('salesforce', { name: 'Acme', legalName: 'Acme Group Inc' })
    expect(await customer()).toMatchObject({ legalName: 'Acme Incorporated', pendingProposals: [] })
    await stateCustomer('salesforce', { name: 'Acme', legalName: 'Acme Holding' })
    expect((await customer()).pendingProposals).toMatchObject([{ proposal: { stated: 'Acme Holding' } }])
  })

  it('cannot be taken over once its master said something else', async () => {
    await propose()
    await stateCustomer('netsuite', { name: 'Acme', legalName: 'Acme Worldwide' })
    expect(await decide('ACCEPT')).toMatchObject({
      userErrors: [{ code: 'STATUS_FORBIDS', field: 'exceptionId' }],
    })
    expect(await customer()).toMatchObject({ legalName: 'Acme Worldwide' })
  })

  it('is nothing where the model has it rejected', async () => {
    await activate(world, 'billing-led', `rejected ${count}`)
    await state('stripe', '1200')
    await state('salesforce', '999')
    const exceptionId = (await waiting())[0]?.id ?? ''
    expect(await decide('ACCEPT', { exceptionId })).toMatchObject({
      userErrors: [{ code: 'STATUS_FORBIDS', field: 'action' }],
    })
    await resolveAll()
    await activate(world, 'crm-led', `proposed ${count}`)
  })

  it('may be a price, which the books learn as well', async () => {
    id = `price-proposed-${count}`
    await activate(world, 'crm-led', `price ${count}`)
    await state('salesforce', '1200')
    await state('stripe', '999')
    expect(await held()).toEqual({ billing: '1200', books: '1200', version: 1 })
    const exceptionId = (await waiting())[0]?.id ?? ''
    expect(await decide('ACCEPT', { exceptionId })).toMatchObject({ workflow: { status: 'COMPLETED' } })
    expect(await held()).toEqual({ billing: '999', books: '999', version: 2 })
  })
})
