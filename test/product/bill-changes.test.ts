// A change of a contract that is billed by the month: all of it is billed once, on whichever day it is agreed on.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { brokenRules } from './amending.ts'
import { ADDRESS } from './deals.ts'
import { type FlowPayload, type FlowWorld, usd } from './flows.ts'
import { billedFor, JULY, JUNE, lookOn as lookOnDay, openMonthlyWorld, signMonthly } from './monthly.ts'

const WORKFLOW = 'workflow { id status } userErrors { code message field }'
const PREVIEW = `query ($input: AmendmentInput!) { previewAmendment(input: $input) {
  netInvoiceAmount { amount } invoiceLines { description } previewHash } }`
const AMEND = `mutation ($input: AmendContractInput!) { payload: amendContract(input: $input) {
  invoice { number } creditNote { number } ${WORKFLOW} } }`
const CANCEL = `mutation ($input: CancelContractInput!) { payload: cancelContract(input: $input) { ${WORKFLOW} } }`

let world: FlowWorld
let count = 0
let [contractId, lineId] = ['', '']
beforeAll(async () => {
  world = await openMonthlyWorld()
})
beforeEach(async () => {
  count += 1
  world.clock.set('2026-06-15T12:00:00Z')
  ;({ contractId, lineId } = await signMonthly(world, String(count), ADDRESS))
})
afterAll(() => world.close())

const owner = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  world.database.owner.rows<Row>({ text, values })
const lookOn = (date: string): Promise<void> => lookOnDay(world, date)
const billed = (): Promise<string[]> => billedFor(world, contractId)

it('to which something is added that is charged once, is billed for it with the change, and not again', async () => {
  world.clock.set('2026-06-20T12:00:00Z')
  const training = { kind: 'ADD', productId: 'support', unitPrice: usd('500.00'), quantity: '1' }
  const asked = { contractId, effectiveDate: '2026-06-20', changes: [training] }
  const { data } = await world.ask<{ previewAmendment: { previewHash: string; netInvoiceAmount: object } }>(
    PREVIEW,
    { input: asked },
  )
  expect(data?.previewAmendment).toMatchObject({ netInvoiceAmount: { amount: '500.00' } })
  const previewHash = data?.previewAmendment.previewHash
  await world.start(AMEND, { ...asked, previewHash, idempotencyKey: `once-${count}` })
  expect(await billed()).toEqual([JUNE, '2026-06-20 2027-06-15 50000'])
  for (const date of ['2026-06-21', '2026-07-16']) await lookOn(date)
  expect(await billed()).toEqual([JUNE, '2026-06-20 2027-06-15 50000', JULY])
})

it('of which a period is not billed yet is not changed before it is', async () => {
  world.clock.set('2026-07-16T00:02:00Z')
  const change = async (): Promise<FlowPayload> => {
    const asked = { contractId, effectiveDate: '2026-07-16', changes: [{ lineId, quantity: '2' }] }
    const { data } = await world.ask<{ previewAmendment: { previewHash: string } }>(PREVIEW, { input: asked })
    const previewHash = data?.previewAmendment.previewHash
    return world.start(AMEND, { ...asked, previewHash, idempotencyKey: `early-${count}` })
  }
  expect(await change()).toMatchObject({ workflow: null, userErrors: [{ code: 'CONTRACT_BUSY' }] })
  await lookOn('2026-07-16')
  expect(await change()).toMatchObject({ workflow: { status: 'COMPLETED' } })
  expect(await billed()).toEqual([JUNE, JULY, '2026-07-16 2026-08-15 -30000', '2026-07-16 2026-08-15 60000'])
})

