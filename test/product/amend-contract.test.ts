// A contract that is changed in mid-term over the graph: exactly as previewed, in all systems, once.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FlowWorld } from './flows.ts'
import { usd } from './flows.ts'
import {
  AMEND,
  type AmendPayload,
  brokenRules,
  effectsOn,
  openAmendWorld,
  previewed,
  upgrade,
  yearOf,
} from './amending.ts'

let world: FlowWorld
let count = 0
let [name, contractId] = ['', '']
beforeAll(async () => {
  world = await openAmendWorld()
})
beforeEach(async () => {
  count += 1
  name = String(count)
  contractId = `ctr_${name}`
  await yearOf(world, name)
})
afterAll(() => world.close())

const amend = (input: object, key = `amend-${count}`): Promise<AmendPayload> =>
  world.start(AMEND, { ...input, idempotencyKey: key })

const BEFORE = {
  value: '1200000',
  invoiced: '1200000',
  credited: '0',
  earned: '1200000',
  receivable: '1200000',
  subscription: 'ACTIVE',
}
const UPGRADED = {
  ...BEFORE,
  value: '1602740',
  invoiced: '1602740',
  earned: '1602740',
  receivable: '1602740',
  amendments: ['APPLIED'],
}

describe('from 12,000 to 18,000 a year on day 120 of 365', () => {
  it('credits 8,054.79, charges 12,082.19, and the year comes to 16,027.40 in all systems', async () => {
    const answer = await amend(await previewed(world, upgrade(name)))
    expect(answer).toMatchObject({
      contract: {
        id: contractId,
        version: 2,
        totalContractValue: usd('16027.40'),
        amendments: [{ status: 'APPLIED', effectiveDate: '2026-05-01' }],
      },
      invoice: { total: usd('4027.40') },
      creditNote: null,
      workflow: { status: 'COMPLETED' },
      replayed: false,
      userErrors: [],
    })
    expect(await effectsOn(world, contractId)).toEqual(UPGRADED)
    const lines = await world.database.owner.rows({
      text: `SELECT l->>'amount' AS amount, l->>'contractLineId' AS line, i.customer_id AS customer,
          i.contract_id = $1 AS linked, l->>'subscriptionItemId' IN (
            SELECT item->>'id' FROM billing.subscription s, jsonb_array_elements(s.items) item
            WHERE s.contract_id = $1) AS subscribed
        FROM billing.invoice i, jsonb_array_elements(i.lines) l
        WHERE i.number = $2 ORDER BY (l->>'amount')::bigint`,
      values: [contractId, answer.invoice?.number],
    })
    const linked = { linked: true, customer: 'cus_acme', subscribed: true }
    expect(lines).toEqual([
      { amount: '-805479', line: `ctl_${name}`, ...linked },
      { amount: '1208219', line: `ctl_${name}~20260501`, ...linked },
    ])
  })

  it('is replayed for the same key', async () => {
    const input = await previewed(world, upgrade(name))
    const first = await amend(input)
    const again = await amend(input)
    expect(again).toMatchObject({ workflow: { id: first.workflow?.id }, replayed: true, userErrors: [] })
    expect(await effectsOn(world, contractId)).toEqual(UPGRADED)
  })

  it('asked for twice at once is made once: the other preview is outdated', async () => {
    const input = await previewed(world, upgrade(name))
    const answers = await Promise.all(['a', 'b'].map((key) => amend(input, `${key}-${count}`)))
    const refused = answers.filter(({ userErrors }) => userErrors.length > 0)
    expect(refused).toMatchObject([{ userErrors: [{ code: 'PREVIEW_OUTDATED', field: 'previewHash' }] }])
    expect(await effectsOn(world, contractId)).toEqual(UPGRADED)
  })
})

it('gives a credit note where less is charged than given back', async () => {
  const change = { ...upgrade(name), changes: [{ lineId: `ctl_${name}`, unitPrice: usd('6000.00') }] }
  expect(await amend(await previewed(world, change))).toMatchObject({
    contract: { totalContractValue: usd('7972.61') },
    invoice: null,
    creditNote: { amount: usd('4027.39') },
    workflow: { status: 'COMPLETED' },
  })
  expect(await effectsOn(world, contractId)).toMatchObject({
    value: '797261',
    credited: '402739',
    earned: '797261',
    receivable: '797261',
  })
})

