// What is done to a contract as a whole over the graph: it is renewed, suspended, resumed, cancelled, transferred.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { creditNoteFact, day } from '#test/domain/documents.ts'
import {
  AMEND,
  type AmendPayload,
  brokenRules,
  effectsOn,
  openAmendWorld,
  previewed,
  yearOf,
} from './amending.ts'
import { type FlowWorld, usd } from './flows.ts'

/** The document of a mutation, whose input is called as it is. */
function document(mutation: string): string {
  const input = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input!`
  return `mutation ($input: ${input}) { payload: ${mutation}(input: $input) {
    contract { id version status endDate }
    successor { id status number totalContractValue { amount currency } }
    invoice { number total { amount currency } customer { id } }
    creditNote { number amount { amount currency } }
    workflow { id flow status } replayed userErrors { code message field } } }`
}

interface Payload extends AmendPayload {
  readonly successor: { readonly id: string } | null
}

let world: FlowWorld
let count = 0
let contractId = ''
beforeAll(async () => {
  world = await openAmendWorld()
})
beforeEach(async () => {
  count += 1
  contractId = `ctr_${count}`
  await yearOf(world, String(count))
})
afterAll(() => world.close())

const change = (mutation: string, fields: object = {}): Promise<Payload> => {
  const input = { contractId, idempotencyKey: `${mutation}-${count}`, ...fields }
  return world.start<Payload>(document(mutation), input)
}
/** Debits less credits of each account, of what was posted for the contract. */
const balances = async (): Promise<object> => {
  const rows = await world.database.owner.rows<{ role: string; balance: bigint }>({
    text: `SELECT l.role, sum(l.debit - l.credit)::bigint AS balance FROM erp.journal_line l
      JOIN erp.journal_entry e ON e.id = l.entry_id WHERE e.contract_id = $1 GROUP BY l.role`,
    values: [contractId],
  })
  return Object.fromEntries(rows.map(({ role, balance }) => [role, balance]))
}
const onMayDay = { effectiveDate: '2026-05-01' }

describe('a contract', () => {
  it('is renewed by one of its own, with a subscription and its first invoice', async () => {
    const answer = await change('renewContract', { uplift: '10' })
    expect(answer).toMatchObject({
      contract: { status: 'RENEWED' },
      successor: { status: 'SIGNED', number: `C-${count}-R1`, totalContractValue: usd('13200.00') },
      invoice: { total: usd('13200.00') },
      workflow: { flow: 'renewContract', status: 'COMPLETED' },
      userErrors: [],
    })
    expect(await effectsOn(world, answer.successor?.id ?? '')).toMatchObject({
      value: '1320000',
      invoiced: '1320000',
      receivable: '1320000',
      earned: '1320000',
      subscription: 'TRIALING',
    })
  })

  it('that was renewed early is changed for the rest of its term, and its renewal stays as it is', async () => {
    const { successor } = await change('renewContract')
    const asked = { ...onMayDay, changes: [{ lineId: `ctl_${count}`, unitPrice: usd('18000.00') }] }
    const input = await previewed(world, { contractId, ...asked })
    expect(await world.start(AMEND, { ...input, idempotencyKey: `late-${count}` })).toMatchObject({
      invoice: { total: usd('4027.40') },
      workflow: { status: 'COMPLETED' },
      userErrors: [],
    })
    expect(await effectsOn(world, contractId)).toMatchObject({
      value: '1602740',
      invoiced: '1602740',
      earned: '1602740',
      receivable: '1602740',
    })
    expect(await effectsOn(world, successor?.id ?? '')).toMatchObject({
      value: '1200000',
      invoiced: '1200000',
    })
    expect((await change('suspendContract', onMayDay)).userErrors).toMatchObject([{ code: 'STATUS_FORBIDS' }])
  })

  it('goes to another customer, who is billed for what is left of it', async () => {
    const answer = await change('transferContract', { ...onMayDay, customerId: 'cus_globex' })
    expect(answer).toMatchObject({
      contract: { status: 'TERMINATED', endDate: '2026-05-01' },
      successor: { totalContractValue: usd('8054.79') },
      invoice: { total: usd('8054.79'), customer: { id: 'cus_globex' } },
      creditNote: { amount: usd('8054.79') },
      workflow: { status: 'COMPLETED' },
    })
    expect(await effectsOn(world, answer.successor?.id ?? '')).toMatchObject({
      invoiced: '805479',
      earned: '805479',
      receivable: '805479',
      subscription: 'ACTIVE',
    })
  })

  it('stands still and goes on: what was billed is given back, then charged again', async () => {
    expect(await change('suspendContract', { ...onMayDay, reason: 'No staff' })).toMatchObject({
      contract: { status: 'SUSPENDED' },
      creditNote: { amount: usd('8054.79') },
      workflow: { status: 'COMPLETED' },
    })
    expect(await effectsOn(world, contractId)).toMatchObject({ earned: '394521', subscription: 'PAUSED' })
    expect(await change('resumeContract', { effectiveDate: '2026-05-11' })).toMatchObject({
      contract: { status: 'ACTIVE', endDate: '2027-01-01' },
      workflow: { status: 'COMPLETED' },
    })
    expect(await effectsOn(world, contractId)).toMatchObject({ subscription: 'ACTIVE' })
  })

  it('is cancelled, once for a key, and what was billed beyond is given back', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => change('cancelContract', onMayDay)))
    expect(answers[0]).toMatchObject({
      contract: { status: 'TERMINATED', endDate: '2026-05-01' },
      creditNote: { amount: usd('8054.79') },
      workflow: { status: 'COMPLETED' },
    })
    expect(new Set(answers.map(({ workflow }) => workflow?.id)).size).toBe(1)
    expect(await effectsOn(world, contractId)).toMatchObject({
      value: '394521',
      credited: '805479',
      earned: '394521',
      receivable: '394521',
      subscription: 'CANCELED',
    })
  })

  it.each([
    ['some', 9_000_00n, '3000.00', { RECEIVABLES: 0n, CREDITS_AND_REFUNDS: 394_521n }],
    ['all', 12_000_00n, '0.00', { RECEIVABLES: 0n, CREDITS_AND_REFUNDS: 394_521n }],
    ['little', 1_000_00n, '8054.79', { RECEIVABLES: 294_521n, CREDITS_AND_REFUNDS: 100_000n }],
  ])(
    'of which %s was waived is cancelled: %d, then %s, and nothing stays deferred',
    async (_, waived, rest, left) => {
      const goodwill = { id: `cnl_${count}`, invoiceLineId: `inl_${count}`, description: 'Goodwill' }
      await world.record({
        creditNotes: [
          creditNoteFact({
            id: `crn_${count}`,
            number: `CN-${count}`,
            customerId: 'cus_acme',
            invoiceId: `inv_${count}`,
            issuedOn: day('2026-03-12'),
            lines: [{ ...goodwill, amount: waived, servicePeriod: null }],
          }),
        ],
      })
      expect(await change('cancelContract', onMayDay)).toMatchObject({
        contract: { status: 'TERMINATED' },
        creditNote: { amount: usd(rest) },
        workflow: { status: 'COMPLETED' },
        userErrors: [],
      })
      expect(await balances()).toEqual({ DEFERRED_REVENUE: -394_521n, ...left })
      expect(await effectsOn(world, contractId)).toMatchObject({ earned: '394521', subscription: 'CANCELED' })
    },
  )
})

it.each([
  ['renewContract', { contractId: 'ctr_none' }, 'REFERENCE_MISSING', 'contractId'],
  ['renewContract', { endDate: '2026-06-01' }, 'DATE_ORDER', 'endDate'],
  ['suspendContract', { effectiveDate: '2028-01-01' }, 'DATE_OUTSIDE_CONTRACT', 'effectiveDate'],
  ['resumeContract', onMayDay, 'STATUS_FORBIDS', 'kind'],
  ['cancelContract', { ...onMayDay, previewHash: 'x' }, 'PREVIEW_OUTDATED', 'previewHash'],
  ['transferContract', { ...onMayDay, customerId: 'cus_acme' }, 'SAME_CUSTOMER', 'customerId'],
  ['transferContract', { ...onMayDay, customerId: 'cus_none' }, 'REFERENCE_MISSING', 'customerId'],
  ['transferContract', { ...onMayDay, customerId: 'cus_left' }, 'STATUS_FORBIDS', 'customerId'],
])('%s of %j starts nothing', async (mutation, fields, code, field) => {
  const answer = await change(mutation, fields)
  expect(answer).toMatchObject({ contract: null, successor: null, workflow: null })
  expect(answer.userErrors).toContainEqual(expect.objectContaining({ code, field }))
})

it('leaves the books in order', async () => {
  expect(await brokenRules(world)).toEqual([])
})
