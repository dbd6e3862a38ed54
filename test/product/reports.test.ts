/** Every figure of the reports for every month, legal entity and currency, against plain SQL over the raw tables. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Table } from '#platform/table.ts'
import { billingInvariants, payments } from '#subgraphs/billing/store.ts'
import { creditNotes, disputes, invoices, refunds } from '#subgraphs/billing/tables.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { openWorld, type World } from './world.ts'

const CUSTOMERS = 40
const LAST_MONTH = Temporal.PlainYearMonth.from('2026-10')

interface Entity {
  readonly id: string
  readonly functionalCurrency: string
}

let world: World
let entities: readonly Entity[]
let months: readonly Temporal.PlainYearMonth[]

beforeAll(async () => {
  world = await openWorld({ customers: CUSTOMERS })
  entities = await rows<Entity>(
    'SELECT id, functional_currency AS "functionalCurrency" FROM erp.legal_entity ORDER BY code',
  )
  const [first] = await rows<{ month: string }>('SELECT min(period) AS month FROM erp.journal_entry')
  const start = Temporal.PlainYearMonth.from(first?.month ?? '')
  const { months: length } = start.until(LAST_MONTH, { largestUnit: 'months' })
  months = Array.from({ length: length + 1 }, (_, later) => start.add({ months: later }))
})
afterAll(() => world.close())

function rows<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return world.database.owner.rows<Row>({ text, values })
}

async function ask<Data>(document: string, variables: object): Promise<Data> {
  const { data, errors } = JSON.parse((await world.ask(document, variables)).body) as {
    data: Data
    errors?: unknown
  }
  expect(errors).toBeUndefined()
  return data
}

const byAccount = (a: { account: string }, b: { account: string }) => (a.account < b.account ? -1 : 1)
const monthEnd = (month: Temporal.PlainYearMonth) => month.toPlainDate({ day: month.daysInMonth }).toString()

interface Amount {
  readonly minorUnits: string
}

const minor = ({ minorUnits }: Amount): bigint => BigInt(minorUnits)

/** The function for every legal entity and month. */
async function forEach(
  check: (entity: Entity, month: Temporal.PlainYearMonth) => Promise<void>,
): Promise<void> {
  expect(entities).toHaveLength(3)
  expect(months.length).toBeGreaterThan(20)
  for (const entity of entities) for (const month of months) await check(entity, month)
}

test.each(['asOf', 'period'] as const)('the trial balance by %s', async (argument) => {
  await forEach(async ({ id }, month) => {
    const { trialBalance } = await ask<{
      trialBalance: {
        debit: Amount
        credit: Amount
        accounts: {
          account: { id: string }
          debit: Amount
          credit: Amount
          balance: Amount
          currencies: { currency: string; balance: Amount; functionalBalance: Amount }[]
        }[]
      }
    }>(
      `query ($id: ID!, $asOf: Date, $period: YearMonth) {
        trialBalance(legalEntityId: $id, asOf: $asOf, period: $period) {
          debit { minorUnits } credit { minorUnits }
          accounts { account { id } debit { minorUnits } credit { minorUnits } balance { minorUnits }
            currencies { currency balance { minorUnits } functionalBalance { minorUnits } } } } }`,
      { id, [argument]: argument === 'asOf' ? monthEnd(month) : month.toString() },
    )
    const condition =
      argument === 'asOf'
        ? 'date <= $2::date'
        : '(SELECT period FROM erp.journal_entry e WHERE e.id = entry_id) <= $2'
    const expected = await rows<{ account: string; debit: bigint; credit: bigint; currencies: string }>(
      `SELECT account_id AS account, sum(functional_debit)::bigint AS debit, sum(functional_credit)::bigint AS credit,
        (SELECT string_agg(DISTINCT x.currency, ' ') FROM erp.journal_line x WHERE x.account_id = l.account_id
          AND x.legal_entity_id = $1) AS currencies
      FROM erp.journal_line l WHERE legal_entity_id = $1 AND ${condition} GROUP BY account_id`,
      [id, argument === 'asOf' ? monthEnd(month) : month.toString()],
    )
    const reported = trialBalance.accounts.map(({ account, debit, credit }) => ({
      account: account.id,
      debit: minor(debit),
      credit: minor(credit),
    }))
    expect(reported.toSorted(byAccount)).toEqual(
      expected.map(({ account, debit, credit }) => ({ account, debit, credit })).toSorted(byAccount),
    )
    expect(trialBalance.debit).toEqual(trialBalance.credit)
    for (const { balance, currencies } of trialBalance.accounts) {
      expect(currencies.reduce((sum, it) => sum + minor(it.functionalBalance), 0n)).toBe(minor(balance))
    }
  })
})

