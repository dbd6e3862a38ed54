import { firstInvoice } from '#domain/bill.ts'
import { type DealTerms, termsOfDeal, valueOfDeal } from '#domain/deal.ts'
import type { Outcome } from '#domain/failure.ts'
import type { Money } from '#domain/money.ts'
import { parseDate } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import { reviveDealTerms } from '#platform/terms.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { book } from './book.ts'
import { issueDraft, withTax } from './draft-invoice.ts'
import { COLLECTION, DAYS_TO_PAY, ISSUE_REFUSALS, TAX_REFUSALS } from './invoice-terms.ts'
import { checkBooked, missing } from './refusals.ts'
import type { Systems } from './systems.ts'

/** A deal that the customer agreed to. */
export interface CloseOpportunity extends KeyedInput {
  readonly opportunityId: string
  readonly closedOn: Temporal.PlainDate
}

/** What the customer agreed to, and where it is. */
interface ClosedDeal {
  readonly terms: DealTerms
  readonly region: string | null
}

type DealStep = Step<Systems, CloseOpportunity, ClosedDeal>
type Story = Parameters<DealStep['run']>[1]

/** Whether the customer can be sold to, as all systems know it now, and the deal fits the model. */
const checkCustomer: DealStep = {
  name: 'checkCustomer',
  system: 'CRM',
  kind: 'CHECK',
  needs: [],
  uses: ['ROUTE', 'LIMIT'],
  parks: ['OUTGROWN'],
  run: async ({ accounts, billing, limits }, { prepared: { terms } }) => {
    const day = await billing.today(terms.legalEntityId)
    const account = await accounts.validate(terms.customerId, day)
    if (account?.isValid) return withinLimits(limits, terms)
    const message = account?.findings.map((finding) => finding.message).join('; ') ?? 'CRM does not know it'
    return { violations: [{ code: 'STATUS_FORBIDS', field: 'customer', message }] }
  },
}

/** A deal that the model is too small for waits until a larger one holds. */
async function withinLimits(
  limits: Systems['limits'],
  terms: Story['prepared']['terms'],
): Promise<Outcome<null>> {
  const { legalEntityId, lines } = terms
  const violations = await limits.check({
    legalEntityId,
    productIds: lines.map(({ productId }) => productId),
    contractId: null,
    amount: worthOf(terms),
  })
  return violations.length > 0 ? { violations } : { value: null }
}

/** The books know the customer. Without entries an account says nothing, so there is nothing to take back. */
const openAccount: DealStep = {
  name: 'openAccount',
  system: 'ERP',
  kind: 'COMPENSATABLE',
  needs: ['checkCustomer'],
  // Where accounting has it in a system of its own, a person mends there what that refuses.
  parks: ['OUTSIDE_REFUSED'],
  run: ({ erp }, { prepared: { terms, region } }, effect) => {
    const { customerId, legalEntityId, currency } = terms
    return erp.openAccount(effect, { customerId, legalEntityId, currency, region })
  },
  undo: () => Promise.resolve({ value: null }),
}

const signContract: DealStep = {
  name: 'signContract',
  system: 'CRM',
  kind: 'COMPENSATABLE',
  needs: ['checkCustomer'],
  uses: ['PRICE'],
  run: ({ crm }, { prepared }, effect) => crm.signContract(effect, reviveDealTerms(prepared.terms)),
  undo: ({ crm }, story, effect) => {
    const on = parseDate(story.prepared.terms.startDate)
    return crm.terminateContract(effect, { contractId: contractIdOf(story), on })
  },
}

const startSubscription: DealStep = {
  name: 'startSubscription',
  system: 'BILLING',
  kind: 'COMPENSATABLE',
  needs: ['signContract'],
  run: async ({ crm, billing }, story, effect) => {
    const contract = await crm.readContract(contractIdOf(story))
    if (contract === undefined) return missing('contractId', 'The contract is not there')
    return billing.openSubscription(effect, { contract, collectionMethod: COLLECTION })
  },
  undo: async ({ billing }, story, effect) => {
    const subscriptionId = subscriptionIdOf(story)
    if (subscriptionId === null) return { value: null }
    const on = parseDate(story.prepared.terms.startDate)
    return billing.cancelSubscription(effect, { subscriptionId, on })
  },
}

