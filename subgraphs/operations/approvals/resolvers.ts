import { money } from '#domain/money.ts'
import { found } from '#platform/graphql.ts'
import { readConnection } from '#platform/loaders.ts'
import type { Resolvers } from '#schema/operations.generated.ts'
import { approvalList } from '../approval-store.ts'
import { decide, type Decided, SETTLED_WITHIN_MS, userErrors } from '../decision.ts'
import { decideApproval } from './decide.ts'

/** What became of a decision, for its payload. */
export interface ApprovalAnswer extends Decided {
  readonly approvalId: string
}

/** The queries of approvals. */
export const approvalQueries: NonNullable<Resolvers['Query']> = {
  approval: async (_, { id }, { approval }) => found(await approval.load(id), 'approval', id),
  approvals: (_, args, { db }) => readConnection(db, approvalList, args),
}

/** The mutations of approvals. */
export const approvalMutations: NonNullable<Resolvers['Mutation']> = {
  decideApproval: async (_, { input }, { write, desk, approval }) => {
    const { approvalId } = input
    const decided = await decide(write, 'decideApproval', input, (unit, now) =>
      decideApproval(unit, { ...input, decidedBy: input.decidedBy ?? null }, now, desk.replan),
    )
    desk.ring()
    const known = decided.violations.length === 0 ? await approval.load(approvalId) : null
    if (known !== null) await desk.settled(known.workflowId, SETTLED_WITHIN_MS)
    return { approvalId, ...decided }
  },
}

/** What approvals show. */
export const approvalResolvers: Pick<Resolvers, 'Approval' | 'DecideApprovalPayload'> = {
  Approval: {
    __resolveReference: async ({ id }, { approval }) => found(await approval.load(id), 'approval', id),
    moneyAtRisk: ({ moneyAtRisk: risk }) => risk && money(risk.minorUnits, risk.currency),
    workflow: async ({ workflowId: id }, _, { workflow }) => found(await workflow.load(id), 'workflow', id),
    customer: ({ customerId }) => (customerId === null ? null : { id: customerId }),
  },
  DecideApprovalPayload: {
    approval: ({ approvalId }, _, { approval }) => approval.load(approvalId),
    workflow: async ({ approvalId }, _, { approval, workflow }) => {
      const known = await approval.load(approvalId)
      return known === null ? null : workflow.load(known.workflowId)
    },
    userErrors,
  },
}
