// Who masters a customer (row 16): `upsertCustomer` goes by the same rule as what imports and webhooks state.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ExternalRef } from '#domain/entity.ts'
import { workshopOf } from '#workshop.ts'
import { customer as stripeCustomer, factOf, mapAll } from '#test/stripe/fixtures.ts'
import { customerFact } from '#test/support/facts.ts'
import { silentLog } from '#test/support/log.ts'
import { activate } from './article.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'

const SHOWN = 'id name legalName email region externalRefs { system } pendingProposals { id }'
const UPSERT = `mutation ($input: UpsertCustomerInput!) { payload: upsertCustomer(input: $input) {
  customer { ${SHOWN} }
  heldBack { class code field owner status message proposal { source writer master stated kept } }
  workflow { id status } replayed userErrors { code message field } } }`
const CUSTOMER = `query ($id: ID!) { customer(id: $id) { ${SHOWN} } }`
const DECIDE = `mutation ($input: ResolveExceptionInput!) { payload: resolveException(input: $input) {
  exception { status } workflow { id status } replayed userErrors { code message field } } }`
const ACTIVATE = `mutation ($input: ActivateModelInput!) { payload: activateModel(input: $input) {
  workflow: activation { id: model status: since } replayed userErrors { code message field } } }`

interface Shown {
  readonly id: string
  readonly name: string
  readonly externalRefs: readonly { readonly system: string }[]
  readonly pendingProposals: readonly { readonly id: string }[]
}
type Upserted = FlowPayload & { readonly customer: Shown; readonly heldBack: readonly object[] }

let world: FlowWorld
let count = 0
beforeAll(async () => {
  world = await openFlowWorld()
})
beforeEach(() => {
  count += 1
})
afterAll(() => world.close())

/** A system states the customer of this test, which it knows by its tax registration. */
const state = (system: string, fields: object = {}): Promise<Upserted> =>
  world.start(UPSERT, {
    externalRefs: [{ system, externalId: `${system}-${count}` }],
    name: 'Globex',
    taxIds: [{ type: 'eu_vat', value: `DE${count}` }],
    currency: 'EUR',
    idempotencyKey: `${system}-${count}-${JSON.stringify(fields)}`,
    ...fields,
  })
const customer = async (id: string): Promise<Shown> => {
  const { data, errors } = await world.ask<{ customer: Shown }>(CUSTOMER, { id })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.customer
}
const decide = async (action: 'ACCEPT' | 'REJECT', exceptionId: string | undefined) =>
  world.start(DECIDE, { exceptionId, action, reason: 'As the register says', actor: 'Jo' })
/** What was told of exceptions about a customer, those of one together. */
const told = async (id: string): Promise<string[]> => {
  const rows = await world.database.owner.rows<{ type: string }>({
    text: `SELECT e.type FROM operations.event e JOIN operations.exception x ON e.aggregate_id = x.id
      WHERE x.step = $1 ORDER BY x.id, e.version`,
    values: [id],
  })
  return rows.map(({ type }) => type.replace('revgraph.operations.exception.', ''))
}

it('an ERP that states a customer of CRM is heard where CRM says nothing else, and the rest is proposed', async () => {
  const { customer: known } = await state('salesforce', { region: 'EMEA' })
  const { customer: kept, ...answer } = await state('netsuite', {
    name: 'GLOBEX CORP',
    region: 'AMER',
    legalEntityId: 'entity-1',
  })
  expect(kept).toMatchObject({ id: known.id, name: 'Globex', region: 'EMEA' })
  expect(kept.externalRefs.map(({ system }) => system)).toEqual(['salesforce', 'netsuite'])
  expect(answer).toMatchObject({
    workflow: { status: 'COMPLETED' },
    userErrors: [],
    heldBack: [
      {
        class: 'FOREIGN_WRITE',
        code: 'FOREIGN_WRITE',
        field: 'customer.name',
        owner: 'SALES_OPERATIONS',
        status: 'OPEN',
        message: 'ERP (netsuite) wrote GLOBEX CORP instead of Globex to customer.name, which CRM masters',
        proposal: {
          source: 'netsuite',
          writer: 'ERP',
          master: 'CRM',
          stated: 'GLOBEX CORP',
          kept: 'Globex',
        },
      },
      { field: 'customer.region', proposal: { stated: 'AMER', kept: 'EMEA' } },
    ],
  })
  expect(kept.pendingProposals).toHaveLength(2)
  const [region] = await world.database.owner.rows({
    text: 'SELECT region FROM erp.customer_region WHERE id = $1',
    values: [known.id],
  })
  expect(region).toEqual({ region: 'EMEA' })
})

