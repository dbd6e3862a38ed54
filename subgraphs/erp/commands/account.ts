import type { ExternalRef } from '#domain/entity.ts'
import type { CreditProfile, CreditProfileFact } from '#domain/erp.ts'
import type { Outcome } from '#domain/failure.ts'
import { saveOne } from '#platform/change.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { ownFact } from '#platform/own-facts.ts'
import { readRows } from '#platform/table.ts'
import { lockCreditProfile } from '../account-store.ts'
import { creditProfile } from '../record.ts'
import { customerRegion } from '../record-reference.ts'
import { legalEntities } from '../tables.ts'

/** A customer whose debts the books are to keep. */
export interface AccountRequest {
  readonly customerId: string
  /** Sales region, which may choose accounts; null if nobody knows. */
  readonly region: string | null
  /** The company of ours that it deals with. */
  readonly legalEntityId: string
  /** ISO 4217 code in which its credit is counted, where it has none yet. */
  readonly currency: string
  /** The account that the outside system has for it which masters ERP. */
  readonly madeAs?: ExternalRef
}

/** What the books allow a customer. */
export interface OpenedAccount {
  readonly creditProfileId: string
  /** False where it was there already. */
  readonly isNew: boolean
  /** Whether accounting stopped selling to it. */
  readonly onHold: boolean
}

/**
 * Sees to it that the books know a customer: its region, and its credit, without a limit until accounting sets
 * one. What is there stays as it is. REFERENCE_MISSING for an unknown legal entity, CURRENCY_UNKNOWN.
 */
export function openAccount(
  db: Database,
  effect: Effect,
  request: AccountRequest,
): Promise<Outcome<OpenedAccount>> {
  return applyOnce<OpenedAccount>(db, effect, { operation: 'openAccount', input: request }, async (unit) => {
    const [legalEntity] = await readRows(unit, legalEntities, [request.legalEntityId])
    if (legalEntity === undefined) {
      const message = `There is no legal entity ${request.legalEntityId}`
      return { violations: [{ code: 'REFERENCE_MISSING', field: 'legalEntityId', message }] }
    }
    await noteRegion(unit, request)
    const known = await lockCreditProfile(unit, request.customerId)
    if (known !== null) return { value: openedAccount(await named(unit, known, request), false) }
    const made = await saveOne(unit, creditProfile, undefined, profileFor(request))
    return made.value === undefined ? made : { value: openedAccount(made.value, true) }
  })
}

/** Named after the customer: two steps that open one at once make one. */
function profileFor({ customerId, currency, madeAs }: AccountRequest): CreditProfileFact {
  const fact = ownFact('creditProfile', customerId, madeAs)
  return { ...fact, customerId, currency, creditLimit: null, onHold: false, holdReason: null }
}

/** The credit of a customer that has an account outside from now on. */
async function named(
  unit: UnitOfWork,
  before: CreditProfile,
  { madeAs }: AccountRequest,
): Promise<CreditProfile> {
  if (madeAs === undefined) return before
  const after = { ...before, externalRefs: [...before.externalRefs, madeAs] }
  const [saved = before] = await unit.save(creditProfile, [{ before, after }])
  return saved
}

/** CRM masters the region: the books keep what they are told of it. */
async function noteRegion(unit: UnitOfWork, { customerId, region }: AccountRequest): Promise<void> {
  const before = (await unit.lock(customerRegion, [customerId])).get(customerId)
  if (before?.region === region) return
  const externalRefs = before?.externalRefs ?? []
  await unit.save(customerRegion, [{ before, after: { id: customerId, externalRefs, region } }])
}

function openedAccount({ id, onHold }: CreditProfile, isNew: boolean): OpenedAccount {
  return { creditProfileId: id, isNew, onHold }
}