/** Kept as a step, so that the invoice is issued as it was drafted and taxed, whatever rules change meanwhile. */
const draftInvoice: DealStep = {
  name: 'draftInvoice',
  system: 'OPERATIONS',
  kind: 'CHECK',
  needs: ['signContract', 'startSubscription'],
  uses: ['ROUTE', 'TAX'],
  parks: TAX_REFUSALS,
  run: async (systems, story) => {
    const contract = await systems.crm.readContract(contractIdOf(story))
    if (contract === undefined) return missing('contractId', 'The contract is not there')
    const { subscription, names } = await systems.billing.readContractBilling(contract)
    const draft = firstInvoice(contract, {
      subscriptionId: subscription?.id ?? null,
      collectionMethod: COLLECTION,
      issueDate: await systems.billing.today(contract.legalEntityId),
      daysToPay: DAYS_TO_PAY,
      names,
    })
    return draft === null ? { value: null } : withTax(systems, draft)
  },
}

/** The first document with a legal number; where nothing is due yet there is none. */
const issueInvoice: DealStep = {
  name: 'issueInvoice',
  system: 'BILLING',
  kind: 'PIVOT',
  needs: ['draftInvoice'],
  parks: ISSUE_REFUSALS,
  run: issueDraft,
}

const postInvoice: DealStep = {
  name: 'postInvoice',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['issueInvoice', 'openAccount'],
  uses: ['ACCOUNT'],
  run: book,
}

/** Also where there is no invoice yet: what is earned does not wait for what is billed. */
const scheduleRevenue: DealStep = {
  name: 'scheduleRevenue',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['signContract'],
  run: ({ erp }, story, effect) => erp.book(effect, { contractIds: [contractIdOf(story)], documentIds: [] }),
}

const winOpportunity: DealStep = {
  name: 'winOpportunity',
  system: 'CRM',
  kind: 'RETRIABLE',
  needs: ['signContract', 'issueInvoice'],
  run: ({ crm }, { input: { opportunityId, closedOn }, prepared: { terms } }, effect) =>
    crm.winOpportunity(effect, {
      opportunityId,
      closedOn: parseDate(closedOn),
      amount: worthOf(terms).minorUnits,
    }),
}

/** A deal that was won becomes a contract, a subscription, an invoice, its posting and its revenue schedule. */
export const closeOpportunity: Flow<Systems, CloseOpportunity, ClosedDeal> = {
  name: 'closeOpportunity',
  prepare: async (systems, { opportunityId, closedOn }) => {
    const { accounts, crm, billing, erp } = systems
    const deal = await crm.readDeal(opportunityId)
    if (deal === null) return missing('opportunityId', 'There is no such opportunity')
    const offered = [...deal.quotes, ...(deal.draft === null ? [] : [deal.draft])].flatMap(
      ({ lines }) => lines,
    )
    const sold = await billing.readOffering(offered.map(({ productId }) => productId))
    const legalEntities = await erp.readLegalEntities()
    const route = await accounts.route(deal.customer.id, closedOn)
    const routed = legalEntities.find(({ code }) => code === route)
    const { value: terms, violations } = termsOfDeal(
      deal,
      { ...sold, legalEntities },
      // A contract that was drafted names the company of ours that is bound by it.
      { closedOn, ...(deal.draft === null && routed && { legalEntityId: routed.id }) },
    )
    if (violations !== undefined) return { violations }
    const { customerId, legalEntityId } = terms
    const early = await checkBooked(systems, legalEntityId, closedOn, 'closedOn')
    if (early.length > 0) return { violations: early }
    const prepared = { terms, region: deal.customer.region }
    const moneyAtRisk = { minorUnits: terms.totalContractValue, currency: terms.currency }
    return {
      value: { prepared, subject: `customer:${customerId}`, customerId, legalEntityId, moneyAtRisk },
    }
  },
  stakeOf: (_, { terms }) => Promise.resolve(worthOf(terms)),
  steps: [
    checkCustomer,
    openAccount,
    signContract,
    startSubscription,
    draftInvoice,
    issueInvoice,
    postInvoice,
    scheduleRevenue,
    winOpportunity,
  ],
}

/** By its lines, which a person may have edited. */
const worthOf = (terms: Story['prepared']['terms']): Money => ({
  minorUnits: valueOfDeal(reviveDealTerms(terms)),
  currency: terms.currency,
})

const contractIdOf = ({ results }: Story): string =>
  (results['signContract'] as { readonly contractId: string }).contractId

const subscriptionIdOf = ({ results }: Story): string | null =>
  (results['startSubscription'] as { readonly subscriptionId: string | null }).subscriptionId
