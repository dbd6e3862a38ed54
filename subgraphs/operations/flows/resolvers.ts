import type { Resolvers } from '#schema/operations.generated.ts'
import { answerBy, type FlowAnswer, resultOf, userErrorsOf } from './answer.ts'
import { recordPayment } from './record-payment.ts'

/** The mutations that start flows. */
export const flowMutations: NonNullable<Resolvers['Mutation']> = {
  recordPayment: (_, { input }, { desk, write }) =>
    answerBy(desk, recordPayment, input, write.command.correlationId),
}

/** An object of another system, of which the graph asks the rest there. */
const reference = (id: string | null): { id: string } | null => (id === null ? null : { id })

const made =
  (step: string, field: string) =>
  (answer: FlowAnswer): { id: string } | null =>
    reference(resultOf(answer, step, field))

/** What the answers to these mutations show. */
export const flowResolvers: Pick<Resolvers, 'RecordPaymentPayload'> = {
  RecordPaymentPayload: {
    payment: made('recordPayment', 'paymentId'),
    userErrors: userErrorsOf,
  },
}
