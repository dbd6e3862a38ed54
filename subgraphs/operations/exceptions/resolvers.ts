import type { RaisedException } from '#domain/exception.ts'
import { money } from '#domain/money.ts'
import { ANYBODY } from '#domain/person.ts'
import type { CommandContext } from '#platform/command.ts'
import { found } from '#platform/graphql.ts'
import { contentHash } from '#platform/json.ts'
import { readConnection } from '#platform/loaders.ts'
import { mutate } from '#platform/mutation.ts'
import type { Resolvers, UserErrorCode } from '#schema/operations.generated.ts'
import { decide, type Decided, SETTLED_WITHIN_MS, userErrors } from '../decision.ts'
import { exceptionList } from '../exception-store.ts'
import { acceptProposal } from '../flows/accept-proposal.ts'
import type { Systems } from '../flows/systems.ts'
import type { KeptWebhook } from '../inbound-store.ts'
import type { Context } from '../loaders.ts'
import type { WorkflowDesk } from '../workflows/desk.ts'
import { type BulkOutcome, resolveExceptions } from './bulk.ts'
import { resolveException, type TakeOver } from './resolve.ts'

/** What became of doing something about an exception, for its payload. */
export interface ExceptionAnswer extends Decided {
  readonly exceptionId: string
}

/** What became of doing one thing about many exceptions, for its payload. */
export type BulkAnswer = BulkOutcome & Pick<Decided, 'replayed'>

/** The queries of exceptions. */
export const exceptionQueries: NonNullable<Resolvers['Query']> = {
  exception: async (_, { id }, { exception }) => found(await exception.load(id), 'exception', id),
  exceptions: (_, args, { db }) => readConnection(db, exceptionList, args),
}

/** The mutations of exceptions. */
export const exceptionMutations: NonNullable<Resolvers['Mutation']> = {
  resolveException: async (_, { input }, context) => {
    const { exceptionId, actor = null, assignee = null, payload = null } = input
    const { externalId = null, documentNumber = null, proposalHash = null } = input
    const decided = await decide(context.write, 'resolveException', input, (unit, now) =>
      resolveException(
        unit,
        { ...input, actor, assignee, payload, externalId, documentNumber, proposalHash },
        now,
        { takeOver: takeOverBy(context.desk, context.write.command), replan: context.desk.replan },
      ),
    )
    if (decided.violations.length === 0) await goOn(context, exceptionId)
    return { exceptionId, ...decided }
  },
  resolveExceptions: async (_, { input }, { write: { db, command }, desk }) => {
    const { actor = null, assignee = null, expectedCount = null } = input
    const bulk = { ...input, actor, assignee, expectedCount }
    const { result, replayed } = await mutate(
      db,
      command,
      { operation: 'resolveExceptions', input },
      (unit) => resolveExceptions(unit, bulk, command.clock.now()),
    )
    desk.ring()
    return { ...result, replayed }
  },
}

/** The workflow that takes over what was proposed, once for the state in which it was decided. */
const takeOverBy =
  (desk: WorkflowDesk<Systems>, { traceparent }: CommandContext): TakeOver =>
  async (unit, { id, version, proposal }, { actor }) => {
    if (proposal === null) throw new RangeError(`${id} proposes nothing`)
    const input = { proposal, idempotencyKey: `${id}.${version}` }
    const asking = { requestedBy: actor ?? ANYBODY, traceparent: traceparent ?? null }
    const { value, violations } = await desk.startWithin(unit, acceptProposal, input, asking)
    return violations === undefined ? { value: value.workflowId } : { violations }
  }

/** Has the workflow gone on with at once, and waits a little for what becomes of it. */
async function goOn({ desk, exception }: Context, exceptionId: string): Promise<void> {
  desk.ring()
  const known = await exception.load(exceptionId)
  if (known?.workflowId !== undefined && known.workflowId !== null)
    await desk.settled(known.workflowId, SETTLED_WITHIN_MS)
  exception.clear(exceptionId)
}

/** The webhook that an exception is about; null for none. */
const webhookOf = async (
  { step: source, webhookId }: RaisedException,
  { inboundWebhook }: Pick<Context, 'inboundWebhook'>,
): Promise<KeptWebhook | null> => (webhookId === null ? null : inboundWebhook.load({ source, webhookId }))

/** What exceptions show. */
export const exceptionResolvers: Pick<
  Resolvers,
  | 'Contract'
  | 'Customer'
  | 'Exception'
  | 'InboundWebhook'
  | 'PayloadChange'
  | 'Proposal'
  | 'RefusedException'
  | 'ResolveExceptionPayload'
  | 'ResolveExceptionsPayload'
> = {
  Exception: {
    __resolveReference: async ({ id }, { exception }) => found(await exception.load(id), 'exception', id),
    moneyAtRisk: ({ moneyAtRisk: risk }) => risk && money(risk.minorUnits, risk.currency),
    workflow: async ({ workflowId: id }, _, { workflow }) =>
      id === null ? null : found(await workflow.load(id), 'workflow', id),
    break: ({ breakId }, _, { reconciliationBreak }) =>
      breakId === null ? null : reconciliationBreak.load(breakId),
    customer: ({ customerId }) => (customerId === null ? null : { id: customerId }),
    webhook: (exception, _, context) => webhookOf(exception, context),
    payload: async (exception, _, context) => {
      const { workflowId: id } = exception
      if (id !== null) return found(await context.workflow.load(id), 'workflow', id).prepared
      return (await webhookOf(exception, context))?.body ?? null
    },
    approval: async ({ edits }, _, { approval }) => {
      const id = edits.find(({ status }) => status === 'PROPOSED')?.approvalId ?? null
      return id === null ? null : approval.load(id)
    },
  },
  InboundWebhook: { connector: ({ source }) => source },
  Customer: {
    __resolveReference: (reference) => reference,
    pendingProposals: ({ id }, _, { proposals }) => proposals.load(id),
  },
  Contract: {
    __resolveReference: (reference) => reference,
    agreement: ({ id }, _, { contractAgreement }) => contractAgreement.load(id),
    pendingProposals: ({ id }, _, { proposals }) => proposals.load(id),
  },
  Proposal: { subject: ({ objectId }) => objectId, hash: contentHash },
  PayloadChange: { path: ({ path }) => path.join('.') },
  RefusedException: {
    exception: async ({ exceptionId: id }, _, { exception }) =>
      found(await exception.load(id), 'exception', id),
    // The schema lists the codes that a request can be refused with.
    code: ({ code }) => code as UserErrorCode,
  },
  ResolveExceptionsPayload: { userErrors },
  ResolveExceptionPayload: {
    exception: ({ exceptionId }, _, { exception }) => exception.load(exceptionId),
    workflow: async ({ exceptionId }, _, { exception, workflow }) => {
      const known = await exception.load(exceptionId)
      return known?.workflowId ? workflow.load(known.workflowId) : null
    },
    userErrors,
  },
}
