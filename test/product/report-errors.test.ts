// What the reports refuse, by code and place: an unknown legal entity, a day out of range, a page too large.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import { createRecordFacts, createSubgraph } from '#product.ts'
import { openingFacts } from '#test/erp/books.ts'
import { failuresOf } from '#test/support/ask.ts'
import { silentLog } from '#test/support/log.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

const clock = manualClock('2026-06-01T00:00:00Z')

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  await createRecordFacts(database.of, clock, 'test')(openingFacts())
})
afterAll(() => database.close())

const ROLLED = 'totalCount nodes { currency }'
/** A root field that asks for a roll-forward. */
const rollForward = (id: string, from: string, through: string, first: string, more = ''): string =>
  `deferredRevenueRollForward(legalEntityId: "${id}", from: "${from}", through: "${through}",
    first: ${first}, ${more}) { ${ROLLED} }`

const ids = Array.from({ length: 101 }, (_, n) => `"${n}"`).join(', ')

it.each([
  ['erp', rollForward('nobody', '2026-01', '2026-02', '1'), 'NOT_FOUND'],
  ['erp', rollForward('entity-1', '2026-02', '2026-01', '1'), 'BAD_USER_INPUT'],
  ['erp', rollForward('entity-1', '2026-01', '2029-01', '1'), 'BAD_USER_INPUT'],
  ['erp', rollForward('entity-1', '2025-12', '2026-01', '1'), 'BAD_USER_INPUT'],
  ...[0, 101].map(
    (first) => ['erp', rollForward('entity-1', '2026-01', '2026-02', `${first}`), 'BAD_USER_INPUT'] as const,
  ),
  [
    'erp',
    rollForward('entity-1', '2026-01', '2026-02', '1', `filter: { customer: { in: [${ids}] } }`),
    'BAD_USER_INPUT',
  ],
  ['erp', rollForward('entity-1', '2026-01', '2026-02', '1', `after: "damaged"`), 'CURSOR_INVALID'],
  [
    'erp',
    'remainingPerformanceObligations(legalEntityId: "nobody", asOf: "2026-01-31") { count }',
    'NOT_FOUND',
  ],
  [
    'erp',
    'remainingPerformanceObligations(legalEntityId: "entity-1", asOf: "2025-12-31") { count }',
    'BAD_USER_INPUT',
  ],
  ['erp', 'revenueSchedule(id: "nothing") { id }', 'NOT_FOUND'],
  ['erp', 'revenueSchedule(id: "nothing", knownAt: "2026-06-01T00:00:01Z") { id }', 'BAD_USER_INPUT'],
  ['billing', 'receivablesAgeing(legalEntityId: "nobody") { currencies { currency } }', 'NOT_FOUND'],
  ['billing', 'receivablesAgeing(asOf: "2026-06-02") { currencies { currency } }', 'BAD_USER_INPUT'],
  [
    'billing',
    'receivablesAgeing(knownAt: "2026-06-01T00:00:01Z") { currencies { currency } }',
    'BAD_USER_INPUT',
  ],
  ['billing', 'receivablesAgeing(buckets: [30, 30]) { currencies { currency } }', 'BAD_USER_INPUT'],
  ['billing', 'receivablesAgeing(buckets: []) { currencies { currency } }', 'BAD_USER_INPUT'],
] as const)('%s refuses %s with %s', async (name, field, code) => {
  const [root] = field.split('(')
  expect(
    await failuresOf(createSubgraph(name, database.of, clock, createLocalBus(), silentLog), `{ ${field} }`),
  ).toEqual([`${code} at ${root}`])
})

it('answers for books in which nothing happened', async () => {
  const erp = createSubgraph('erp', database.of, clock, createLocalBus(), silentLog)
  const asked = `{
    ${rollForward('entity-1', '2026-01', '2028-12', '100')}
    remainingPerformanceObligations(legalEntityId: "entity-1", asOf: "2026-01-31") { count } }`
  expect(await failuresOf(erp, asked)).toEqual([])
  expect(
    await failuresOf(
      createSubgraph('billing', database.of, clock, createLocalBus(), silentLog),
      '{ receivablesAgeing { currencies { currency } } }',
    ),
  ).toEqual([])
})
