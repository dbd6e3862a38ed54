// An amendment is made exactly as it was previewed, once, and can be taken back without a trace being deleted.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AskedChange } from '#domain/asked-amendment.ts'
import type { Contract, ContractFact } from '#domain/crm.ts'
import { readRows } from '#platform/table.ts'
import { applyAmendment, type AppliedAmendment } from '#subgraphs/crm/commands/apply-amendment.ts'
import {
  approveAmendment,
  closeAmendment,
  type PreviewedAmendment,
} from '#subgraphs/crm/commands/approve-amendment.ts'
import { revertAmendment } from '#subgraphs/crm/commands/revert-amendment.ts'
import { proposeAmendment } from '#subgraphs/crm/proposal.ts'
import { amendments, contracts } from '#subgraphs/crm/store.ts'
import { contractLine, day, range } from '#test/domain/documents.ts'
import { yearly } from '#test/domain/deals.ts'
import { at50Once } from '#test/support/at-once.ts'
import { contractFact, customerFact } from '#test/support/facts.ts'
import { type CrmCommands, openCrmCommands } from './support.ts'

let crm: CrmCommands
beforeAll(async () => {
  crm = await openCrmCommands()
})
beforeEach(async () => {
  await crm.reset()
  await crm.record({
    customers: [customerFact(), customerFact({ id: 'cus_heir' })],
    contracts: [soldFor12000()],
  })
})
afterAll(() => crm.close())

/** The article's contract: 12,000 for 2026, billed in advance. */
const soldFor12000 = (fields: Partial<ContractFact> = {}): ContractFact =>
  contractFact({
    lines: [
      contractLine({
        id: 'ctl_1',
        unitPrice: 12_000_00n,
        interval: yearly,
        servicePeriod: range('2026-01-01', '2027-01-01'),
      }),
    ],
    ...fields,
  })

/** 18,000 from the 120th day on. */
const UPGRADE: AskedChange = { lineId: 'ctl_1', unitPrice: { amount: '18000.00', currency: 'USD' } }

const previewed = (change: AskedChange = UPGRADE, fields: Partial<PreviewedAmendment> = {}) => ({
  contractId: 'ctr_1',
  effectiveDate: day('2026-05-01'),
  changes: [change],
  version: 1,
  billedUntil: day('2026-05-01'),
  ...fields,
})

const approve = (asked: PreviewedAmendment = previewed(), key = 'wfl_1/approval') =>
  approveAmendment(crm.db, crm.effect(key), { previewed: asked, reason: 'Growth' })

const apply = (amendmentId: string, asked: PreviewedAmendment = previewed(), key = 'wfl_1/contract') =>
  applyAmendment(crm.db, crm.effect(key), { amendmentId, previewed: asked })

const contractNow = async (id = 'ctr_1'): Promise<Contract | undefined> =>
  (await readRows(crm.db, contracts, [id]))[0]

const statusOf = async (id: string) => (await readRows(crm.db, amendments, [id]))[0]?.status

/** Approves and applies an amendment. */
async function amended(asked: PreviewedAmendment = previewed()): Promise<AppliedAmendment> {
  const approved = await approve(asked)
  const applied = await apply(approved.value?.amendmentId ?? '', asked)
  if (applied.value === undefined) throw new Error(JSON.stringify([approved, applied]))
  return applied.value
}