describe('that is signed on a billing day of its own, later than it began', () => {
  beforeEach(async () => {
    world.clock.set('2026-07-15T12:00:00Z')
    ;({ contractId, lineId } = await signMonthly(world, `late_${count}`, ADDRESS))
  })

  it('is billed for the period of that day in its turn', async () => {
    expect(await billed()).toEqual([JUNE])
    await lookOn('2026-07-16')
    expect(await billed()).toEqual([JUNE, JULY])
  })

  it('and changed on that day, is billed for it once as it is then', async () => {
    const asked = { contractId, effectiveDate: '2026-07-15', changes: [{ lineId, quantity: '2' }] }
    const { data } = await world.ask<{ previewAmendment: { previewHash: string } }>(PREVIEW, { input: asked })
    const previewHash = data?.previewAmendment.previewHash
    await world.start(AMEND, { ...asked, previewHash, idempotencyKey: `twice-${count}` })
    for (const date of ['2026-07-16', '2026-08-16']) await lookOn(date)
    expect(await billed()).toEqual([JUNE, '2026-07-15 2026-08-15 62000', '2026-08-15 2026-09-15 62000'])
  })
})

/** Twice as dear. */
const changes = () => [{ lineId, unitPrice: { amount: '620.00', currency: 'USD' } }]

describe('a change that is agreed on before its period is billed', () => {
  beforeEach(async () => {
    world.clock.set('2026-06-20T12:00:00Z')
    const input = { contractId, effectiveDate: '2026-08-01', changes: changes() }
    const { data } = await world.ask<{ previewAmendment: { previewHash: string } & object }>(PREVIEW, {
      input,
    })
    expect(data?.previewAmendment).toMatchObject({ netInvoiceAmount: { amount: '0.00' }, invoiceLines: [] })
    expect(
      await world.start(AMEND, {
        ...input,
        previewHash: data?.previewAmendment.previewHash,
        idempotencyKey: `amend-${count}`,
      }),
    ).toMatchObject({ invoice: null, creditNote: null, workflow: { status: 'COMPLETED' } })
  })

  it('gives nothing back, and is billed in its turn: 170.00 of 310.00, then 280.00 of 620.00', async () => {
    await lookOn('2026-07-16')
    expect(await billed()).toEqual([JUNE, '2026-07-15 2026-08-01 17000'])
    await lookOn('2026-08-02')
    await lookOn('2026-08-16')
    expect(await billed()).toEqual([
      JUNE,
      '2026-07-15 2026-08-01 17000',
      '2026-08-01 2026-08-15 28000',
      '2026-08-15 2026-09-15 62000',
    ])
  })

  it('comes to the same where all of it was missed', async () => {
    await lookOn('2026-08-20')
    expect(await billed()).toEqual([
      JUNE,
      '2026-07-15 2026-08-01 17000',
      '2026-08-01 2026-08-15 28000',
      '2026-08-15 2026-09-15 62000',
    ])
  })
})

describe('a change on the very day on which the contract was signed and billed', () => {
  it('sets the first bill right', async () => {
    const input = { contractId, effectiveDate: '2026-06-15', changes: changes() }
    const { data } = await world.ask<{ previewAmendment: { previewHash: string } }>(PREVIEW, { input })
    const previewHash = data?.previewAmendment.previewHash
    await world.start(AMEND, { ...input, previewHash, idempotencyKey: `amend-${count}` })
    await lookOn('2026-06-17')
    expect(await billed()).toEqual([JUNE, '2026-06-15 2026-07-15 -31000', '2026-06-15 2026-07-15 62000'])
  })

  it('gives it back where the contract is cancelled', async () => {
    await world.start(CANCEL, { contractId, effectiveDate: '2026-06-15', idempotencyKey: `cancel-${count}` })
    expect(
      await owner(
        `SELECT n.amount::text FROM billing.credit_note n JOIN billing.invoice i ON i.id = n.invoice_id
          WHERE i.contract_id = $1`,
        [contractId],
      ),
    ).toEqual([{ amount: '32240' }])
  })
})

it('leaves the books in order', async () => {
  expect(await brokenRules(world)).toEqual([])
})