it('what was proposed is taken over where a person accepts it, and nobody is asked of it again', async () => {
  const { customer: known } = await state('salesforce')
  const { customer: kept } = await state('netsuite', { name: 'GLOBEX CORP' })
  expect(await decide('ACCEPT', kept.pendingProposals[0]?.id)).toMatchObject({
    exception: { status: 'RESOLVED' },
    workflow: { status: 'COMPLETED' },
    userErrors: [],
  })
  expect(await customer(known.id)).toMatchObject({ name: 'GLOBEX CORP', pendingProposals: [] })
  expect((await state('netsuite', { name: 'GLOBEX CORP', status: null })).heldBack).toEqual([])
})

it('what was rejected stays out, and closed, until the system states something else', async () => {
  await state('salesforce')
  const { customer: kept } = await state('netsuite', { name: 'GLOBEX CORP' })
  await decide('REJECT', kept.pendingProposals[0]?.id)
  const again = await state('netsuite', { name: 'GLOBEX CORP', status: null })
  expect(again.customer).toMatchObject({ name: 'Globex', pendingProposals: [] })
  expect(again.heldBack).toMatchObject([{ status: 'RESOLVED' }])
  expect((await state('netsuite', { name: 'GLOBEX SE' })).customer.pendingProposals).toHaveLength(1)
})

it('the master goes on writing, and so does a system that is none of the three', async () => {
  await state('salesforce')
  await state('netsuite')
  expect(await state('salesforce', { name: 'Globex SE' })).toMatchObject({
    customer: { name: 'Globex SE' },
    heldBack: [],
  })
  expect(await state('data-vendor', { name: 'Globex Societas' })).toMatchObject({
    customer: { name: 'Globex Societas' },
    heldBack: [],
  })
})

it('anybody may tell of a customer that its master has said nothing of', async () => {
  expect(await state('netsuite', { name: 'GLOBEX CORP' })).toMatchObject({
    customer: { name: 'GLOBEX CORP' },
    heldBack: [],
  })
  expect((await state('stripe', { name: 'Globex' })).customer).toMatchObject({ name: 'Globex' })
})

const fact = (id: string, system: string, names: object) => {
  const ref: ExternalRef = {
    system,
    instance: 'test',
    objectType: 'Account',
    externalId: `import-${count}`,
    url: null,
    sourceVersion: 1n,
  }
  const taxIds = [{ type: 'eu_vat', value: `DE${count}` }]
  return { customers: [{ ...customerFact({ id, taxIds, ...names }), externalRefs: [ref] }] }
}

it('it is one rule with imports: either knows what the master told by the other way', async () => {
  const { customer: known } = await state('salesforce')
  await world.record(fact(known.id, 'netsuite', { name: 'By import' }))
  expect(await customer(known.id)).toMatchObject({ name: 'Globex' })
  const imported = `cus_imported_${count}`
  count += 1
  await world.record(fact(imported, 'hubspot', { name: 'Initech' }))
  const { customer: kept } = await state('netsuite', { name: 'INITECH LLC' })
  expect(kept).toMatchObject({ id: imported, name: 'Initech' })
})

