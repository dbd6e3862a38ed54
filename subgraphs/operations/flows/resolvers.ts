import type { HeldWrite } from '#domain/foreign-write.ts'
import { money } from '#domain/money.ts'
import { found } from '#platform/graphql.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Resolvers } from '#schema/operations.generated.ts'
import { foreignWriteId } from '../exceptions/foreign-write.ts'
import type { Context, Reference } from '../loaders.ts'
import type { Flow } from '../workflows/flow.ts'
import { answerBy, type FlowAnswer, inputOf, preparedOf, resultOf, userErrorsOf } from './answer.ts'
import { amendContract } from './amend-contract.ts'
import { billContract } from './bill-contract.ts'
import { billUsage } from './bill-usage.ts'
import {
  cancelContract,
  renewContract,
  resumeContract,
  suspendContract,
  transferContract,
} from './change-contract.ts'
import { closeOpportunity } from './close-opportunity.ts'
import { closeDispute, openDispute } from './dispute-payment.ts'
import { issueCreditNote } from './issue-credit-note.ts'
import { publishProduct } from './publish-product.ts'
import { mergeCustomers, unmergeCustomers } from './merge-customers.ts'
import { recordPayment } from './record-payment.ts'
import { recordPayout } from './record-payout.ts'
import { refundPayment } from './refund-payment.ts'
import { settlePayment } from './settle-payment.ts'
import type { Systems, UpsertedCustomer } from './systems.ts'
import { upsertCustomer } from './upsert-customer.ts'
import { writeOffInvoice } from './write-off-invoice.ts'

/** A mutation that starts a flow. */
const starts =
  <Input extends KeyedInput, Prepared>(flow: Flow<Systems, Input, Prepared>) =>
  (_: unknown, { input }: { readonly input: Input }, { desk, write }: Context): Promise<FlowAnswer> =>
    answerBy(desk, flow, input, write.command.correlationId)

/** The mutations that start flows. */
export const flowMutations: NonNullable<Resolvers['Mutation']> = {
  amendContract: starts(amendContract),
  billContract: starts(billContract),
  billUsage: starts(billUsage),
  cancelContract: starts(cancelContract),
  closeDispute: starts(closeDispute),
  closeOpportunity: starts(closeOpportunity),
  renewContract: starts(renewContract),
  resumeContract: starts(resumeContract),
  suspendContract: starts(suspendContract),
  transferContract: starts(transferContract),
  issueCreditNote: starts(issueCreditNote),
  mergeCustomers: starts(mergeCustomers),
  openDispute: starts(openDispute),
  publishProduct: starts(publishProduct),
  recordPayment: starts(recordPayment),
  recordPayout: starts(recordPayout),
  refundPayment: starts(refundPayment),
  settlePayment: starts(settlePayment),
  unmergeCustomers: starts(unmergeCustomers),
  upsertCustomer: starts(upsertCustomer),
  writeOffInvoice: starts(writeOffInvoice),
}

/** An object of another system, of which the graph asks the rest there. */
const reference = (id: string | null): Reference | null => (id === null ? null : { id })

/** What a step made. */
const made =
  (step: string, field: string) =>
  (answer: FlowAnswer): Reference | null =>
    reference(resultOf(answer, step, field))

/** What the input names. */
const named =
  (field: string) =>
  (answer: FlowAnswer): Reference | null =>
    reference(inputOf(answer, field))

/** What a payout left in clearing, in its currency. */
function leftInClearing(answer: FlowAnswer) {
  const [left, currency] = [resultOf(answer, 'recordPayout', 'inClearing'), preparedOf(answer, 'currency')]
  return left === null || currency === null ? null : money(BigInt(left), currency)
}

/** What was stated of a customer and not taken. */
function heldBack({ workflow }: FlowAnswer): readonly HeldWrite[] {
  const step = workflow?.steps.find(({ name }) => name === 'upsertCustomer')
  return (step?.result as UpsertedCustomer | null | undefined)?.held ?? []
}

/** What the answers to these mutations show. */
export const flowResolvers: Pick<
  Resolvers,
  | 'AmendContractPayload'
  | 'BillContractPayload'
  | 'BillUsagePayload'
  | 'CloseDisputePayload'
  | 'CloseOpportunityPayload'
  | 'IssueCreditNotePayload'
  | 'MergeCustomersPayload'
  | 'OpenDisputePayload'
  | 'PublishProductPayload'
  | 'RecordPaymentPayload'
  | 'RecordPayoutPayload'
  | 'RefundPaymentPayload'
  | 'SettlePaymentPayload'
  | 'UpsertCustomerPayload'
  | 'WriteOffInvoicePayload'
> = {
  AmendContractPayload: {
    contract: named('contractId'),
    successor: made('amendContract', 'successorId'),
    invoice: made('issueAdjustment', 'invoiceId'),
    creditNote: made('issueAdjustment', 'creditNoteId'),
    userErrors: userErrorsOf,
  },
  BillContractPayload: {
    contract: named('contractId'),
    invoice: made('issueInvoice', 'invoiceId'),
    userErrors: userErrorsOf,
  },
  BillUsagePayload: { invoice: made('issueInvoice', 'invoiceId'), userErrors: userErrorsOf },
  CloseDisputePayload: { dispute: named('disputeId'), userErrors: userErrorsOf },
  CloseOpportunityPayload: {
    opportunity: named('opportunityId'),
    contract: made('signContract', 'contractId'),
    userErrors: userErrorsOf,
  },
  IssueCreditNotePayload: { creditNote: made('issueCreditNote', 'creditNoteId'), userErrors: userErrorsOf },
  MergeCustomersPayload: {
    survivor: (answer) => reference(preparedOf(answer, 'survivorId')),
    merged: named('mergedId'),
    userErrors: userErrorsOf,
  },
  OpenDisputePayload: { dispute: made('openDispute', 'disputeId'), userErrors: userErrorsOf },
  PublishProductPayload: { product: named('productId'), userErrors: userErrorsOf },
  RecordPaymentPayload: { payment: made('recordPayment', 'paymentId'), userErrors: userErrorsOf },
  RecordPayoutPayload: {
    entry: made('recordPayout', 'entryId'),
    inClearing: leftInClearing,
    userErrors: userErrorsOf,
  },
  RefundPaymentPayload: { payment: named('paymentId'), userErrors: userErrorsOf },
  SettlePaymentPayload: { payment: named('paymentId'), userErrors: userErrorsOf },
  UpsertCustomerPayload: {
    customer: made('upsertCustomer', 'customerId'),
    heldBack: (answer, _, { exception }) =>
      Promise.all(
        heldBack(answer).map(async (write) => {
          const id = foreignWriteId(write)
          return found(await exception.load(id), 'exception', id)
        }),
      ),
    userErrors: userErrorsOf,
  },
  WriteOffInvoicePayload: { invoice: named('invoiceId'), userErrors: userErrorsOf },
}
