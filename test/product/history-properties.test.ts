/** Histories through the product and PostgreSQL: every invariant holds, and the books are those of the rules alone. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { checkBooks } from '#commands/check-books.ts'
import { later } from '#domain/calendar.ts'
import { type Facts, mergeFacts } from '#domain/facts.ts'
import { manualClock } from '#platform/clock.ts'
import { createRecordFacts } from '#product.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { anyHistory, type Step } from '#test/domain/history.ts'
import { MemoryBooks, openingFacts } from '#test/domain/memory-books.ts'
import { tell } from '#test/domain/teller.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

const { seed, runs } = inject('properties')
const HISTORIES = runs === null ? 100 : 500

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** One customer's history, in the books of a legal entity of its own. */
interface Life {
  readonly name: string
  readonly opening: ReturnType<typeof openingFacts>
  readonly steps: readonly Step[]
  readonly books: MemoryBooks
}

const lives = fc.sample(anyHistory, { seed, numRuns: HISTORIES }).map((history, index): Life => {
  const name = `H${index}`
  const opening = openingFacts(history, name)
  return { name, opening, steps: tell(history, name).steps, books: new MemoryBooks(opening) }
})

it(`keeps every invariant over ${HISTORIES} histories at once, and posts what the rules say`, async () => {
  const clock = manualClock('2026-01-01T00:00:00Z')
  const record = (parts: readonly Partial<Facts>[]): Promise<unknown> => {
    clock.advance({ seconds: 1 })
    return createRecordFacts(database.of, clock, 'histories')(mergeFacts(parts))
  }
  await record(lives.map(({ opening }) => opening))
  for (const { stated, through } of turnsOf(lives)) {
    await record(stated)
    clock.advance({ seconds: 1 })
    const context = { subgraph: 'erp', clock, correlationId: 'histories' }
    if (through !== null) await recognizeRevenue(database.of('erp'), context, { through })
  }
  const findings = await checkBooks(database)
  expect(
    findings.filter(({ ids }) => ids.length > 0).map(({ invariant, ids }) => [invariant.name, ids]),
  ).toEqual([])
  expect(await trialBalances()).toEqual(
    Object.fromEntries(lives.map(({ name, books }) => [name, books.trialBalance()])),
  )
})

/** What is stated at one time in all lives, and the period run after it. */
interface Turn {
  readonly stated: readonly Partial<Facts>[]
  readonly through: Temporal.PlainDate | null
}

/** The steps of all lives side by side, each taken in memory as well. A period run is for everybody. */
function turnsOf(all: readonly Life[]): Turn[] {
  const length = Math.max(...all.map(({ steps }) => steps.length))
  return Array.from({ length }, (_, index) => {
    const steps = all.flatMap(({ steps: [...own] }) => own[index] ?? [])
    const days = steps.flatMap((step) => ('recognizeThrough' in step ? [step.recognizeThrough] : []))
    const through = days.length === 0 ? null : days.reduce(later)
    for (const { steps: own, books } of all) {
      const step = own[index]
      if (step !== undefined && 'facts' in step) books.take(step)
      if (through !== null) books.take({ recognizeThrough: through })
    }
    return { stated: steps.flatMap((step) => ('facts' in step ? [step.facts] : [])), through }
  })
}

async function trialBalances(): Promise<Record<string, ReturnType<MemoryBooks['trialBalance']>>> {
  const rows = await database.owner.rows<{ name: string; role: string; own: bigint; functional: bigint }>({
    text: `SELECT legal_entity_id AS name, role, sum(debit - credit)::bigint AS own,
        sum(functional_debit - functional_credit)::bigint AS functional
      FROM erp.journal_line GROUP BY legal_entity_id, role
      HAVING sum(debit - credit) <> 0 OR sum(functional_debit - functional_credit) <> 0`,
    values: [],
  })
  const balances: Record<string, Record<string, [bigint, bigint]>> = Object.fromEntries(
    lives.map(({ name }) => [name, {}]),
  )
  for (const { name, role, own, functional } of rows) (balances[name] ??= {})[role] = [own, functional]
  return balances
}
