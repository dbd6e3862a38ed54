// A cent of tax between us and the billing that masters our invoices (row 47): finance is told both figures and has
// until a deadline; once the document is voided there the workflow goes on from that step. Over real nodes.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import type { LoggedEffect } from '#test/simulators/log.ts'
import { type FlowPayload, usd } from './flows.ts'
import { openOutsideWorld, type OutsideWorld } from './outside-world.ts'

const CREDIT = `mutation ($input: IssueCreditNoteInput!) { answer: issueCreditNote(input: $input) {
  workflow { id status } userErrors { code } } }`
const WORKFLOW = `query ($id: ID!) { answer: workflow(id: $id) { status steps { name status } } }`
const NOTES = `query ($id: ID!) { answer: invoice(id: $id) { creditNotes {
  number net { amount } tax { amount } externalRefs { system externalId } } } }`
const EXCEPTIONS = `query { answer: exceptions(first: 100, filter: { status: { in: [OPEN] } }) {
  nodes { id class code step owner openedAt dueAt moneyAtRisk { amount } message workflow { id } } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { answer: resolveException(input: $input) {
  workflow { status } userErrors { code field message } } }`

const HOURS_OF_FINANCE = 24

interface Waiting {
  readonly id: string
  readonly openedAt: string
  readonly dueAt: string
  readonly workflow: { readonly id: string }
}

const notes = async (world: OutsideWorld, name: string): Promise<object[]> =>
  (await world.ask<{ creditNotes: object[] }>(NOTES, { id: `inv_${name}` })).creditNotes

const waitingOf = async (world: OutsideWorld, workflowId: string): Promise<Waiting> => {
  const { nodes } = await world.ask<{ nodes: Waiting[] }>(EXCEPTIONS)
  const waiting = nodes.find(({ workflow }) => workflow.id === workflowId)
  if (waiting === undefined) throw new Error(`nobody is asked about ${workflowId}`)
  return waiting
}

/** A credit note of 45.00 and 9.00 of tax, which the outside billing issues with a cent of tax more. */
async function mismatched(world: OutsideWorld, name: string) {
  await world.paid(name)
  await world.billing.control({ script: ['OVERTAX'] })
  const lines = [{ invoiceLineId: `line_${name}`, amount: usd('45.00') }]
  const input = { invoiceId: `inv_${name}`, reason: 'Outage', lines, idempotencyKey: name }
  const { workflow } = await world.ask<FlowPayload>(CREDIT, { input })
  const id = workflow?.id ?? ''
  await world.becomes(id, 'EXCEPTION')
  const [made] = world.effectsFor(id)
  if (made === undefined) throw new Error('nothing was issued')
  const resolve = async (action: string, externalId: string | null = null) => {
    const exceptionId = (await waitingOf(world, id)).id
    const resolution = { exceptionId, action, externalId, reason: 'Voided', actor: 'frida' }
    return world.ask(RESOLVE, { input: resolution })
  }
  return { id, made, resolve }
}

/** Somebody voids a document in the outside billing. */
const voidThere = (world: OutsideWorld, { externalId }: LoggedEffect): Promise<unknown> =>
  fetch(`${world.billing.url}/void`, { method: 'POST', body: JSON.stringify({ externalId }) })

const brokenRules = async (world: OutsideWorld): Promise<object[]> => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  return findings.filter(({ ids }) => ids.length > 0)
}

