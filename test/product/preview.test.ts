// What an amendment would do, previewed by CRM and ERP together, in the document that consumers send.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContractFact } from '#domain/crm.ts'
import { proposeAmendment } from '#subgraphs/crm/proposal.ts'
import { previewBooks } from '#subgraphs/erp/preview.ts'
import {
  checkPreviewed,
  previewOf as previewForFlow,
  type PreviewSystems,
} from '#subgraphs/operations/flows/amendment-preview.ts'
import { contract, contractLine, day } from '#test/domain/documents.ts'
import { fxRate } from '#test/erp/books.ts'
import { customerFact } from '#test/support/facts.ts'
import { openWorld, type World } from './world.ts'

const DOCUMENT = readFileSync(
  new URL('../../schema/examples/preview-amendment.graphql', import.meta.url),
  'utf8',
)

interface Amount {
  readonly amount: string
}
interface Preview {
  readonly previewHash: string
  readonly treatment: { readonly kind: string; readonly reasons: readonly string[] }
  readonly contractValue: { readonly before: Amount; readonly after: Amount }
  readonly netInvoiceAmount: Amount
  readonly revenueSchedules: readonly {
    readonly version: number
    readonly entries: readonly { readonly period: string; readonly amount: Amount; readonly status: string }[]
  }[]
  readonly journalLines: readonly {
    readonly account: { readonly code: string; readonly name: string }
    readonly debit: Amount
    readonly credit: Amount
  }[]
}

let world: World
let entities: Map<string, string>
beforeAll(async () => {
  world = await openWorld({ customers: 12 })
  const rows = await world.database.owner.rows<{ id: string; currency: string }>({
    text: 'SELECT id, functional_currency AS currency FROM erp.legal_entity ORDER BY code',
    values: [],
  })
  entities = new Map(rows.map(({ id, currency }) => [currency, id]))
  await world.record({
    customers: [customerFact({ id: 'cus_other' })],
    contracts: [
      yearOf('USD', { id: 'ctr_usd', startDate: day('2027-01-01'), endDate: day('2028-01-01') }, 12_000_00n),
      yearOf('JPY', { id: 'ctr_jpy' }, 120_001n),
      yearOf('KWD', { id: 'ctr_kwd' }, 1_200_001n),
      yearOf('CHF', { id: 'ctr_chf' }, 1_200_00n),
    ],
    fxRates: [fxRate('KWD', 'USD', '3.25', '2025-12-31')],
  })
})
afterAll(() => world.close())

/** A year that is billed in advance; of 2026 unless told otherwise. */
function yearOf(currency: string, fields: Partial<ContractFact>, unitPrice: bigint): ContractFact {
  const { startDate = day('2026-01-01'), endDate = day('2027-01-01') } = fields
  return contract({
    number: `N-${currency}`,
    legalEntityId: entities.get(currency) ?? entities.get('USD') ?? '',
    currency,
    startDate,
    endDate,
    lines: [
      contractLine({
        id: `ctl_${currency.toLowerCase()}`,
        interval: { unit: 'YEAR', count: 1 },
        unitPrice,
        servicePeriod: { start: startDate, end: endDate },
      }),
    ],
    ...fields,
  })
}

async function previewOf(input: object, ask = world.ask, document = DOCUMENT): Promise<Preview> {
  const { status, body } = await ask(document, { input })
  const answer = JSON.parse(body) as { data: { previewAmendment: Preview }; errors?: unknown }
  expect(answer.errors).toBeUndefined()
  expect(status).toBe(200)
  return answer.data.previewAmendment
}

const minor = ({ amount }: Amount): bigint => BigInt(amount.replace('.', ''))
const total = (amounts: readonly Amount[]): bigint => amounts.reduce((all, each) => all + minor(each), 0n)
const earnedBy = ({ revenueSchedules }: Preview): bigint =>
  total(revenueSchedules.flatMap(({ entries }) => entries.map(({ amount }) => amount)))
const upgrade = {
  contractId: 'ctr_usd',
  effectiveDate: '2027-05-01',
  changes: [{ lineId: 'ctl_usd', unitPrice: { amount: '18000.00', currency: 'USD' } }],
}

