import type { AskedAmendment } from '#domain/asked-amendment.ts'
import type { Contract } from '#domain/crm.ts'
import { checkProduct } from '#domain/deal.ts'
import { type Outcome, type Violation, violationIf } from '#domain/failure.ts'
import { checkLength } from '#domain/text.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Flow, Preparation, Step } from '../workflows/flow.ts'
import { draftAdjustment, issueAdjustment } from './adjust-billing.ts'
import { appliedIn, type PreparedAmendment, previewedIn } from './amendment-story.ts'
import { checkPreviewed, previewOf } from './amendment-preview.ts'
import { checkBegun } from './begun.ts'
import { dueOf, isOurs } from './bill-contract.ts'
import { book } from './book.ts'
import { COLLECTION } from './invoice-terms.ts'
import { missing } from './refusals.ts'
import type { Systems } from './systems.ts'

/** A change of a contract that a client previewed. */
export interface AmendContract extends KeyedInput, AskedAmendment {
  /** What the preview told. */
  readonly previewHash: string
}

/** What an amendment asks for, however the mutation put it. */
export interface Asked {
  readonly amendment: AskedAmendment
  /** What the client previewed; null for who takes it as it is. */
  readonly previewHash: string | null
  /** Why, as it is printed on credit notes. */
  readonly reason: string | null
}

/** A step of every story that amends a contract. */
type AmendStep = Step<Systems, KeyedInput, PreparedAmendment>

/** What waited in line is made only if it still does what was previewed, and if the model is large enough for it. */
const checkPreview: AmendStep = {
  name: 'checkPreview',
  system: 'CRM',
  kind: 'CHECK',
  needs: [],
  uses: ['LIMIT'],
  parks: ['OUTGROWN'],
  run: async ({ crm, limits, preview }, { prepared }) => {
    const { asked, billedUntil } = previewedIn(prepared)
    const now = await previewOf(preview, asked, billedUntil)
    if (now.value === undefined) return now
    const violations = checkPreviewed(now.value, prepared.previewHash)
    if (violations.length > 0) return { violations }
    const contract = await crm.readContract(asked.contractId)
    if (contract === undefined) return missing('contractId', 'The contract is not there')
    const { lines, totalContractValue, currency, legalEntityId } = contract
    const outgrown = await limits.check({
      legalEntityId,
      productIds: [...lines, ...asked.changes].flatMap(({ productId }) => productId ?? []),
      contractId: contract.id,
      amount: { minorUnits: totalContractValue + now.value.contractValueDelta, currency },
    })
    if (outgrown.length > 0) return { violations: outgrown }
    return { value: { previewHash: now.value.previewHash } }
  },
}

/** The contract in a new version. An amendment that is approved and cannot be applied any more is closed as failed. */
const amend: AmendStep = {
  name: 'amendContract',
  system: 'CRM',
  kind: 'COMPENSATABLE',
  needs: ['checkPreview'],
  run: async ({ crm }, { prepared }, effect) => {
    const { asked, version, billedUntil, reason } = previewedIn(prepared)
    const previewed = { ...asked, version, billedUntil }
    const part = (name: string) => ({ ...effect, effectKey: `${effect.effectKey}/${name}` })
    const approved = await crm.approveAmendment(part('approve'), { previewed, reason })
    if (approved.value === undefined) return approved
    const { amendmentId } = approved.value
    const applied = await crm.applyAmendment(effect, { amendmentId, previewed })
    if (applied.violations !== undefined)
      await crm.closeAmendment(part('close'), { amendmentId, status: 'FAILED' })
    return applied
  },
  undo: ({ crm }, story, effect) => {
    const { amendmentId, contractId, version, versionBefore, successorId } = appliedIn(story)
    return crm.revertAmendment(effect, { amendmentId, contractId, version, versionBefore, successorId })
  },
}

/** What billing runs for the contract follows it. */
const amendSubscription: AmendStep = {
  name: 'amendSubscription',
  system: 'BILLING',
  kind: 'COMPENSATABLE',
  needs: ['amendContract'],
  run: async ({ crm, billing }, story, effect) => {
    const contract = await crm.readContract(appliedIn(story).contractId)
    if (contract === undefined) return missing('contractId', 'The contract is not there')
    return billing.changeSubscription(effect, { contract, collectionMethod: COLLECTION })
  },
  undo: async ({ crm, billing }, story, effect) => {
    const { subscriptionId, versionBefore } = changedIn(story)
    if (subscriptionId === null) return { value: null }
    if (versionBefore !== null)
      return billing.restoreSubscription(effect, { subscriptionId, version: versionBefore })
    const contract = await crm.readContract(appliedIn(story).contractId)
    if (contract === undefined) return missing('contractId', 'The contract is not there')
    return billing.cancelSubscription(effect, { subscriptionId, on: contract.startDate })
  },
}

/** The contract that continues it, for its next term or another customer, is subscribed as any that is signed. */
const subscribeSuccessor: AmendStep = {
  name: 'subscribeSuccessor',
  system: 'BILLING',
  kind: 'COMPENSATABLE',
  needs: ['amendContract'],
  run: async (systems, story, effect) => {
    const contract = await successorOf(systems, story)
    if (contract === undefined) return { value: { subscriptionId: null } }
    return systems.billing.openSubscription(effect, { contract, collectionMethod: COLLECTION })
  },
  undo: async (systems, story, effect) => {
    const result = story.results['subscribeSuccessor'] as { readonly subscriptionId: string | null }
    const contract = await successorOf(systems, story)
    if (contract === undefined || result.subscriptionId === null) return { value: null }
    const { subscriptionId } = result
    return systems.billing.cancelSubscription(effect, { subscriptionId, on: contract.startDate })
  },
}

