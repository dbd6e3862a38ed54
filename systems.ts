/** The systems as flows see them: each command runs under its subgraph's own role, with an effect of its own. */
import { hasEnded, hasPassedPivot } from '#domain/workflow.ts'
import { type Clock, today } from '#platform/clock.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Effect } from '#platform/effect.ts'
import { readRows } from '#platform/table.ts'
import { advanceDunning } from '#subgraphs/billing/commands/collect-invoice.ts'
import { readContractBilling } from '#subgraphs/billing/commands/contract-billing.ts'
import { closeDispute, openDispute } from '#subgraphs/billing/commands/dispute-payment.ts'
import { openSubscription } from '#subgraphs/billing/commands/open-subscription.ts'
import { publishProduct } from '#subgraphs/billing/commands/publish-product.ts'
import { settlePayment } from '#subgraphs/billing/commands/settle-payment.ts'
import { steerCollection } from '#subgraphs/billing/commands/steer-collection.ts'
import { readDatedDocuments } from '#subgraphs/billing/cutoff-store.ts'
import { readCollection } from '#subgraphs/billing/dunning-store.ts'
import { readConnected } from '#subgraphs/billing/documents.ts'
import { payments, readRowsBy, readTimeZones } from '#subgraphs/billing/store.ts'
import {
  creditNotes,
  disputes,
  invoices,
  prices,
  products,
  subscriptions,
} from '#subgraphs/billing/tables.ts'
import { readUnratedUsage } from '#subgraphs/billing/unrated.ts'
import { readContractVersion } from '#subgraphs/crm/amendment-store.ts'
import { applyAmendment } from '#subgraphs/crm/commands/apply-amendment.ts'
import { approveAmendment, closeAmendment } from '#subgraphs/crm/commands/approve-amendment.ts'
import { activateContract, expireContract, terminateContract } from '#subgraphs/crm/commands/contract.ts'
import { mergeCustomers, unmergeCustomers } from '#subgraphs/crm/commands/merge-customers.ts'
import { revertAmendment } from '#subgraphs/crm/commands/revert-amendment.ts'
import { signContract } from '#subgraphs/crm/commands/sign-contract.ts'
import { readMergedIds } from '#subgraphs/crm/customer-store.ts'
import { readDeal } from '#subgraphs/crm/deal-store.ts'
import { proposeAmendment } from '#subgraphs/crm/proposal.ts'
import { contracts, customers } from '#subgraphs/crm/store.ts'
import { readCalendar } from '#subgraphs/erp/balance-store.ts'
import { checkPeriod, type ReadDated } from '#subgraphs/erp/checklist.ts'
import { bookDocuments } from '#subgraphs/erp/commands/book.ts'
import {
  adjustPeriod,
  beginClose,
  giveUpClose,
  recognizePeriod,
  sealPeriod,
} from '#subgraphs/erp/commands/close-period.ts'
import { recordPayout } from '#subgraphs/erp/commands/record-payout.ts'
import { readCreditProfile } from '#subgraphs/erp/count-store.ts'
import { previewBooks } from '#subgraphs/erp/preview.ts'
import { journalHeaders } from '#subgraphs/erp/tables.ts'
import { standingIdOf } from '#subgraphs/insight/review.ts'
import { standings } from '#subgraphs/insight/standing-store.ts'
import type { Feedback, Systems } from '#subgraphs/operations/flows/systems.ts'
import type { OperationsSetup } from '#subgraphs/operations/subgraph.ts'
import { firstInLine, workflows } from '#subgraphs/operations/workflow-store.ts'
import type { StepEffect } from '#subgraphs/operations/workflows/flow.ts'
import { billingOutside } from '#outside/billing.ts'
import { crmOutside } from '#outside/crm.ts'
import { erpOutside } from '#outside/erp.ts'
import { NOTHING_OUTSIDE, type Outside } from '#outside/outside.ts'
import { connectProposals, upsertByMasters } from './proposals.ts'
import type { DatabaseOf } from './product.ts'
import { orLast, serviceSources } from './service-sources.ts'