interface Rolled {
  readonly opening: Amount
  readonly billed: Amount
  readonly recognized: Amount
  readonly adjusted: Amount
  readonly closing: Amount
}

/** What the account and the schedules say of each month, for a legal entity, currency, customer and contract. */
const MOVEMENTS = `SELECT month.period,
  (SELECT coalesce(sum(l.credit - l.debit), 0) FROM erp.journal_line l
    JOIN erp.journal_entry e ON e.id = entry_id JOIN erp.ledger_account a ON a.id = l.account_id
    WHERE a.role = 'DEFERRED_REVENUE' AND a.legal_entity_id = $1 AND l.currency = $2 AND e.period <= month.period
      AND ($3::text IS NULL OR e.customer_id = $3)
      AND ($6 <> 'CONTRACT' OR e.contract_id IS NOT DISTINCT FROM $4))::bigint AS closing,
  (SELECT coalesce(sum(m.amount), 0) FROM erp.schedule_entry m JOIN erp.revenue_schedule s ON s.id = m.schedule_id
    JOIN erp.journal_entry e ON e.id = m.journal_entry_id
    WHERE s.legal_entity_id = $1 AND s.currency = $2 AND e.period = month.period
      AND ($3::text IS NULL OR s.customer_id = $3)
      AND ($6 <> 'CONTRACT' OR s.contract_id IS NOT DISTINCT FROM $4))::bigint AS earned
  FROM unnest($5::text[]) AS month(period) ORDER BY 1`

const ROLL_FORWARD = `query (
  $id: ID!, $from: YearMonth!, $through: YearMonth!, $by: RollForwardSubject!, $after: String
) {
  deferredRevenueRollForward(legalEntityId: $id, from: $from, through: $through, by: $by, first: 7, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { currency customer { id } contract { id } periods { period amounts {
      opening { minorUnits } billed { minorUnits } recognized { minorUnits } adjusted { minorUnits }
      closing { minorUnits } } } } } }`

interface RolledNode {
  readonly currency: string
  readonly customer: { readonly id: string } | null
  readonly contract: { readonly id: string } | null
  readonly periods: { readonly period: string; readonly amounts: Rolled }[]
}