const postAdjustment: AmendStep = {
  name: 'postAdjustment',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['amendContract', 'issueAdjustment'],
  uses: ['ACCOUNT'],
  run: book,
}

/** Revenue that is still to be earned is planned anew; what is posted stays. */
const reviseSchedule: AmendStep = {
  name: 'reviseSchedule',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['amendContract'],
  run: ({ erp }, story, effect) => {
    const { contractId, successorId } = appliedIn(story)
    const contractIds = [contractId, ...(successorId === null ? [] : [successorId])]
    return erp.book(effect, { contractIds, documentIds: [] })
  },
}

const completeAmendment: AmendStep = {
  name: 'completeAmendment',
  system: 'CRM',
  kind: 'RETRIABLE',
  needs: ['amendContract', 'issueAdjustment'],
  run: ({ crm }, story, effect) =>
    crm.closeAmendment(effect, { amendmentId: appliedIn(story).amendmentId, status: 'APPLIED' }),
}

const steps: readonly AmendStep[] = [
  checkPreview,
  amend,
  amendSubscription,
  subscribeSuccessor,
  draftAdjustment,
  issueAdjustment,
  postAdjustment,
  reviseSchedule,
  completeAmendment,
]

/** A story that amends a contract, whatever the mutation calls it: `read` tells what is asked of the contract. */
export function amendmentFlow<Input extends KeyedInput & { readonly contractId: string }>(
  name: string,
  read: (input: Input, contract: Contract) => Asked,
): Flow<Systems, Input, PreparedAmendment> {
  return {
    name,
    prepare: async (systems, input) => {
      const contract = await systems.crm.readContract(input.contractId)
      if (contract === undefined) return missing('contractId', 'There is no such contract')
      return prepare(systems, read(input, contract), contract)
    },
    steps,
  }
}

async function prepare(
  systems: Systems,
  { amendment, previewHash, reason }: Asked,
  contract: Contract,
): Promise<Outcome<Preparation<PreparedAmendment>>> {
  const { preview, waiting } = systems
  const { totalContractValue, currency } = contract
  const { subscription } = await systems.billing.readContractBilling(contract)
  const billedUntil = preview.today()
  const { value, violations } = await previewOf(preview, amendment, billedUntil)
  if (violations !== undefined) return { violations }
  const subject = `contract:${amendment.contractId}`
  const refused: Violation[] = [
    ...violationIf(
      await waiting(subject),
      'CONTRACT_BUSY',
      'contractId',
      'An earlier change of the contract waits for a person',
    ),
    ...(await checkBegun(systems, contract, subscription)),
    ...(await checkBilled(systems, amendment, contract)),
    ...(await checkSold(systems, amendment)),
    ...checkPreviewed(value, previewHash ?? value.previewHash),
    ...checkLength(reason, 'reason'),
  ]
  if (refused.length > 0) return { violations: refused }
  const { version, customerId, legalEntityId } = value
  const prepared = { asked: amendment, version, billedUntil, previewHash: value.previewHash, reason }
  const moneyAtRisk = { minorUnits: totalContractValue, currency }
  return { value: { prepared, subject, customerId, legalEntityId, moneyAtRisk } }
}

/**
 * A change sets right what was billed, so all that fell due before today has to be: in the minutes before the clock has
 * billed it, it would be credited without having been charged. A renewal changes nothing of it.
 */
async function checkBilled(
  { billing, preview }: Systems,
  { changes }: AskedAmendment,
  contract: Contract,
): Promise<Violation[]> {
  if (changes.every(({ kind }) => kind === 'RENEW')) return []
  const through = preview.today().subtract({ days: 1 })
  const { subscription, lines } = await dueOf({ billing }, contract, through)
  return violationIf(
    isOurs(subscription) && lines.length > 0,
    'CONTRACT_BUSY',
    'contractId',
    `What fell due through ${through.toString()} is not billed yet: that comes first`,
  )
}

/** What a change sells is a product, as what a deal sells. */
async function checkSold({ billing }: Systems, { changes }: AskedAmendment): Promise<Violation[]> {
  const sold = changes.map(({ productId }) => productId ?? null)
  const offering = await billing.readOffering(sold.filter((productId) => productId !== null))
  return sold.flatMap((productId, place) =>
    productId === null ? [] : checkProduct(productId, offering, `changes.${place}.productId`),
  )
}

/**
 * A contract is changed exactly as it was previewed, in all systems: its subscription follows, what was billed is set
 * right by one document, and the books by both. Amendments of one contract are made one after another; one that waited
 * for another is refused as outdated.
 */
export const amendContract = amendmentFlow<AmendContract>(
  'amendContract',
  ({ contractId, effectiveDate, changes, previewHash }) => ({
    amendment: { contractId, effectiveDate, changes },
    previewHash,
    reason: null,
  }),
)

type Story = Parameters<AmendStep['run']>[1]

interface ChangedSubscription {
  readonly subscriptionId: string | null
  readonly versionBefore: number | null
}

const changedIn = ({ results }: Story): ChangedSubscription =>
  results['amendSubscription'] as ChangedSubscription

async function successorOf({ crm }: Systems, story: Story): Promise<Contract | undefined> {
  const { successorId } = appliedIn(story)
  return successorId === null ? undefined : crm.readContract(successorId)
}