/** Connects flows to the systems, and through them to those that are `outside`. */
export function connectSystems(
  databaseOf: DatabaseOf,
  clock: Clock,
  { models, services, sources }: Pick<OperationsSetup, 'models' | 'services' | 'sources'>,
  outside: Outside = NOTHING_OUTSIDE,
): Systems {
  const [crm, billing, erp] = [databaseOf('crm'), databaseOf('billing'), databaseOf('erp')]
  const effectIn = (
    subgraph: SubgraphName,
    { effectKey, correlationId, traceparent }: StepEffect,
  ): Effect => ({
    subgraph,
    clock,
    effectKey,
    correlationId,
    ...(traceparent !== null && { traceparent }),
  })
  const inCrm = (effect: StepEffect): Effect => effectIn('crm', effect)
  const inBilling = (effect: StepEffect): Effect => effectIn('billing', effect)
  const inErp = (effect: StepEffect): Effect => effectIn('erp', effect)
  const readDated = readDatedOf(databaseOf)
  const { checkLimits, checkProduct, quoteTax, routeCustomer, validateAccount } = services
  return {
    crm: {
      readDeal: (opportunityId) => readDeal(crm, opportunityId),
      readCustomer: async (id) => (await readRows(crm, customers, [id]))[0],
      upsertCustomer: upsertByMasters(databaseOf, effectIn, { sources, modelOf: models.pick }),
      mergeCustomers: (effect, merging) => mergeCustomers(crm, inCrm(effect), merging),
      unmergeCustomers: (effect, merging) => unmergeCustomers(crm, inCrm(effect), merging),
      readContract: async (id) => (await readRows(crm, contracts, [id]))[0],
      signContract: (effect, terms) => signContract(crm, inCrm(effect), terms),
      activateContract: (effect, named) => activateContract(crm, inCrm(effect), named),
      expireContract: (effect, named) => expireContract(crm, inCrm(effect), named),
      terminateContract: (effect, ending) => terminateContract(crm, inCrm(effect), ending),
      ...crmOutside(outside, crm, inCrm),
      readContractVersion: (id, version) => readContractVersion(crm, id, version),
      approveAmendment: (effect, approval) => approveAmendment(crm, inCrm(effect), approval),
      applyAmendment: (effect, application) => applyAmendment(crm, inCrm(effect), application),
      revertAmendment: (effect, reversion) => revertAmendment(crm, inCrm(effect), reversion),
      closeAmendment: (effect, closing) => closeAmendment(crm, inCrm(effect), closing),
    },
    billing: {
      readOffering: async (productIds) => ({
        products: await readRows(billing, products, productIds),
        prices: await readRowsBy(billing, prices, 'productId', productIds),
      }),
      readContractBilling: ({ id, lines }) =>
        readContractBilling(
          billing,
          id,
          lines.map(({ productId }) => productId),
        ),
      openSubscription: (effect, opening) => openSubscription(billing, inBilling(effect), opening),
      today: async (legalEntityId) => today(clock, (await readTimeZones(billing, [legalEntityId]))[0]),
      dayOf: async (instant, legalEntityId) => {
        const [timeZone = 'UTC'] = await readTimeZones(billing, [legalEntityId])
        return instant.toZonedDateTimeISO(timeZone).toPlainDate()
      },
      readInvoices: (ids) => readRows(billing, invoices, ids),
      readCreditNotes: (invoiceId) => readRowsBy(billing, creditNotes, 'invoiceId', [invoiceId]),
      readPayment: async (id) => (await readRows(billing, payments, [id]))[0],
      readDispute: async (id) => (await readRows(billing, disputes, [id]))[0],
      readDisputes: (paymentId) => readRowsBy(billing, disputes, 'paymentId', [paymentId]),
      openDispute: (effect, terms) => openDispute(billing, inBilling(effect), terms),
      closeDispute: (effect, closing) => closeDispute(billing, inBilling(effect), closing),
      readSubscription: async (id) => (await readRows(billing, subscriptions, [id]))[0],
      readUnratedUsage: (subscriptionId, month) => readUnratedUsage(billing, month, subscriptionId),
      advanceDunning: (effect, attempt) => advanceDunning(billing, inBilling(effect), attempt),
      steerCollection: (effect, steering) => steerCollection(billing, inBilling(effect), steering),
      settlePayment: (effect, settling) => settlePayment(billing, inBilling(effect), settling),
      ...billingOutside({ outside, billing, crm, inBilling, inCrm }),
      publishProduct: (effect, publication) => publishProduct(billing, inBilling(effect), publication),
    },
    erp: {
      readLegalEntities: serviceSources(databaseOf).legalEntities,
      firstDay: (legalEntityId) =>
        orLast(
          async () => (await readCalendar(erp, legalEntityId))?.firstDay ?? null,
          async () => null,
        ),
      readEntry: async (id) => (await readRows(erp, journalHeaders, [id]))[0],
      recordPayout: (effect, payout) => recordPayout(erp, inErp(effect), payout),
      checkPeriod: checkPeriodOf(databaseOf, clock),
      beginClose: (effect, name) => beginClose(erp, inErp(effect), name, readDated),
      giveUpClose: (effect, name) => giveUpClose(erp, inErp(effect), name),
      recognizePeriod: (effect, name) => recognizePeriod(erp, inErp(effect), name),
      adjustPeriod: (effect, adjustment) => adjustPeriod(erp, inErp(effect), adjustment),
      sealPeriod: (effect, sealing) => sealPeriod(erp, inErp(effect), sealing, readDated),
      ...erpOutside(outside, erp, inErp, async (effect, { contractIds, documentIds }) =>
        bookDocuments(erp, inErp(effect), {
          contracts: await readRows(crm, contracts, contractIds),
          documents: await readConnected(billing, documentIds),
        }),
      ),
    },
    tax: { quote: quoteTax },
    accounts: { validate: validateAccount, route: routeCustomer },
    limits: { check: checkLimits },
    catalogue: { check: (productId) => checkProduct(productId, today(clock)) },
    preview: {
      today: () => today(clock),
      propose: (asked, billedUntil) => proposeAmendment(crm, asked, billedUntil),
      previewBooks: (proposal, on) => previewBooks(erp, proposal, on),
    },
    proposals: connectProposals(databaseOf, effectIn),
    readFeedback: (customerId) => readFeedback(databaseOf, clock, customerId),
    waiting: async (subject) => {
      const first = await firstInLine(databaseOf('operations'), subject)
      return first?.status === 'EXCEPTION' || first?.status === 'AWAITING_APPROVAL'
    },
    isToIssue: async (workflowId) => {
      const [workflow] = await readRows(databaseOf('operations'), workflows, [workflowId])
      return workflow !== undefined && !hasEnded(workflow) && !hasPassedPivot(workflow)
    },
  }
}

/** What billing has: a close wants all of it in the books. */
export const readDatedOf =
  (databaseOf: DatabaseOf): ReadDated =>
  (page) =>
    readDatedDocuments(databaseOf('billing'), page)

/** What keeps a period from being closed. */
export const checkPeriodOf =
  (databaseOf: DatabaseOf, clock: Clock): Systems['erp']['checkPeriod'] =>
  (name) =>
    checkPeriod(databaseOf('erp'), clock, name, readDatedOf(databaseOf))

/** The instant is that of before the reading: what happens meanwhile is told again. */
async function readFeedback(databaseOf: DatabaseOf, clock: Clock, customerId: string): Promise<Feedback> {
  const asOf = clock.now()
  const all = [customerId, ...(await readMergedIds(databaseOf('crm'), customerId))]
  const [[standing], collection, profile] = await Promise.all([
    readRows(databaseOf('insight'), standings, [standingIdOf(customerId)]),
    readCollection(databaseOf('billing'), all),
    readCreditProfile(databaseOf('erp'), customerId),
  ])
  return {
    ...(standing && { standing: standing.after.level }),
    disputeOpen: collection.isDisputed,
    dunningPaused: collection.isPaused,
    creditHold: profile?.onHold ?? false,
    asOf,
  }
}