describe('where the outside billing can be asked what it made', () => {
  let world: OutsideWorld
  beforeAll(async () => {
    world = await openOutsideWorld({ searchableByReference: true })
  }, 60_000)
  afterAll(() => world.close())

  let name = ''
  let count = 0
  beforeEach(() => {
    count += 1
    name = String(count)
  })

  it('finance is told both figures and has a day, and nothing is noted or posted', async () => {
    const { id, made } = await mismatched(world, name)
    const waiting = await waitingOf(world, id)
    expect(waiting).toMatchObject({
      class: 'TAX_MISMATCH',
      step: 'issueCreditNote',
      owner: 'FINANCE',
      moneyAtRisk: { amount: '45.00' },
      message: expect.stringContaining(
        `${made.number} of 54.01 USD with tax of 9.01 USD, where ours is 54.00 USD with tax of 9.00 USD`,
      ) as unknown,
    })
    const hours = Temporal.Instant.from(waiting.openedAt).until(waiting.dueAt).total('hours')
    expect(hours).toBe(HOURS_OF_FINANCE)
    expect(await notes(world, name)).toEqual([])
  })

  it('once it is voided there, the step is taken again under a new key, and the books follow', async () => {
    const { id, made, resolve } = await mismatched(world, name)
    await voidThere(world, made)
    await resolve('SEND_AGAIN', made.externalId)
    await world.becomes(id, 'COMPLETED')
    const [, again, ...more] = world.effectsFor(id)
    expect(more).toEqual([])
    expect(again).toMatchObject({ idempotencyKey: `${id}/issueCreditNote~1`, taxMinorUnits: '900' })
    expect(await world.ask(WORKFLOW, { id })).toMatchObject({
      steps: [
        { name: 'issueCreditNote', status: 'DONE' },
        { name: 'postCreditNote', status: 'DONE' },
      ],
    })
    expect(await notes(world, name)).toMatchObject([
      {
        number: again?.number,
        net: { amount: '45.00' },
        tax: { amount: '9.00' },
        externalRefs: [{ system: 'revgraph' }, { system: 'billing-us', externalId: again?.externalId }],
      },
    ])
  })

  it('while it is still there it is found, whatever somebody says, and not sent again', async () => {
    const { id, made, resolve } = await mismatched(world, name)
    await resolve('SEND_AGAIN', made.externalId)
    await world.becomes(id, 'EXCEPTION')
    await expect.poll(() => waitingOf(world, id)).toMatchObject({ class: 'TAX_MISMATCH' })
    expect(world.effectsFor(id)).toEqual([made])

    await voidThere(world, made)
    await resolve('SEND_AGAIN', made.externalId)
    await world.becomes(id, 'COMPLETED')
    expect(world.effectsFor(id)).toHaveLength(2)
    expect(await notes(world, name)).toHaveLength(1)
  })

  it('once it is voided there it may be called off as well: it would come to the same tax again', async () => {
    const { id, made, resolve } = await mismatched(world, name)
    await voidThere(world, made)
    expect(await resolve('COMPENSATE', made.externalId)).toMatchObject({
      workflow: { status: 'COMPENSATED' },
    })
    expect(world.effectsFor(id)).toEqual([made])
    expect(await notes(world, name)).toEqual([])
  })

  it.each([
    ['sent again without saying what was voided', 'SEND_AGAIN', null, 'externalId'],
    ['sent again for another document', 'SEND_AGAIN', 'cn_other', 'externalId'],
    ['called off', 'COMPENSATE', null, 'action'],
  ])('it is not %s', async (_, action, externalId, field) => {
    const { id, made, resolve } = await mismatched(world, name)
    expect(await resolve(action, externalId)).toMatchObject({
      userErrors: [{ field, message: expect.stringContaining(`made ${made.externalId}`) as unknown }],
    })
    await world.becomes(id, 'EXCEPTION')
    expect(world.effectsFor(id)).toEqual([made])
  })

  it('leaves the books in order', async () => expect(await brokenRules(world)).toEqual([]))
})

describe('where it only tells repetitions by their key', () => {
  let world: OutsideWorld
  beforeAll(async () => {
    world = await openOutsideWorld()
  }, 60_000)
  afterAll(() => world.close())

  it('the word of whoever voided it is taken, and it is sent again under a new key', async () => {
    const { id, made, resolve } = await mismatched(world, 'told')
    await voidThere(world, made)
    await resolve('SEND_AGAIN', made.externalId)
    await world.becomes(id, 'COMPLETED')
    expect(world.effectsFor(id)).toHaveLength(2)
    expect(await notes(world, 'told')).toMatchObject([{ tax: { amount: '9.00' } }])
    expect(await brokenRules(world)).toEqual([])
  })
})
