import type { Violation } from '#domain/failure.ts'
import { money } from '#domain/money.ts'
import { runCommand, type UnitOfWork } from '#platform/command.ts'
import { found } from '#platform/graphql.ts'
import { readConnection } from '#platform/loaders.ts'
import { mutate } from '#platform/mutation.ts'
import type { Resolvers, UserErrorCode } from '#schema/operations.generated.ts'
import { exceptionList } from '../exception-store.ts'
import type { Context, Writing } from '../loaders.ts'
import { type Resolution, resolveException } from './resolve.ts'

/** What became of doing something about an exception, for its payload. */
export interface ExceptionAnswer {
  readonly exceptionId: string
  readonly replayed: boolean
  readonly violations: readonly Violation[]
}

/** What people decide is told with what becomes of it, where that is soon. */
const SETTLED_WITHIN_MS = 2_000

/** The queries of exceptions. */
export const exceptionQueries: NonNullable<Resolvers['Query']> = {
  exception: async (_, { id }, { exception }) => found(await exception.load(id), 'exception', id),
  exceptions: (_, args, { db }) => readConnection(db, exceptionList, args),
}

/** The mutations of exceptions. */
export const exceptionMutations: NonNullable<Resolvers['Mutation']> = {
  resolveException: async (_, { input }, context) => {
    const { idempotencyKey, ...asked } = input
    const resolution: Resolution = {
      ...asked,
      actor: asked.actor ?? null,
      assignee: asked.assignee ?? null,
    }
    const decided = await decide(
      context.write,
      'resolveException',
      { ...resolution, idempotencyKey: idempotencyKey ?? null },
      async (unit) => {
        const { violations } = await resolveException(unit, resolution, context.write.command.clock.now())
        return { violations: violations ?? [] }
      },
    )
    if (decided.violations.length === 0) await goOn(context, asked.exceptionId)
    return { exceptionId: asked.exceptionId, ...decided }
  },
}

/** Has what a person decided done in one transaction, once for its key where there is one. */
async function decide(
  { db, command }: Writing,
  operation: string,
  { idempotencyKey, ...asked }: { readonly idempotencyKey: string | null },
  work: (unit: UnitOfWork) => Promise<{ readonly violations: readonly Violation[] }>,
): Promise<{ readonly replayed: boolean; readonly violations: readonly Violation[] }> {
  if (idempotencyKey === null) {
    const { violations } = await runCommand(db, command, work)
    return { replayed: false, violations }
  }
  const input = { ...asked, idempotencyKey }
  const { result, replayed } = await mutate(db, command, { operation, input }, work)
  return { replayed, violations: result.violations }
}

/** Has the workflow gone on with at once, and waits a little for what becomes of it. */
async function goOn({ desk, exception }: Context, exceptionId: string): Promise<void> {
  desk.ring()
  const known = await exception.load(exceptionId)
  if (known?.status === 'IN_PROGRESS') await desk.settled(known.workflowId, SETTLED_WITHIN_MS)
  exception.clear(exceptionId)
}

/** The schema lists the codes that a request can be refused with; the writer of answers fails on another one. */
const userErrors = ({ violations }: { readonly violations: readonly Violation[] }) =>
  violations.map(({ code, field, message }) => ({ code: code as UserErrorCode, field, message }))

/** What exceptions show. */
export const exceptionResolvers: Pick<Resolvers, 'Exception' | 'ResolveExceptionPayload'> = {
  Exception: {
    __resolveReference: async ({ id }, { exception }) => found(await exception.load(id), 'exception', id),
    moneyAtRisk: ({ moneyAtRisk: risk }) => risk && money(risk.minorUnits, risk.currency),
    workflow: async ({ workflowId: id }, _, { workflow }) => found(await workflow.load(id), 'workflow', id),
    customer: ({ customerId }) => (customerId === null ? null : { id: customerId }),
  },
  ResolveExceptionPayload: {
    exception: ({ exceptionId }, _, { exception }) => exception.load(exceptionId),
    workflow: async ({ exceptionId }, _, { exception, workflow }) => {
      const known = await exception.load(exceptionId)
      return known === null ? null : workflow.load(known.workflowId)
    },
    userErrors,
  },
}
