// A change of standing is told when it happens, and what is told last is what the graph computes.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { readLag } from '#platform/log/consumer-store.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { Random } from '#subgraphs/operations/seed/random.ts'
import { dispute, invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { creditProfile, openingFacts } from '#test/erp/books.ts'
import { contractFact, customerFact } from '#test/support/facts.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'

const CHANGES = readFileSync(
  new URL('../../schema/examples/standing-changes.graphql', import.meta.url),
  'utf8',
)

interface Reason {
  readonly code: string
  readonly level: string
  readonly amount: { readonly minorUnits: string; readonly currency: string } | null
}
interface Standing {
  readonly level: string
  readonly reasons: readonly Reason[]
}
interface Change {
  readonly standingChanges: {
    readonly cursor: string
    readonly customer: { readonly id: string; readonly name: string }
    readonly before: { readonly level: string } | null
    readonly after: { readonly level: string; readonly reasons: readonly { readonly code: string }[] }
  }
}

let world: LiveWorld
let stopInsight: () => Promise<void>
/** A store of its own for each of the stories below. */
function inWorldOfItsOwn(): void {
  beforeAll(async () => {
    world = await openLiveWorld()
    stopInsight = await world.startInsight()
  })
  afterAll(async () => {
    await stopInsight()
    await world.close()
  })
}

/** What the graph computes, for every customer. */
async function computed(): Promise<Map<string, string>> {
  interface Page {
    readonly customers: {
      readonly nodes: readonly { readonly id: string; readonly standing: Standing }[]
      readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean }
    }
  }
  const query = `query ($after: String) { customers(first: 100, after: $after) {
    nodes { id standing { level reasons { code level amount { minorUnits currency } } } }
    pageInfo { endCursor hasNextPage }
  } }`
  const found = new Map<string, string>()
  let after: string | undefined
  do {
    const { data, errors } = await world.ask<Page>(query, { after })
    expect(errors).toBeUndefined()
    for (const { id, standing } of data?.customers.nodes ?? []) found.set(id, textOf(standing))
    after = data?.customers.pageInfo.hasNextPage === true ? data.customers.pageInfo.endCursor : undefined
  } while (after !== undefined)
  return found
}

/** What was told last of every customer. */
async function told(): Promise<Map<string, string>> {
  const rows = await world.database.owner.rows<{ id: string; after: Standing }>({
    text: 'SELECT customer_id AS id, after FROM insight.standing',
    values: [],
  })
  return new Map(rows.map(({ id, after }) => [id, textOf(after)]))
}

/** A standing without its messages, which count days. */
function textOf({ level, reasons }: Standing): string {
  const texts = reasons.map((reason) =>
    [reason.code, reason.level, reason.amount?.minorUnits, reason.amount?.currency].join(' '),
  )
  return [level, ...texts.toSorted()].join(', ')
}

const sorted = (standings: ReadonlyMap<string, string>): string[] =>
  [...standings].map((entry) => entry.join(': ')).toSorted()

/** Waits until what was told last is what is computed. */
async function agreed(): Promise<void> {
  const expected = sorted(await computed())
  await expect.poll(async () => sorted(await told()), { interval: 20 }).toEqual(expected)
}

/** What insight keeps of the other subgraphs. */
const factsKept = (): Promise<object[]> =>
  world.database.owner.rows({
    text: 'SELECT * FROM insight.projection_state ORDER BY projection, key',
    values: [],
  })

/** How many events insight has not taken note of, by consumer that is behind. */
async function lags(): Promise<bigint[]> {
  const shares = await readLag(world.database.of('insight'), 'insight', ['crm', 'billing', 'erp'])
  return shares.map(({ events }) => events).filter((events) => events > 0n)
}

/** Waits until insight has taken note of all that was published. */
async function caughtUp(): Promise<void> {
  await expect.poll(lags, { interval: 20 }).toEqual([])
}