it('is the same for who applies it, until the contract changes', async () => {
  const [inCrm, inErp] = [world.database.of('crm'), world.database.of('erp')]
  const systems: PreviewSystems = {
    propose: (asked, billedUntil) => proposeAmendment(inCrm, asked, billedUntil),
    previewBooks: (proposal, today) => previewBooks(inErp, proposal, today),
  }
  const input = {
    ...upgrade,
    contractId: 'ctr_again',
    changes: [{ ...upgrade.changes[0], lineId: 'ctl_gbp' }],
  }
  const asked = { ...input, effectiveDate: day(input.effectiveDate) }
  const days = { startDate: day('2027-01-01'), endDate: day('2028-01-01') }
  const again = { ...yearOf('GBP', { id: 'ctr_again', ...days }, 12_000_00n), currency: 'USD' }
  await world.record({ contracts: [again] })
  const seen = await previewOf(input)
  const applied = await previewForFlow(systems, asked, day('2026-11-23'))
  expect(applied.value).toMatchObject({
    previewHash: seen.previewHash,
    version: 1,
    kind: 'UPDATE',
    contractValueDelta: 4_027_40n,
  })
  expect(applied.value && checkPreviewed(applied.value, seen.previewHash)).toEqual([])

  await world.record({ contracts: [{ ...again, autoRenew: true }] })
  const later = await previewForFlow(systems, asked, day('2026-11-23'))
  expect(later.value && checkPreviewed(later.value, seen.previewHash)).toMatchObject([
    { code: 'PREVIEW_OUTDATED', field: 'previewHash' },
  ])
  const refused = await previewForFlow(systems, { ...asked, contractId: 'ctr_x' }, day('2026-11-23'))
  expect(refused.violations).toMatchObject([{ code: 'REFERENCE_MISSING', field: 'contractId' }])
})

describe('the upgrade of a year from 12,000.00 to 18,000.00 on 1 May 2027', () => {
  it('agrees to the cent in contract, invoice, revenue and journal (P8)', async () => {
    const preview = await previewOf(upgrade)
    expect(preview).toMatchObject({
      treatment: { kind: 'PROSPECTIVE' },
      contractValue: {
        before: { amount: '12000.00' },
        after: { amount: '16027.40' },
        delta: { amount: '4027.40', currency: 'USD' },
      },
      invoiceLines: [
        { amount: { amount: '-8054.79', currency: 'USD' } },
        { amount: { amount: '12082.19', currency: 'USD' } },
      ],
      netInvoiceAmount: { amount: '4027.40', currency: 'USD' },
      monthlyRecurringRevenueDelta: { amount: '500.00', currency: 'USD' },
      journalLines: [
        {
          account: { code: '1100', name: 'Accounts receivable' },
          debit: { amount: '4027.40' },
          credit: { amount: '0.00' },
        },
        {
          account: { code: '2200', name: 'Deferred revenue' },
          debit: { amount: '0.00' },
          credit: { amount: '4027.40' },
        },
      ],
    })
    expect(preview.treatment.reasons).toContain(
      'Is everything that is still to be delivered distinct from what was delivered? Yes (606-10-25-13(a))',
    )
    expect(preview.revenueSchedules.map(({ version }) => version)).toEqual([2, 1])
    const [until, since] = preview.revenueSchedules.map(({ entries }) => entries)
    expect([
      total(until?.map((each) => each.amount) ?? []),
      total(since?.map((each) => each.amount) ?? []),
    ]).toEqual([3945_21n, 12_082_19n])
    expect(earnedBy(preview)).toBe(16_027_40n)
  })

  it('misses no price of what is taken off', async () => {
    const changes = [{ lineId: 'ctl_usd', quantity: '0' }]
    const { treatment } = await previewOf({ ...upgrade, changes })
    const missed = treatment.reasons.filter((reason) =>
      reason.startsWith('The catalogue has no single price'),
    )
    expect(missed).toEqual([expect.stringContaining('line 1, from 2027-01-01')])
  })

  it('comes byte for byte the same from subgraphs that are services', async () => {
    const own = await world.ask(DOCUMENT, { input: upgrade })
    expect(await world.askServices(DOCUMENT, { input: upgrade })).toEqual(own)
  })

  it('tells what the other treatment would have come to', async () => {
    const { treatment } = await previewOf(
      upgrade,
      world.ask,
      `query ($input: AmendmentInput!) { previewAmendment(input: $input) {
        treatment { recognizedNow { amount } alternatives { kind recognizedNow { amount } recognizedLater { amount } } }
      } }`,
    )
    expect(treatment).toEqual({
      recognizedNow: { amount: '0.00' },
      alternatives: [
        {
          kind: 'CUMULATIVE_CATCH_UP',
          recognizedNow: { amount: '1324.07' },
          recognizedLater: { amount: '10758.12' },
        },
      ],
    })
  })

  it('has one hash for one preview, and another for any other', async () => {
    const { previewHash } = await previewOf(upgrade)
    expect(await previewOf(upgrade)).toMatchObject({ previewHash })
    const others = await Promise.all([
      previewOf({ ...upgrade, effectiveDate: '2027-05-02' }),
      previewOf({ ...upgrade, changes: [{ lineId: 'ctl_usd', quantity: '2' }] }),
    ])
    await world.record({
      contracts: [
        yearOf(
          'USD',
          {
            id: 'ctr_usd',
            number: 'N-USD-renamed',
            startDate: day('2027-01-01'),
            endDate: day('2028-01-01'),
          },
          12_000_00n,
        ),
      ],
    })
    const hashes = [
      previewHash,
      ...others.map((each) => each.previewHash),
      (await previewOf(upgrade)).previewHash,
    ]
    expect(new Set(hashes).size).toBe(4)
  })
})