describe('an amendment', () => {
  it('does what was previewed: 12,000 a year becomes 18,000 from May on', async () => {
    const proposed = await proposeAmendment(crm.db, previewed(), day('2026-05-01'))
    const { adjustments, ...applied } = await amended()
    expect(applied).toMatchObject({ contractId: 'ctr_1', version: 2, versionBefore: 1, successorId: null })
    const contract = await contractNow()
    expect(contract?.totalContractValue).toBe(12_000_00n + (proposed.value?.contractValueDelta ?? 0n))
    expect(contract?.lines.map(({ id, unitPrice, servicePeriod }) => [id, unitPrice, servicePeriod])).toEqual(
      [
        ['ctl_1', 12_000_00n, range('2026-01-01', '2026-05-01')],
        ['ctl_1~20260501', 18_000_00n, range('2026-05-01', '2027-01-01')],
      ],
    )
    // 245 of 365 days: 12,000 are worth 8,054.79 then, 18,000 are 12,082.19.
    expect(adjustments.map(({ kind, productId, start, amount }) => [kind, productId, start, amount])).toEqual(
      [
        ['CREDIT', 'product-1', '2026-05-01', '-805479'],
        ['CHARGE', 'product-1', '2026-05-01', '1208219'],
      ],
    )
    expect(proposed.value?.billed.after).toBe(402_740n)
  })

  it('is approved, applied and ended, each once, 50 times at once', async () => {
    const [approved, ...others] = await at50Once(() => approve())
    const id = approved?.value?.amendmentId ?? ''
    expect([approved?.value?.status, others]).toEqual(['APPROVED', []])
    expect(await at50Once(() => apply(id))).toMatchObject([{ value: { amendmentId: id, version: 2 } }])
    expect(await statusOf(id)).toBe('APPLYING')
    const close = () =>
      closeAmendment(crm.db, crm.effect('wfl_1/close'), { amendmentId: id, status: 'APPLIED' })
    expect(await at50Once(close)).toEqual([{ value: { amendmentId: id, status: 'APPLIED' } }])
    expect(await crm.eventsOf(id)).toEqual(['amendment.approved', 'amendment.changed', 'amendment.applied'])
    expect(await crm.eventsOf('ctr_1')).toEqual(['contract.signed', 'contract.amended'])
  })

  it('can be given up before it changed anything', async () => {
    const id = (await approve()).value?.amendmentId ?? ''
    const give = (key: string) =>
      closeAmendment(crm.db, crm.effect(key), { amendmentId: id, status: 'FAILED' })
    expect((await give('k1')).value?.status).toBe('FAILED')
    expect((await give('k2')).value?.status).toBe('FAILED')
    expect((await apply(id)).violations).toMatchObject([{ code: 'STATUS_FORBIDS', field: 'amendmentId' }])
    expect(await contractNow()).toMatchObject({ version: 1 })
    expect(await crm.eventsOf(id)).toEqual(['amendment.approved', 'amendment.failed'])
  })

  it('names a line that it adds by itself, so that the next one adds another', async () => {
    const seat: AskedChange = {
      kind: 'ADD',
      productId: 'prd_seat',
      unitPrice: { amount: '10.00', currency: 'USD' },
      interval: yearly,
    }
    await amended(previewed(seat))
    const asked = previewed(seat, { version: 2 })
    const approved = await approve(asked, 'wfl_2/approval')
    await closeAmendment(crm.db, crm.effect('wfl_1/close'), {
      amendmentId: (await readAmendmentIds())[0] ?? '',
      status: 'APPLIED',
    })
    await apply(approved.value?.amendmentId ?? '', asked, 'wfl_2/contract')
    const ids = (await contractNow())?.lines.map(({ id }) => id) ?? []
    expect(new Set(ids).size).toBe(3)
  })
})

async function readAmendmentIds(): Promise<string[]> {
  const rows = await crm.db.rows<{ id: string }>({
    text: "SELECT id FROM crm.amendment WHERE status = 'APPLYING'",
    values: [],
  })
  return rows.map(({ id }) => id)
}

describe('of every kind', () => {
  it.each<[string, AskedChange, Partial<ContractFact>, string]>([
    ['SUSPEND', { kind: 'SUSPEND' }, { status: 'SUSPENDED' }, 'contract.suspended'],
    [
      'CANCEL',
      { kind: 'CANCEL' },
      { status: 'TERMINATED', endDate: day('2026-05-01') },
      'contract.terminated',
    ],
    ['REMOVE', { kind: 'REMOVE', lineId: 'ctl_1' }, { status: 'ACTIVE' }, 'contract.amended'],
  ])('%s is applied and taken back', async (kind, change, after, event) => {
    const before = await contractNow()
    const applied = await amended(previewed(change))
    expect(await contractNow()).toMatchObject(after)
    expect(await readRows(crm.db, amendments, [applied.amendmentId])).toMatchObject([{ kind }])
    await revertAmendment(crm.db, crm.effect('wfl_1/contract/undo'), applied)
    const { version: _, recordedAt: __, ...restored } = (await contractNow()) ?? {}
    expect(before).toMatchObject(restored)
    expect((await crm.eventsOf('ctr_1')).slice(0, 2)).toEqual(['contract.signed', event])
    expect((await crm.eventsOf('ctr_1')).length).toBe(3)
  })

  it('RESUME goes on with what was set aside', async () => {
    await amended(previewed({ kind: 'SUSPEND' }))
    await crm.db.rows({ text: "UPDATE crm.amendment SET status = 'APPLIED'", values: [] })
    const asked = previewed(
      { kind: 'RESUME', extendsTerm: true },
      { version: 2, effectiveDate: day('2026-05-11') },
    )
    const approved = await approve(asked, 'wfl_2/approval')
    await apply(approved.value?.amendmentId ?? '', asked, 'wfl_2/contract')
    expect(await contractNow()).toMatchObject({
      status: 'ACTIVE',
      endDate: day('2027-01-11'),
      suspension: null,
    })
  })

  it.each<[string, AskedChange, string, string, Partial<ContractFact>]>([
    [
      'RENEW',
      { kind: 'RENEW', uplift: '5' },
      '2027-01-01',
      'C-1-R1',
      { status: 'SIGNED', renewalOfId: 'ctr_1' },
    ],
    [
      'TRANSFER',
      { kind: 'TRANSFER', customerId: 'cus_heir' },
      '2026-05-01',
      'C-1-T1',
      { status: 'ACTIVE', customerId: 'cus_heir' },
    ],
  ])(
    '%s begins a contract with a number of its own, which its undoing ends',
    async (_, change, date, number, successor) => {
      const asked = previewed(change, { effectiveDate: day(date) })
      const applied = await amended(asked)
      const id = applied.successorId ?? ''
      expect(await contractNow(id)).toMatchObject({
        number,
        ...successor,
        externalRefs: [{ system: 'revgraph' }],
      })
      expect(applied.adjustments.every(({ contractId }) => ['ctr_1', id].includes(contractId))).toBe(true)
      await revertAmendment(crm.db, crm.effect('wfl_1/contract/undo'), applied)
      expect(await contractNow(id)).toMatchObject({ status: 'TERMINATED', lines: [], totalContractValue: 0n })
      expect(await contractNow()).toMatchObject({
        status: 'ACTIVE',
        version: 3,
        totalContractValue: 12_000_00n,
      })
      // Done again, it has the next number: none is given twice.
      const again = { ...asked, version: 3 }
      const approved = await approve(again, 'wfl_2/approval')
      const next = await apply(approved.value?.amendmentId ?? '', again, 'wfl_2/contract')
      expect((await contractNow(next.value?.successorId ?? ''))?.number).toBe(`${number.slice(0, -1)}2`)
    },
  )
})

