import { found } from '#platform/graphql.ts'
import type { Replayable } from '#platform/idempotency.ts'
import { mutate } from '#platform/mutation.ts'
import type { Resolvers, UserErrorCode } from '#schema/operations.generated.ts'
import { readExport } from '../export-store.ts'
import { expiryOf, type ExportOutcome, exportsKeptSince, makeExport, requestExport } from './desk.ts'

/** Where the gateway gives files away. */
const EXPORTS_PATH = '/exports/'

/** What came of asking for an export, for its payload. */
export type ExportAnswer = Replayable<ExportOutcome>

/** The query of exports. */
export const exportQueries = {
  export: async (_, { id }, { db, write }) =>
    found(await readExport(db, 'id', id, exportsKeptSince(write.command.clock.now())), 'export', id),
} satisfies Resolvers['Query']

/** The mutation of exports. */
export const exportMutations = {
  exportView: async (_, { input }, { write: { db, command }, exports: { source, log } }) => {
    const now = command.clock.now()
    const answer = await mutate(db, command, { operation: 'exportView', input }, (unit) =>
      requestExport(unit, source, input, now),
    )
    const { exportId } = answer.result
    if (exportId !== null && !answer.replayed)
      makeExport(db, source, exportId, { log, now }).catch((err: unknown) => {
        log.error({ err, exportId }, 'an export was left as it was')
      })
    return answer
  },
} satisfies Resolvers['Mutation']

/** What exports show. */
export const exportResolvers = {
  Export: {
    url: ({ status, token }) => (status === 'DONE' ? `${EXPORTS_PATH}${token}` : null),
    expiresAt: expiryOf,
  },
  ExportViewPayload: {
    export: async ({ result: { exportId } }, _, { db, write }) =>
      exportId === null ? null : readExport(db, 'id', exportId, exportsKeptSince(write.command.clock.now())),
    // The schema lists the codes that a request can be refused with.
    userErrors: ({ result: { violations } }) =>
      violations.map(({ code, field, message }) => ({ code: code as UserErrorCode, field, message })),
  },
} satisfies Resolvers