/** How many changes were told of. */
async function changes(): Promise<number> {
  const [row] = await world.database.owner.rows<{ count: number }>({
    text: 'SELECT count(*)::int AS count FROM insight.event',
    values: [],
  })
  return row?.count ?? 0
}

/** Minutes of the story in which nothing is looked at, as while the process restarts. */
async function restartInsight(meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  await stopInsight()
  await meanwhile()
  stopInsight = await world.startInsight()
}

const CUSTOMERS = 40

describe('A company with a past', () => {
  inWorldOfItsOwn()

  it('is told of once for each customer, and not for what was so in the past', async () => {
    const today = Temporal.PlainDate.from('2026-06-15')
    await restartInsight(async () => {
      for (const facts of generateCompany({ customers: CUSTOMERS, seed: 7, today })) await world.record(facts)
    })
    await agreed()
    expect(await changes()).toBe((await computed()).size)
  })

  it('changes with the calendar, where the days of the companies begin', async () => {
    const before = await changes()
    for (const days of [1, 29, 31]) {
      world.clock.advance({ days })
      await agreed()
    }
    expect(await changes()).toBeGreaterThan(before)
  })
})

describe('A standing', () => {
  inWorldOfItsOwn()
  beforeAll(async () => {
    await world.record({ ...openingFacts(), customers: [customerFact({ id: 'customer-1' })] })
  })

  const overdue = invoiceFact({ id: 'inv_late', lines: [invoiceLine(100n)] })

  it('is told within moments, with the standing before and after, and what caused it', async () => {
    await agreed()
    const { extensions } = await world.ask('{ __typename }', {}, true)
    const document = CHANGES.replace(
      '{ standingChanges',
      '($after: String) { standingChanges(after: $after)',
    ).replace('customer {', 'event { type correlationId causationId } customer {')
    const watch = world.watch<Change>(document, { after: extensions?.eventCursor })
    await world.record({ invoices: [overdue] })
    expect((await watch.next())?.data).toMatchObject({
      standingChanges: {
        event: {
          type: 'revgraph.insight.standing.changed.v1',
          correlationId: 'test',
          causationId: 'inv_late.1',
        },
        customer: { id: 'customer-1', name: 'Acme' },
        before: { level: 'GOOD' },
        after: { level: 'AT_RISK', reasons: [{ code: 'OVERDUE' }] },
      },
    })
    const allocations = [{ id: 'alc_late', invoiceId: 'inv_late', amount: 100n }]
    await world.record({ payments: [paymentFact({ id: 'pay_late', allocations })] })
    expect((await watch.next())?.data?.standingChanges).toMatchObject({
      before: { level: 'AT_RISK' },
      after: { level: 'GOOD', reasons: [] },
    })
    watch.leave()
  })

  it('rests on each kind of fact', async () => {
    const stories: [Partial<Facts>, string][] = [
      [{ disputes: [dispute({ id: 'dsp_1', customerId: 'customer-1' })] }, 'AT_RISK'],
      [{ creditProfiles: [creditProfile({ onHold: true, holdReason: 'unpaid' })] }, 'HOLD'],
      [{ creditProfiles: [{ ...creditProfile(), ...later(creditProfile()) }] }, 'AT_RISK'],
      [
        { contracts: [contractFact({ id: 'ctr_s', customerId: 'customer-1', status: 'SUSPENDED' })] },
        'AT_RISK',
      ],
    ]
    for (const [facts, level] of stories) {
      await world.record(facts)
      await agreed()
      expect((await told()).get('customer-1')).toContain(level)
    }
  })

  it('is the same after any sequence of facts, repeated and with restarts in between', async () => {
    const random = new Random(20_260_615)
    const customers = ['customer-4', 'customer-5', 'customer-6']
    await world.record({ customers: customers.map((id) => customerFact({ id })) })
    for (let step = 0; step < 80; step += 1) {
      const facts = randomFacts(random, random.pick(customers), BigInt(step + 10))
      if (random.chance(10)) await restartInsight(() => world.record(facts))
      else await world.record(facts)
      if (random.chance(20)) await world.record(facts)
      if (random.chance(10)) world.clock.advance({ hours: 30 })
    }
    await agreed()
  })

  it('is the same after the events were delivered once more, and after all was forgotten and read again', async () => {
    const [before, count] = [await factsKept(), await changes()]
    await restartInsight(() =>
      world.database.owner.rows({ text: 'UPDATE insight.consumer SET position = 0', values: [] }),
    )
    await caughtUp()
    await agreed()
    await restartInsight(async () => {
      const tables = 'insight.projection_state, insight.review'
      await world.database.owner.rows({ text: `TRUNCATE ${tables}`, values: [] })
      await world.database.owner.rows({ text: 'UPDATE insight.consumer SET position = 0', values: [] })
    })
    await caughtUp()
    expect(await factsKept()).toEqual(before)
    await agreed()
    expect(await changes()).toBe(count)
  })
})