describe('taking back', () => {
  it('restores the contract in a new version, 50 times at once', async () => {
    const applied = await amended()
    const revert = () => revertAmendment(crm.db, crm.effect('wfl_1/contract/undo'), applied)
    const { amendmentId } = applied
    expect(await at50Once(revert)).toEqual([{ value: { amendmentId, contractId: 'ctr_1', version: 3 } }])
    expect(await contractNow()).toMatchObject({ totalContractValue: 12_000_00n, lines: soldFor12000().lines })
    expect(await statusOf(amendmentId)).toBe('COMPENSATED')
    expect(await crm.eventsOf(amendmentId)).toEqual([
      'amendment.approved',
      'amendment.changed',
      'amendment.compensated',
    ])
  })

  it('is refused once the contract is another, or all systems have the amendment', async () => {
    const applied = await amended()
    await crm.record({ contracts: [soldFor12000({ autoRenew: false })] })
    const revert = (key: string) => revertAmendment(crm.db, crm.effect(key), applied)
    expect((await revert('k1')).violations).toMatchObject([{ code: 'STATUS_FORBIDS', field: 'contractId' }])
    await closeAmendment(crm.db, crm.effect('k2'), { amendmentId: applied.amendmentId, status: 'APPLIED' })
    expect((await revert('k3')).violations).toMatchObject([
      { code: 'STATUS_FORBIDS', field: 'amendmentId' },
      { code: 'STATUS_FORBIDS', field: 'contractId' },
    ])
  })
})

describe('is refused, and nothing is written', () => {
  it.each<[string, PreviewedAmendment, string, string]>([
    [
      'for an unknown contract',
      previewed(UPGRADE, { contractId: 'ctr_x' }),
      'REFERENCE_MISSING',
      'contractId',
    ],
    [
      'on a preview of another version',
      previewed(UPGRADE, { version: 7 }),
      'PREVIEW_OUTDATED',
      'previewHash',
    ],
    [
      'with all that the rules of amendments say',
      previewed({ ...UPGRADE, lineId: 'ctl_x' }),
      'REFERENCE_MISSING',
      'changes.0.lineId',
    ],
  ])('%s', async (_, asked, code, field) => {
    const events = await crm.countEvents()
    expect((await approve(asked)).violations).toMatchObject([{ code, field }])
    expect((await apply('amd_x', asked)).violations).toHaveLength(1)
    expect(await crm.countEvents()).toBe(events)
  })

  it('while another amendment of the contract is carried through the systems', async () => {
    await amended()
    const asked = previewed({ ...UPGRADE, lineId: 'ctl_1' }, { version: 2, effectiveDate: day('2026-06-01') })
    const approved = await approve(asked, 'wfl_2/approval')
    expect(
      (await apply(approved.value?.amendmentId ?? '', asked, 'wfl_2/contract')).violations,
    ).toMatchObject([{ code: 'CONTRACT_BUSY', field: 'contractId' }])
  })

  it('for a customer that there is not', async () => {
    const asked = previewed({ kind: 'TRANSFER', customerId: 'cus_x' })
    const approved = await approve(asked)
    const events = await crm.countEvents()
    expect((await apply(approved.value?.amendmentId ?? '', asked)).violations).toMatchObject([
      { code: 'REFERENCE_MISSING', field: 'changes.0.customerId' },
    ])
    expect(await crm.countEvents()).toBe(events)
  })

  it('for a customer that left since it was previewed', async () => {
    const asked = previewed({ kind: 'TRANSFER', customerId: 'cus_heir' })
    const approved = await approve(asked)
    await crm.record({ customers: [customerFact({ id: 'cus_heir', status: 'INACTIVE', sourceVersion: 2n })] })
    expect((await apply(approved.value?.amendmentId ?? '', asked)).violations).toMatchObject([
      { code: 'STATUS_FORBIDS', field: 'changes.0.customerId' },
    ])
  })

  it('for more changes than one amendment makes', async () => {
    const changes = Array.from({ length: 51 }, () => UPGRADE)
    const asked = { ...previewed(), changes }
    expect((await proposeAmendment(crm.db, asked, day('2026-05-01'))).violations).toMatchObject([
      { code: 'TOO_MANY', field: 'changes' },
    ])
  })
})
