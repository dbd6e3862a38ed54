import type { Blocker } from '#domain/checklist.ts'
import type { Workflow } from '#domain/workflow.ts'
import type { Resolvers } from '#schema/operations.generated.ts'
import { answerBy, type FlowAnswer, userErrorsOf } from './answer.ts'
import { closePeriod } from './close-period.ts'
import type { Context } from '../loaders.ts'

/** What became of a request to close a period, for its payload. */
export interface CloseAnswer extends FlowAnswer {
  /** Null where there is none of that name. */
  readonly periodId: string | null
  /** What keeps it open, where the close did not go through. */
  readonly blockers: readonly Blocker[]
}

/** The mutation that closes a period. */
export const periodMutations: NonNullable<Resolvers['Mutation']> = {
  closePeriod: async (_, { input }, { desk, write, checkPeriod }: Context): Promise<CloseAnswer> => {
    const answer = await answerBy(desk, closePeriod, input, write.command.correlationId, input.actor)
    const { periodId, blockers } = await checkPeriod(input)
    return { ...answer, periodId, blockers: wentThrough(answer.workflow) ? [] : blockers }
  },
}

const wentThrough = (workflow: Workflow | null): boolean =>
  workflow !== null && workflow.status !== 'EXCEPTION' && workflow.status !== 'COMPENSATED'

/** What its answer shows. */
export const periodResolvers: Pick<Resolvers, 'ClosePeriodPayload'> = {
  ClosePeriodPayload: {
    period: ({ periodId }) => (periodId === null ? null : { id: periodId }),
    // Blockers are no errors of the request, and are told as what they are; unless they are mended by now.
    userErrors: (answer) =>
      userErrorsOf(answer).filter(({ code }) => code !== 'PERIOD_BLOCKED' || answer.blockers.length === 0),
  },
}