it('what a billing system cannot tell of a customer stays, where CRM has not spoken too', async () => {
  const parent = `cus_parent_${count}`
  await world.record({ customers: [customerFact({ id: parent })] })
  const about = { region: 'EMEA', segment: 'MID_MARKET', owner: { name: 'Ada', email: 'ada@example.com' } }
  const { customer: known } = await state('data-vendor', {
    domain: 'globex.example',
    legalEntityId: 'entity-1',
    ...about,
  })
  await world.database.owner.rows({
    text: 'UPDATE crm.customer SET parent_id = $1 WHERE id = $2',
    values: [parent, known.id],
  })
  const stated = factOf(mapAll([stripeCustomer({ name: 'Globex Ltd' })]), 'customers', 'cus_ada')
  await world.record({ customers: [{ ...stated, id: known.id }] })
  const [kept] = await world.database.owner.rows({
    text: `SELECT c.name, c.parent_id AS "parentId", c.domain, c.region, c.segment, c.owner->>'name' AS owner,
        r.region AS "regionInErp"
      FROM crm.customer c JOIN erp.customer_region r USING (id) WHERE id = $1`,
    values: [known.id],
  })
  expect(kept).toEqual({
    name: 'Globex Ltd',
    parentId: parent,
    domain: 'globex.example',
    region: 'EMEA',
    segment: 'MID_MARKET',
    owner: 'Ada',
    regionInErp: 'EMEA',
  })
})

it('a step that is repeated tells a person once, whatever was decided meanwhile', async () => {
  const { customer: known } = await state('salesforce')
  const { workshop } = workshopOf(world.database.of, world.clock, silentLog)
  const effect = {
    effectKey: `wfl_${count}/upsertCustomer`,
    revision: 0,
    correlationId: 'test',
    traceparent: null,
    acceptedAt: world.clock.now(),
  }
  const ref = {
    ...customerFact().externalRefs[0],
    system: 'netsuite',
    externalId: `n-${count}`,
  } as ExternalRef
  const stated = {
    externalRefs: [ref],
    taxIds: [{ type: 'eu_vat', value: `DE${count}` }],
    name: 'GLOBEX CORP',
    currency: 'EUR',
    legalName: null,
    email: null,
    domain: null,
    address: null,
    region: null,
    segment: null,
    owner: null,
  }
  const run = () => workshop.systems.crm.upsertCustomer(effect, { stated, status: null })
  const first = await run()
  expect(await told(known.id)).toEqual(['opened.v1'])
  await world.record(fact(known.id, 'netsuite', { name: 'GLOBEX SE' }))
  await decide('REJECT', (await customer(known.id)).pendingProposals[0]?.id)
  const before = await told(known.id)
  expect(await run()).toEqual(first)
  expect(await told(known.id)).toEqual(before)
})

it('a billing system may add where the model merges, and is not heard at all where it rejects', async () => {
  await state('salesforce', { email: 'old@globex.example' })
  await activate(world, 'event-driven', 'merge')
  expect(await state('stripe', { email: 'pay@globex.example', name: 'globex' })).toMatchObject({
    customer: { name: 'Globex', email: 'pay@globex.example' },
    heldBack: [{ field: 'customer.name' }],
  })
  const source = readFileSync('schema/models/crm-led.yaml', 'utf8').replace('PROPOSE', 'REJECT')
  const request = { model: 'crm-led', source, actor: 'Jo', reason: 'Strict', idempotencyKey: 'strict' }
  expect((await world.start(ACTIVATE, request)).userErrors).toEqual([])
  expect(await state('stripe', { name: 'GLOBEX', email: 'pay@globex.example' })).toMatchObject({
    customer: { name: 'Globex' },
    workflow: { status: 'COMPLETED' },
    heldBack: [{ code: 'REJECTED_NOT_MASTER', field: 'customer.name', proposal: null }],
    userErrors: [],
  })
})