async function rollForwards(id: string, by: string): Promise<RolledNode[]> {
  const nodes: RolledNode[] = []
  let after: string | null = null
  let total = 0
  for (let more = true; more;) {
    const {
      deferredRevenueRollForward: page,
    }: Record<
      string,
      { totalCount: number; nodes: RolledNode[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
    > = await ask(ROLL_FORWARD, {
      id,
      from: months[0]?.toString(),
      through: LAST_MONTH.toString(),
      by,
      after,
    })
    if (page === undefined) throw new Error('no page')
    nodes.push(...page.nodes)
    more = page.pageInfo.hasNextPage
    after = page.pageInfo.endCursor
    total = page.totalCount
  }
  expect(nodes).toHaveLength(total)
  return nodes
}

test.each(['LEGAL_ENTITY', 'CUSTOMER', 'CONTRACT'])(
  'the roll-forward of deferred revenue by %s',
  async (by) => {
    for (const { id } of entities) {
      const nodes = await rollForwards(id, by)
      expect(nodes.length).toBeGreaterThan(0)
      for (const { currency, customer, contract, periods } of nodes) {
        const movements = await rows(MOVEMENTS, [
          id,
          currency,
          customer?.id ?? null,
          contract?.id ?? null,
          months.map(String),
          by,
        ])
        expect(
          periods.map(({ period, amounts }) => ({
            period,
            closing: minor(amounts.closing),
            earned: minor(amounts.recognized),
          })),
        ).toEqual(movements)
        let opening = 0n
        for (const { amounts } of periods) {
          expect(minor(amounts.opening)).toBe(opening)
          opening = minor(amounts.closing)
          const { billed, recognized, adjusted } = amounts
          expect(minor(amounts.opening) + minor(billed) - minor(recognized) + minor(adjusted)).toBe(opening)
        }
      }
    }
  },
)

test('remaining performance obligations, split after twelve months', async () => {
  await forEach(async ({ id }, month) => {
    const { remainingPerformanceObligations } = await ask<{
      remainingPerformanceObligations: Record<'total' | 'withinTwelveMonths' | 'later', Amount>[]
    }>(
      `query ($id: ID!, $asOf: Date!) { remainingPerformanceObligations(legalEntityId: $id, asOf: $asOf) {
        total { minorUnits } withinTwelveMonths { minorUnits } later { minorUnits } } }`,
      { id, asOf: monthEnd(month) },
    )
    const expected = await rows<object>(
      `SELECT coalesce(sum(amount), 0)::bigint AS total,
        coalesce(sum(amount) FILTER (WHERE period <= $3), 0)::bigint AS within,
        coalesce(sum(amount) FILTER (WHERE period > $3), 0)::bigint AS later
      FROM erp.schedule_entry JOIN erp.revenue_schedule s ON s.id = schedule_id
      WHERE superseded_by IS NULL AND s.legal_entity_id = $1 AND period > $2 GROUP BY s.currency`,
      [id, month.toString(), month.add({ months: 12 }).toString()],
    )
    expect(
      remainingPerformanceObligations.map((it) => ({
        total: minor(it.total),
        within: minor(it.withinTwelveMonths),
        later: minor(it.later),
      })),
    ).toEqual(expected)
  })
})

interface Owed {
  readonly currency: string
  readonly total: Amount
  readonly overdue: Amount
  readonly unappliedCash: Amount
  readonly ageing: { readonly amount: Amount }[]
}

const RECEIVABLES =
  'currency total { minorUnits } overdue { minorUnits } unappliedCash { minorUnits } ageing { amount { minorUnits } }'

/** What is owed less what is on account, by currency; buckets sum up to what is owed. */
function netByCurrency(owed: readonly Owed[]): Record<string, bigint> {
  for (const { total, overdue, ageing } of owed) {
    const [current, ...late] = ageing.map(({ amount }) => minor(amount))
    const sumOfLate = late.reduce((sum, amount) => sum + amount, 0n)
    expect((current ?? 0n) + sumOfLate).toBe(minor(total))
    expect(sumOfLate).toBe(minor(overdue))
  }
  const nets = owed.map(
    ({ currency, total, unappliedCash }) => [currency, minor(total) - minor(unappliedCash)] as const,
  )
  return Object.fromEntries(nets.filter(([, net]) => net !== 0n))
}

/** The receivables account at the end of a day, by currency. */
async function receivablesAccount(
  day: string,
  condition: string,
  id: string,
): Promise<Record<string, bigint>> {
  const balances = await rows<{ currency: string; balance: bigint }>(
    `SELECT l.currency, sum(l.debit - l.credit)::bigint AS balance FROM erp.journal_line l
      JOIN erp.ledger_account a ON a.id = l.account_id
      WHERE a.role = 'RECEIVABLES' AND l.date <= $1 AND ${condition} = $2 AND l.customer_id IS NOT NULL
      GROUP BY 1 HAVING sum(l.debit - l.credit) <> 0`,
    [day, id],
  )
  return Object.fromEntries(balances.map(({ currency, balance }) => [currency, balance]))
}

test('ageing by legal entity is the receivables account of the books at the end of every month', async () => {
  await forEach(async ({ id }, month) => {
    const { receivablesAgeing } = await ask<{ receivablesAgeing: { currencies: Owed[] } }>(
      `query ($id: ID!, $asOf: Date!) {
        receivablesAgeing(legalEntityId: $id, asOf: $asOf) { currencies { ${RECEIVABLES} } } }`,
      { id, asOf: monthEnd(month) },
    )
    expect(netByCurrency(receivablesAgeing.currencies)).toEqual(
      await receivablesAccount(monthEnd(month), 'l.legal_entity_id', id),
    )
  })
})

test('what each customer owed is the receivables account of that day', async () => {
  for (const month of months) {
    const asOf = monthEnd(month)
    const { customers } = await ask<{ customers: { nodes: { id: string; receivablesAt: Owed[] }[] } }>(
      `query ($asOf: Date!) { customers(first: 100) { nodes { id receivablesAt(asOf: $asOf) { ${RECEIVABLES} } } } }`,
      { asOf },
    )
    for (const { id, receivablesAt } of customers.nodes) {
      expect(netByCurrency(receivablesAt)).toEqual(await receivablesAccount(asOf, 'l.customer_id', id))
    }
  }
})

test('the total of today is the sum of what customers owe today', async () => {
  const { receivablesAgeing, customers } = await ask<{
    receivablesAgeing: { currencies: Owed[] }
    customers: { nodes: { receivablesByCurrency: Owed[] }[] }
  }>(
    `{ receivablesAgeing { currencies { ${RECEIVABLES} } }
      customers(first: 100) { nodes { receivablesByCurrency { ${RECEIVABLES} } } } }`,
    {},
  )
  const each = customers.nodes.flatMap((it) => it.receivablesByCurrency)
  for (const { currency, ageing, ...amounts } of receivablesAgeing.currencies) {
    const own = each.filter((it) => it.currency === currency)
    const sumOf = (amountOf: (owed: Owed) => Amount): bigint =>
      own.reduce((sum, it) => sum + minor(amountOf(it)), 0n)
    expect(minor(amounts.total)).toBe(sumOf(({ total }) => total))
    expect(minor(amounts.unappliedCash)).toBe(sumOf((it) => it.unappliedCash))
    for (const [index, { amount }] of ageing.entries()) {
      expect(minor(amount)).toBe(sumOf((it) => it.ageing[index]?.amount ?? { minorUnits: '0' }))
    }
  }
})

test('the books are checked by the systems that keep them, once for all who ask', async () => {
  world.database.statements.length = 0
  const document = `{ checkBooks { checkedAt
    ledger { name holds offenderCount offenders } documents { name holds offenderCount } } }`
  const answers = await Promise.all([1, 2, 3].map(() => world.ask(document)))
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  const { data, errors } = JSON.parse(answers[0]?.body ?? '') as {
    data: {
      checkBooks: Record<'ledger' | 'documents', { name: string; holds: boolean; offenderCount: number }[]>
    }
    errors?: unknown
  }
  expect(errors).toBeUndefined()
  const { ledger, documents } = data.checkBooks
  expect(ledger.map(({ name }) => name)).toEqual(erpInvariants.map(({ name }) => name))
  expect(documents.map(({ name }) => name)).toEqual(billingInvariants.map(({ name }) => name))
  expect([...ledger, ...documents].filter(({ holds, offenderCount }) => !holds || offenderCount > 0)).toEqual(
    [],
  )
  expect(world.database.statements).toHaveLength(erpInvariants.length + billingInvariants.length)
})

test('the last event of a document tells the state that is stored', async () => {
  const last = await rows<{ id: string; data: Record<string, unknown> }>(
    `SELECT DISTINCT ON (aggregate_id) aggregate_id AS id, data FROM billing.event ORDER BY aggregate_id, version DESC`,
  )
  const events = new Map(last.map(({ id, data }) => [id, data]))
  const expectTold = async <State extends { readonly id: string }>(table: Table<State>): Promise<void> => {
    const found = await rows<Record<string, unknown>>(`SELECT ${table.select} FROM ${table.name} t`)
    const stored = found.map(table.read)
    expect(stored.length).toBeGreaterThan(0)
    expect(stored.map(({ id }) => table.ofEvent(events.get(id) ?? {}))).toEqual(stored)
  }
  await expectTold(invoices)
  await expectTold(payments)
  await expectTold(creditNotes)
  await expectTold(refunds)
  await expectTold(disputes)
})

test.each([
  [
    'trial-balance',
    (id: string) => ({ legalEntityId: id, asOf: '2026-10-31', from: '2026-08', through: '2026-10' }),
  ],
  ['documents-in-the-books', (_: string, customerId: string) => ({ id: customerId })],
])('the example %s is answered without errors, the same from services', async (name, variablesOf) => {
  const document = readFileSync(new URL(`../../schema/examples/${name}.graphql`, import.meta.url), 'utf8')
  const [customer] = await rows<{ id: string }>('SELECT customer_id AS id FROM billing.credit_note LIMIT 1')
  const variables = variablesOf(entities[0]?.id ?? '', customer?.id ?? '')
  const own = await world.ask(document, variables)
  expect(JSON.parse(own.body)).not.toHaveProperty('errors')
  expect(await world.askServices(document, variables)).toEqual(own)
})