describe('an amendment', () => {
  it.each([
    ['yen', 'ctr_jpy', 'ctl_jpy', { amount: '180001', currency: 'JPY' }],
    ['dinars in books in dollars', 'ctr_kwd', 'ctl_kwd', { amount: '1800.001', currency: 'KWD' }],
  ])(
    'in %s, back-dated into months that are recognised, keeps them',
    async (_, contractId, lineId, unitPrice) => {
      const preview = await previewOf({
        contractId,
        effectiveDate: '2026-05-01',
        changes: [{ lineId, unitPrice }],
      })
      expect(earnedBy(preview)).toBe(minor(preview.contractValue.after))
      const posted = preview.revenueSchedules[0]?.entries.filter(({ status }) => status === 'POSTED')
      expect(posted?.length).toBe(10)
    },
  )

  it('of each running contract balances, and earns what the contract is worth', async () => {
    const rows = await world.database.owner.rows<{ id: string; line: string; currency: string }>({
      text: `SELECT c.id, l->>'id' AS line, c.currency FROM crm.contract c, jsonb_array_elements(c.lines) AS l
        WHERE c.status = 'ACTIVE' AND l->'servicePeriod'->>'start' < '2026-11-01' AND l->>'interval' IS NOT NULL
          AND l->'servicePeriod'->>'end' > '2026-12-20' AND c.currency <> 'CHF' ORDER BY c.id LIMIT 9`,
      values: [],
    })
    expect(new Set(rows.map(({ currency }) => currency)).size).toBeGreaterThan(1)
    for (const { id, line, currency } of rows) {
      const unitPrice = { amount: '321', currency }
      for (const change of [
        { lineId: line, quantity: '77' },
        { lineId: line, unitPrice },
        { kind: 'CANCEL' },
      ]) {
        const preview = await previewOf({ contractId: id, effectiveDate: '2026-12-07', changes: [change] })
        const net = minor(preview.netInvoiceAmount)
        expect(earnedBy(preview)).toBe(minor(preview.contractValue.after))
        expect(total(preview.journalLines.map(({ debit }) => debit))).toBe(
          total(preview.journalLines.map(({ credit }) => credit)),
        )
        const receivables = preview.journalLines.filter(({ account }) => account.code === '1100')
        expect(
          total(receivables.map((each) => each.debit)) - total(receivables.map((each) => each.credit)),
        ).toBe(net)
      }
    }
  })

  it('that is refused has no effect on the books, and says why', async () => {
    const document = `query ($input: AmendmentInput!) { previewAmendment(input: $input) {
      previewHash treatment { kind } revenueSchedules { version } journalLines { debit { amount } } userErrors { code }
    } }`
    const input = { ...upgrade, effectiveDate: '2029-01-01' }
    expect(await previewOf(input, world.ask, document)).toEqual({
      previewHash: null,
      treatment: null,
      revenueSchedules: null,
      journalLines: null,
      userErrors: [{ code: 'DATE_OUTSIDE_CONTRACT' }, { code: 'DATE_OUTSIDE_LINE' }],
    })
  })

  it('that could not be posted says what is missing', async () => {
    const document = `query ($input: AmendmentInput!) { previewAmendment(input: $input) {
      previewHash journalLines { debit { amount } } postingBlockedBy
    } }`
    const changes = [{ lineId: 'ctl_chf', quantity: '2' }]
    expect(
      await previewOf({ contractId: 'ctr_chf', effectiveDate: '2026-12-01', changes }, world.ask, document),
    ).toMatchObject({
      journalLines: [],
      postingBlockedBy: 'There is no exchange rate CHF/USD on or before 2026-12-01',
    })
  })

  it('renewed and transferred goes on in a contract of its own', async () => {
    const renewed = await previewOf({
      contractId: 'ctr_usd',
      effectiveDate: '2028-01-01',
      changes: [{ kind: 'RENEW', uplift: '10' }],
    })
    expect(renewed).toMatchObject({ treatment: { kind: 'SEPARATE_CONTRACT' }, journalLines: [] })
    expect(earnedBy(renewed)).toBe(25_200_00n)
    const transferred = await previewOf({
      contractId: 'ctr_usd',
      effectiveDate: '2027-05-01',
      changes: [{ kind: 'TRANSFER', customerId: 'cus_other' }],
    })
    expect(earnedBy(transferred)).toBe(12_000_00n)
    expect(transferred.journalLines.map(({ debit, credit }) => minor(debit) - minor(credit))).toEqual([
      -8054_79n,
      8054_79n,
      8054_79n,
      -8054_79n,
    ])
  })

  it('has no hash while the books do not answer, so that it cannot be made unseen', async () => {
    const { body } = await world.askWithout('erp')(DOCUMENT, { input: upgrade })
    expect(JSON.parse(body)).toMatchObject({
      data: { previewAmendment: { previewHash: null, netInvoiceAmount: { amount: '4027.40' } } },
      errors: expect.arrayContaining([
        expect.objectContaining({ path: ['previewAmendment', 'previewHash'] }),
      ]) as unknown,
    })
  })
})
