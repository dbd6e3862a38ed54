import type { RaisedException } from '#domain/exception.ts'
import type { Violation } from '#domain/failure.ts'
import type { UnitOfWork } from '#platform/command.ts'
import { countRows, PAGE_SIZE, pageQuery, readPage } from '#platform/page.ts'
import { exceptionList } from '../exception-store.ts'
import { refused, type Resolution, resolveException } from './resolve.ts'

/** What is said of a single exception. */
type OfOne = 'exceptionId' | 'payload' | 'externalId' | 'documentNumber' | 'proposalHash'

/** What a person wants done about all exceptions that a filter selects. */
export interface BulkResolution extends Omit<Resolution, OfOne> {
  readonly filter: object
  /** Whether only to count them. */
  readonly dryRun: boolean
  /** As the dry run counted them: what came since was not meant. */
  readonly expectedCount: number | null
}

/** What became of it. */
export interface BulkOutcome {
  /** How many the filter selects. */
  readonly count: number
  /** About how many it was done. */
  readonly doneCount: number
  /** About which it could not be done, and why. */
  readonly refused: readonly RefusedException[]
  readonly violations: readonly Violation[]
}

/** An exception about which nothing was done. */
export interface RefusedException {
  readonly exceptionId: string
  readonly code: Violation['code']
  readonly message: string
}

/** Does one thing about all exceptions that a filter selects, in one transaction, if they are as many as expected. */
export async function resolveExceptions(
  unit: UnitOfWork,
  { filter, dryRun, expectedCount, ...resolution }: BulkResolution,
  now: Temporal.Instant,
): Promise<BulkOutcome> {
  const query = pageQuery(exceptionList, null, { first: PAGE_SIZE.max, filter })
  const [count = 0] = await countRows(unit, query, null)
  const { violations = [] } = check(resolution, count, dryRun, expectedCount)
  if (dryRun || violations.length > 0) return { count, doneCount: 0, refused: [], violations }
  const { rows } = await readPage(unit, query)
  const outcomes: (RefusedException | null)[] = []
  for (const exception of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    outcomes.push(await resolveOne(unit, exception, resolution, now))
  const left = outcomes.filter((outcome) => outcome !== null)
  return { count, doneCount: rows.length - left.length, refused: left, violations: [] }
}

function check(
  { action }: Pick<Resolution, 'action'>,
  count: number,
  dryRun: boolean,
  expectedCount: number | null,
): { readonly violations?: readonly Violation[] } {
  if (action === 'EDIT_AND_RETRY')
    return refused('PAYLOAD_INVALID', 'action', 'Payloads are edited one by one')
  if (action === 'ACCEPT')
    return refused('PAYLOAD_INVALID', 'action', 'What is proposed is accepted one by one')
  if (action === 'ADOPT' || action === 'SEND_AGAIN')
    return refused('PAYLOAD_INVALID', 'action', 'What happened outside is found out one by one')
  if (count > PAGE_SIZE.max)
    return refused('TOO_MANY', 'filter', `It selects ${count}; at most ${PAGE_SIZE.max} at once`)
  if (!dryRun && expectedCount !== count)
    return refused('COUNT_CHANGED', 'expectedCount', `It selects ${count}: look at them first, by a dry run`)
  return {}
}

async function resolveOne(
  unit: UnitOfWork,
  { id: exceptionId }: RaisedException,
  resolution: Omit<Resolution, OfOne>,
  now: Temporal.Instant,
): Promise<RefusedException | null> {
  const ofOne = { exceptionId, payload: null, externalId: null, documentNumber: null, proposalHash: null }
  const { violations } = await resolveException(unit, { ...resolution, ...ofOne }, now)
  const [first] = violations ?? []
  return first === undefined ? null : { exceptionId, code: first.code, message: first.message }
}