describe('starts nothing', () => {
  it.each([
    ['for an unknown contract', { contractId: 'ctr_none' }, 'REFERENCE_MISSING', 'contractId'],
    ['for another hash', { previewHash: 'x' }, 'PREVIEW_OUTDATED', 'previewHash'],
    ['without a change', { changes: [] }, 'CHANGES_MISSING', 'changes'],
    ['after the contract', { effectiveDate: '2028-01-01' }, 'DATE_OUTSIDE_CONTRACT', 'effectiveDate'],
    [
      'for an unknown line',
      { changes: [{ lineId: 'ctl_none', quantity: '2' }] },
      'REFERENCE_MISSING',
      'changes.0.lineId',
    ],
    [
      'for what nobody sells',
      { changes: [{ kind: 'ADD', productId: 'nothing', quantity: '1', unitPrice: usd('5.00') }] },
      'MAPPING_MISSING',
      'changes.0.productId',
    ],
  ])('%s', async (_, fields, code, field) => {
    const input = await previewed(world, upgrade(name))
    const answer = await amend({ ...input, ...fields })
    expect(answer).toMatchObject({ contract: null, invoice: null, workflow: null })
    expect(answer.userErrors).toContainEqual(expect.objectContaining({ code, field }))
    expect(await effectsOn(world, contractId)).toEqual({ ...BEFORE, amendments: null })
  })
})

describe('an amendment of which nobody knows the tax', () => {
  const RESOLVE = `mutation ($input: ResolveExceptionInput!) {
    resolveException(input: $input) { exception { status } workflow { status } userErrors { code message } } }`

  it('waits for a person, and is taken back if that one says so; until then nothing else is changed', async () => {
    const untaxed = `${name}u`
    await yearOf(world, untaxed, { productId: 'untaxed' })
    const { workflow, ...answer } = await amend(await previewed(world, upgrade(untaxed)))
    expect(workflow).toMatchObject({ status: 'EXCEPTION' })
    expect(answer).toMatchObject({ invoice: null, userErrors: [] })

    const cancel = {
      contractId: `ctr_${untaxed}`,
      effectiveDate: '2026-09-01',
      changes: [{ kind: 'CANCEL' }],
    }
    expect(await amend(await previewed(world, cancel), `cancel-${count}`)).toMatchObject({
      workflow: null,
      userErrors: [{ code: 'CONTRACT_BUSY', field: 'contractId' }],
    })

    const { data } = await world.ask<{ exceptions: { nodes: { id: string; workflow: { id: string } }[] } }>(
      '{ exceptions(first: 10) { nodes { id workflow { id } } } }',
    )
    const exception = data?.exceptions.nodes.find((each) => each.workflow.id === workflow?.id)
    const input = { exceptionId: exception?.id, action: 'COMPENSATE', reason: 'Not for sale', actor: 'Jo' }
    await world.ask(RESOLVE, { input })
    await expect
      .poll(() => effectsOn(world, `ctr_${untaxed}`))
      .toEqual({ ...BEFORE, amendments: ['COMPENSATED'] })
  })
})

const code = (is: string | null): Promise<unknown> =>
  world.database.owner.rows({
    text: "UPDATE billing.legal_entity SET code = $1 WHERE id = 'entity-1'",
    values: [is],
  })

/** A series that begins gets no number where nobody told the code of the company. */
async function numberless(): Promise<void> {
  await world.database.owner.rows({ text: 'DELETE FROM billing.number_series', values: [] })
  await code(null)
}

describe('a refusal in billing', () => {
  it.each([
    ['an upgrade', () => upgrade(name)],
    ['a cancellation', () => ({ ...upgrade(name), changes: [{ kind: 'CANCEL' }] })],
  ])('takes %s back: contract and subscription are in a new version what they were', async (_, change) => {
    const input = await previewed(world, change())
    await numberless()
    const answer = await amend(input)
    await code('US')
    expect(answer).toMatchObject({
      contract: { version: 3, totalContractValue: usd('12000.00') },
      invoice: null,
      creditNote: null,
      workflow: { status: 'COMPENSATED' },
    })
    expect(answer.userErrors).toMatchObject([{ code: 'REFERENCE_MISSING', field: 'legalEntityId' }])
    expect(await effectsOn(world, contractId)).toEqual({ ...BEFORE, amendments: ['COMPENSATED'] })
  })
})

it('leaves the books in order', async () => {
  expect(await brokenRules(world)).toEqual([])
})