/** The same fact as its source states it later. */
function later<Fact extends { readonly externalRefs: readonly { readonly sourceVersion: bigint }[] }>(
  fact: Fact,
  sourceVersion = 2n,
): Fact {
  return { ...fact, externalRefs: fact.externalRefs.map((ref) => ({ ...ref, sourceVersion })) }
}

/** Something that happens to a customer, as its source states it at this time. */
function randomFacts(random: Random, customerId: string, sourceVersion: bigint): Partial<Facts> {
  const id = `${customerId}-${random.pick([1, 2, 3])}`
  const currency = random.pick(['USD', 'EUR'])
  const amount = random.pick([50n, 100n, 1_000_000n])
  const isVoid = random.chance(30)
  const issueDate = random.pick(['2026-02-01', '2026-06-01', '2026-07-01'])
  const at = <Fact extends { readonly externalRefs: readonly { readonly sourceVersion: bigint }[] }>(
    fact: Fact,
  ) => later(fact, sourceVersion)
  return random.pick<() => Partial<Facts>>([
    () => ({
      invoices: [
        at(
          invoiceFact({
            id: `inv_${id}`,
            number: `N-${id}`,
            customerId,
            currency,
            issueDate: Temporal.PlainDate.from(issueDate),
            ...(isVoid && { lifecycle: 'VOID', closedOn: Temporal.PlainDate.from('2026-06-20') }),
            lines: [invoiceLine(amount)],
          }),
        ),
      ],
    }),
    () => ({
      payments: [
        at(
          paymentFact({
            id: `pay_${id}`,
            currency,
            amount,
            customerId: random.pick([customerId, null]),
            allocations: random.chance(50) ? [{ id: 'a', invoiceId: `inv_${id}`, amount: 50n }] : [],
          }),
        ),
      ],
    }),
    () => ({
      disputes: [
        at(
          dispute({
            id: `dsp_${id}`,
            customerId,
            currency,
            amount,
            status: random.pick(['NEEDS_RESPONSE', 'WON', 'LOST'] as const),
          }),
        ),
      ],
    }),
    () => ({
      contracts: [
        at(
          contractFact({
            id: `ctr_${id}`,
            customerId,
            number: `C-${id}`,
            autoRenew: random.chance(50),
            endDate: Temporal.PlainDate.from(random.pick(['2026-08-01', '2027-01-01'])),
            status: random.pick(['ACTIVE', 'SUSPENDED', 'EXPIRED'] as const),
          }),
        ),
      ],
    }),
    () => ({
      creditProfiles: [
        at(creditProfile({ id: `cpr_${customerId}`, customerId, currency, onHold: random.chance(30) })),
      ],
    }),
    () => ({
      customers: [at(customerFact({ id: customerId, status: random.pick(['ACTIVE', 'INACTIVE'] as const) }))],
    }),
    () => ({
      customers: [
        at(
          customerFact({
            id: 'customer-5',
            status: 'MERGED',
            mergedIntoId: random.pick(['customer-4', 'customer-6']),
          }),
        ),
      ],
    }),
  ])()
}
