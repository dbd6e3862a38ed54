import { type BilledService, contractInvoice, dueLines } from '#domain/bill.ts'
import type { Subscription } from '#domain/billing.ts'
import { isBefore } from '#domain/calendar.ts'
import type { Contract } from '#domain/crm.ts'
import type { LineDraft } from '#domain/document-draft.ts'
import { type Violation, violationIf } from '#domain/failure.ts'
import { sum } from '#domain/money.ts'
import { parseDate } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import { OWN_SYSTEM } from '#platform/own-facts.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { checkBegun } from './begun.ts'
import { book } from './book.ts'
import { issueDraft, withTax } from './draft-invoice.ts'
import { followContract } from './follow-term.ts'
import { COLLECTION, DAYS_TO_PAY, ISSUE_REFUSALS, TAX_REFUSALS } from './invoice-terms.ts'
import { missing } from './refusals.ts'
import type { Systems } from './systems.ts'

/** A contract that billing of ours runs, of which the next period has begun. */
export interface BillContract extends KeyedInput {
  readonly contractId: string
}

interface Prepared {
  readonly contractId: string
  /** The last day of which everything that fell due is billed: a change made on the day itself is on its bill. */
  readonly through: Temporal.PlainDate
}

type BillStep = Step<Systems, BillContract, Prepared>

/** What billing did for a contract, and what of it has fallen due since. */
interface Due extends Awaited<ReturnType<Systems['billing']['readContractBilling']>> {
  readonly lines: readonly LineDraft[]
}

/** Kept as a step: the invoice is issued as it was drafted and taxed. What was billed since is left out. */
const draftInvoice: BillStep = {
  name: 'draftInvoice',
  system: 'OPERATIONS',
  kind: 'CHECK',
  needs: [],
  uses: ['ROUTE', 'TAX'],
  parks: [...TAX_REFUSALS, 'REFERENCE_MISSING'],
  run: async (systems, { prepared: { contractId, through } }) => {
    const contract = await systems.crm.readContract(contractId)
    if (contract === undefined) return missing('contractId', 'There is no such contract')
    const { lines, subscription, names } = await dueOf(systems, contract, parseDate(through))
    const draft = contractInvoice(contract, lines, {
      subscriptionId: subscription?.id ?? null,
      collectionMethod: subscription?.collectionMethod ?? COLLECTION,
      issueDate: await systems.billing.today(contract.legalEntityId),
      daysToPay: DAYS_TO_PAY,
      names,
    })
    return draft === null ? { value: null } : withTax(systems, draft)
  },
}

/** Where a change has billed it all, there is none. What keeps it from being issued a person mends. */
const issueInvoice: BillStep = {
  name: 'issueInvoice',
  system: 'BILLING',
  kind: 'PIVOT',
  needs: ['draftInvoice'],
  parks: [...ISSUE_REFUSALS, 'REFERENCE_MISSING', 'CUSTOMER_MISMATCH', 'CURRENCY_MISMATCH'],
  run: issueDraft,
}

const postInvoice: BillStep = {
  name: 'postInvoice',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['issueInvoice'],
  uses: ['ACCOUNT'],
  run: book,
}

/** The subscription shows the period that is billed: the next one is due once that is over. */
const beginPeriod: BillStep = {
  name: 'beginPeriod',
  system: 'BILLING',
  kind: 'RETRIABLE',
  needs: ['issueInvoice'],
  run: (systems, { prepared: { contractId, through } }, effect) =>
    followContract(systems, contractId, effect, { billedThrough: parseDate(through) }),
}

/** What a contract charges and no invoice bills is billed once its day is over: each period once, whoever asks. */
export const billContract: Flow<Systems, BillContract, Prepared> = {
  name: 'billContract',
  prepare: async (systems, { contractId }) => {
    const contract = await systems.crm.readContract(contractId)
    if (contract === undefined) return missing('contractId', 'There is no such contract')
    const through = systems.preview.today().subtract({ days: 1 })
    const due = await dueOf(systems, contract, through)
    const violations = [...checkDue(due, through), ...(await checkBegun(systems, due.subscription))]
    if (violations.length > 0) return { violations }
    const { customerId, legalEntityId, currency } = contract
    const moneyAtRisk = { minorUnits: sum(due.lines.map(({ amount }) => amount)), currency }
    const subject = `contract:${contractId}`
    return { value: { prepared: { contractId, through }, subject, customerId, legalEntityId, moneyAtRisk } }
  },
  steps: [draftInvoice, issueInvoice, postInvoice, beginPeriod],
}

/** What billing did for a contract, and what fell due through a day and was not billed. */
export async function dueOf(
  { billing }: Pick<Systems, 'billing'>,
  contract: Contract,
  through: Temporal.PlainDate,
): Promise<Due> {
  const done = await billing.readContractBilling(contract)
  const billed: readonly BilledService[] = done.invoices.flatMap(({ invoice }) => invoice.lines)
  return { ...done, lines: dueLines(contract, through, billed, done.names) }
}

/** Whether billing of ours runs a contract: no other system bills it too. */
export const isOurs = (subscription: Subscription | null): subscription is Subscription =>
  subscription !== null && subscription.externalRefs.every(({ system }) => system === OWN_SYSTEM)

/** A period that has ended is followed by the next one, also where a change has billed that already. */
function checkDue({ lines, subscription }: Due, through: Temporal.PlainDate): Violation[] {
  if (!isOurs(subscription))
    return violationIf(true, 'STATUS_FORBIDS', 'contractId', 'No subscription of ours bills the contract')
  const hasEnded = !isBefore(through, subscription.currentPeriod.end)
  return violationIf(
    lines.length === 0 && !hasEnded,
    'LINES_MISSING',
    'contractId',
    `All that fell due through ${through.toString()} is billed`,
  )
}
