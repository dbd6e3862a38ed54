import { amend } from '#domain/amend.ts'
import type { Adjustment, Amended } from '#domain/amendment.ts'
import { asAsked, kindOf, type NewNames, readAmendment } from '#domain/asked-amendment.ts'
import type { Amendment, AmendmentKind, Contract, ContractLine } from '#domain/crm.ts'
import { type Outcome, violationIf } from '#domain/failure.ts'
import { checkHeir, heirOf } from '#domain/takeover.ts'
import { lockOne, saveOne } from '#platform/change.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { ownFact, ownId } from '#platform/own-facts.ts'
import { amendment, contract, customer } from '../aggregates.ts'
import { isBeingAmended } from '../amendment-store.ts'
import { takeNumber } from '../deal-store.ts'
import { checkStatus, lockPreviewed, type PreviewedAmendment } from './approve-amendment.ts'

/** What of a contract is to be credited or charged at once, with the ids that its lines have now. */
interface AppliedAdjustment extends Pick<Adjustment, 'kind' | 'contractId' | 'lineId'> {
  readonly productId: string
  /** First day, and first day after, of the service that is given back or charged. */
  readonly start: string
  readonly end: string
  /** Minor units before tax, as digits; negative for a credit. */
  readonly amount: string
}

/** A contract that was amended. */
export interface AppliedAmendment {
  readonly amendmentId: string
  readonly contractId: string
  readonly version: number
  /** What taking it back restores. */
  readonly versionBefore: number
  /** The contract that continues it, for a renewal or a transfer. */
  readonly successorId: string | null
  /** Credits before charges. */
  readonly adjustments: readonly AppliedAdjustment[]
}

/**
 * Makes an approved amendment, exactly as it was previewed. What it begins, a line or a contract, gets its id and its
 * number now. PREVIEW_OUTDATED where the contract changed since, CONTRACT_BUSY while another amendment of it is carried
 * through the systems, STATUS_FORBIDS unless it is approved. It is taken back by `revertAmendment`.
 */
export function applyAmendment(
  db: Database,
  effect: Effect,
  application: { readonly amendmentId: string; readonly previewed: PreviewedAmendment },
): Promise<Outcome<AppliedAmendment>> {
  return applyOnce(db, effect, { operation: 'applyAmendment', input: application }, async (unit) => {
    const before = await lockPreviewed(unit, application.previewed)
    if (before.value === undefined) return before
    const approved = await lockApproved(unit, application.amendmentId, before.value)
    if (approved.value === undefined) return approved
    const amended = await amendLocked(unit, effect, before.value, application.previewed)
    if (amended.value === undefined) return amended
    return store(unit, approved.value, before.value, amended.value)
  })
}

async function lockApproved(
  unit: UnitOfWork,
  id: string,
  { id: contractId }: Contract,
): Promise<Outcome<Amendment>> {
  const found = await lockOne(unit, amendment, id, 'amendmentId')
  if (found.value === undefined) return found
  const message = 'Another amendment of the contract is being applied'
  const violations = [
    ...checkStatus(found.value, 'APPROVED'),
    ...violationIf(
      found.value.contractId !== contractId,
      'REFERENCE_MISSING',
      'amendmentId',
      'It is an amendment of another contract',
    ),
    ...violationIf(await isBeingAmended(unit, found.value), 'CONTRACT_BUSY', 'contractId', message),
  ]
  return violations.length > 0 ? { violations } : found
}

/** The amendment by its rules, with names for what it begins. Who takes a contract over has to be a customer. */
async function amendLocked(
  unit: UnitOfWork,
  { effectKey }: Effect,
  before: Contract,
  previewed: PreviewedAmendment,
): Promise<Outcome<Amended>> {
  const { id, externalRefs } = ownFact('contract', effectKey)
  const names: NewNames = {
    lineId: (place) => ownId('contractLine', effectKey, place),
    contract: { id, number: await successorNumber(unit, before, kindOf(previewed)) },
  }
  const { value, violations } = amend(before, readAmendment(before, previewed, names), previewed)
  if (violations !== undefined) return { violations: violations.map(asAsked) }
  if (value.successor === null) return { value }
  const buyer = await lockOne(unit, customer, value.successor.customerId, 'changes.0.customerId')
  if (buyer.value === undefined) return buyer
  const unfit = heirOf(before, value) === null ? [] : checkHeir(buyer.value, previewed)
  if (unfit.length > 0) return { violations: unfit }
  return { value: { ...value, successor: { ...value.successor, externalRefs } } }
}

/** What the number of a contract has after that of the one that it continues: a renewal, or one taken over. */
const SUCCESSION: Partial<Record<AmendmentKind, string>> = { RENEW: 'R', TRANSFER: 'T' }

/** `C-US-000123-R1`, then `-R2`; the contract's own number where nothing continues it. */
async function successorNumber(unit: UnitOfWork, { number }: Contract, kind: AmendmentKind): Promise<string> {
  const letter = SUCCESSION[kind]
  if (letter === undefined) return number
  const series = `${number.replace(new RegExp(`-${letter}\\d+$`), '')}-${letter}`
  return series + String(await takeNumber(unit, series))
}

async function store(
  unit: UnitOfWork,
  approved: Amendment,
  before: Contract,
  amended: Amended,
): Promise<Outcome<AppliedAmendment>> {
  const after = await saveOne(unit, contract, before, { ...before, ...amended.contract })
  if (after.violations !== undefined) return after
  const successor = amended.successor && (await saveOne(unit, contract, undefined, amended.successor))
  if (successor?.violations !== undefined) return successor
  await unit.save(amendment, [{ before: approved, after: { ...approved, status: 'APPLYING' } }])
  const lines = [before, after.value, successor?.value].flatMap((it) => it?.lines ?? [])
  return {
    value: {
      amendmentId: approved.id,
      contractId: before.id,
      version: after.value.version,
      versionBefore: before.version,
      successorId: successor?.value.id ?? null,
      adjustments: amended.adjustments.map((it) => applied(it, lines)),
    },
  }
}

function applied(
  { kind, contractId, lineId, period, amount }: Adjustment,
  lines: readonly ContractLine[],
): AppliedAdjustment {
  const line = lines.find(({ id }) => id === lineId)
  if (line === undefined) throw new Error(`The adjustment of ${lineId} is of no line`)
  const [start, end] = [period.start.toString(), period.end.toString()]
  return { kind, contractId, lineId, productId: line.productId, start, end, amount: amount.toString() }
}
