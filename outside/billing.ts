/** Billing's commands where an outside system masters billing: their effects happen there first. */
import type { ExternalRef } from '#domain/entity.ts'
import { type Connector, type DocumentKind, documentIn } from '#platform/connector.ts'
import type { Database } from '#platform/database.ts'
import type { Effect } from '#platform/effect.ts'
import { readRows } from '#platform/table.ts'
import { cancelSubscription } from '#subgraphs/billing/commands/cancel-subscription.ts'
import { changeSubscription } from '#subgraphs/billing/commands/change-subscription.ts'
import { writeOffInvoice } from '#subgraphs/billing/commands/close-invoice.ts'
import { readContractBilling } from '#subgraphs/billing/commands/contract-billing.ts'
import { issueCreditNote } from '#subgraphs/billing/commands/issue-credit-note.ts'
import { issueInvoice } from '#subgraphs/billing/commands/issue-invoice.ts'
import { recordPayment } from '#subgraphs/billing/commands/record-payment.ts'
import { refundPayment } from '#subgraphs/billing/commands/refund-payment.ts'
import { restoreSubscription } from '#subgraphs/billing/commands/restore-subscription.ts'
import { readLegalEntityCode } from '#subgraphs/billing/entity-store.ts'
import { payments } from '#subgraphs/billing/store.ts'
import { invoices, subscriptions } from '#subgraphs/billing/tables.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { StepEffect } from '#subgraphs/operations/workflows/flow.ts'
import { creditOutside } from './credit-note.ts'
import { issueOutside } from './invoice.ts'
import { recordOutside } from './payment.ts'
import { refundOutside } from './refund.ts'
import { cancelOutside, changeOutside, restoreOutside } from './subscription.ts'
import { writeOffOutside } from './write-off.ts'
import type { Outside } from './outside.ts'

/** The commands that may go on outside. */
type OutsideCommands = Pick<
  Systems['billing'],
  | 'issueInvoice'
  | 'recordPayment'
  | 'refundPayment'
  | 'issueCreditNote'
  | 'writeOffInvoice'
  | 'cancelSubscription'
  | 'changeSubscription'
  | 'restoreSubscription'
>

/** Where a command of billing goes on outside. */
export interface BillingOutside {
  readonly outside: Outside
  readonly billing: Database
  readonly crm: Database
  /** What commands of our own stores need. */
  readonly inBilling: (effect: StepEffect) => Effect
  readonly inCrm: (effect: StepEffect) => Effect
}

/** A document of ours in the system that masters it. */
export interface Known {
  readonly connector: Connector
  readonly ref: ExternalRef
}

/** The same commands in our own store. */
function billingHere({ billing, inBilling }: BillingOutside): OutsideCommands {
  return {
    issueInvoice: (effect, draft) => issueInvoice(billing, inBilling(effect), draft),
    recordPayment: (effect, draft) => recordPayment(billing, inBilling(effect), draft),
    refundPayment: (effect, refund) => refundPayment(billing, inBilling(effect), refund),
    issueCreditNote: (effect, draft) => issueCreditNote(billing, inBilling(effect), draft),
    writeOffInvoice: (effect, closing) => writeOffInvoice(billing, inBilling(effect), closing),
    cancelSubscription: (effect, ending) => cancelSubscription(billing, inBilling(effect), ending),
    changeSubscription: (effect, change) => changeSubscription(billing, inBilling(effect), change),
    restoreSubscription: (effect, past) => restoreSubscription(billing, inBilling(effect), past),
  }
}

/**
 * What is billed for a legal entity the master of its billing issues. A payment or an invoice that it knows is given
 * back, corrected or given up by it, and a subscription of its own changed or cancelled; another one, such as a
 * transfer that went elsewhere, by whoever did it, and that is only noted here.
 */
export function billingOutside(place: BillingOutside): OutsideCommands {
  const { billing, outside } = place
  const here = billingHere(place)
  if (!outside.hasConnectors) return here
  return {
    issueInvoice: async (effect, draft) => {
      const master = await masterOf(place, draft.legalEntityId)
      return master === null ? here.issueInvoice(effect, draft) : issueOutside(place, master, effect, draft)
    },
    recordPayment: async (effect, draft) => {
      const master = await masterOf(place, draft.legalEntityId)
      return master?.takesPayments === true
        ? recordOutside(place, master, effect, draft)
        : here.recordPayment(effect, draft)
    },
    refundPayment: async (effect, refund) => {
      const [payment] = await readRows(billing, payments, [refund.paymentId])
      const known = await knownOutside(place, 'payments', payment)
      return payment === undefined || known === undefined
        ? here.refundPayment(effect, refund)
        : refundOutside(place, known, payment, effect, refund)
    },
    issueCreditNote: async (effect, draft) => {
      const [invoice] = await readRows(billing, invoices, [draft.invoiceId])
      const known = await knownOutside(place, 'invoices', invoice)
      return invoice === undefined || known === undefined
        ? here.issueCreditNote(effect, draft)
        : creditOutside(place, known, invoice, effect, draft)
    },
    writeOffInvoice: async (effect, closing) => {
      const [invoice] = await readRows(billing, invoices, [closing.invoiceId])
      const known = await knownOutside(place, 'invoices', invoice)
      return invoice === undefined || known === undefined
        ? here.writeOffInvoice(effect, closing)
        : writeOffOutside(place, known, invoice, effect, closing)
    },
    cancelSubscription: async (effect, ending) => {
      const [subscription] = await readRows(billing, subscriptions, [ending.subscriptionId])
      const known = await knownOutside(place, 'subscriptions', subscription)
      return subscription === undefined || known === undefined
        ? here.cancelSubscription(effect, ending)
        : cancelOutside(place, known, subscription, effect, ending)
    },
    changeSubscription: async (effect, change) => {
      const { subscription } = await readContractBilling(billing, change.contract.id, [])
      const known = await knownOutside(place, 'subscriptions', subscription)
      return subscription === null || known === undefined
        ? here.changeSubscription(effect, change)
        : changeOutside(place, known, subscription, effect, change)
    },
    restoreSubscription: async (effect, past) => {
      const [subscription] = await readRows(billing, subscriptions, [past.subscriptionId])
      const known = await knownOutside(place, 'subscriptions', subscription)
      return known === undefined
        ? here.restoreSubscription(effect, past)
        : restoreOutside(place, known, effect, past)
    },
  }
}

/** The outside system that masters the billing of a legal entity; null where we do. */
async function masterOf(
  { outside, billing }: BillingOutside,
  legalEntityId: string,
): Promise<Connector | null> {
  return outside.connectorFor('BILLING', await readLegalEntityCode(billing, legalEntityId))
}

/** A document in the system that masters it; undefined where that is ours, or does not know it. */
async function knownOutside(
  place: BillingOutside,
  kind: DocumentKind,
  document:
    | { readonly legalEntityId: string; readonly externalRefs: readonly ExternalRef[] }
    | null
    | undefined,
): Promise<Known | undefined> {
  if (!document) return undefined
  const connector = await masterOf(place, document.legalEntityId)
  const ref = connector && documentIn(connector, kind, document.externalRefs)
  return connector && ref ? { connector, ref } : undefined
}
