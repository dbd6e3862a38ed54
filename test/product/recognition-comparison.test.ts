/** The same contracts under two conventions of recognition: each month against plain SQL over the plans. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWorld, type World } from './world.ts'

let world: World
let entities: readonly { readonly id: string }[]
beforeAll(async () => {
  world = await openWorld({ customers: 40 })
  entities = await world.database.owner.rows({
    text: 'SELECT id FROM erp.legal_entity ORDER BY code',
    values: [],
  })
})
afterAll(() => world.close())

interface Month extends Record<'amount' | 'compared' | 'difference', { readonly minorUnits: string }> {
  readonly period: string
  readonly currency: string
}

async function compare(variables: object) {
  const { body } = await world.ask(
    `query ($entity: ID!, $contracts: [ID!], $convention: RecognitionConvention, $other: RecognitionConvention!) {
      recognitionComparison(legalEntityId: $entity, contractIds: $contracts, convention: $convention, other: $other) {
        period currency amount { minorUnits } compared { minorUnits } difference { minorUnits } } }`,
    { convention: 'DAILY', ...variables },
  )
  return JSON.parse(body) as {
    data: { recognitionComparison: readonly Month[] | null }
    errors?: readonly { message: string; extensions: { code: string } }[]
  }
}

const isAny = ({ amount }: { readonly amount: bigint }): boolean => amount !== 0n

/** What months of a stretch weigh: its days in them, or the same for each but the one in which it ends. */
const WEIGHTS: Readonly<Record<string, string>> = {
  DAILY: `least(stretch.ends_on, (m.month + interval '1 month')::date) - greatest(stretch.starts_on, m.month::date)`,
  MONTHLY_EVEN: `CASE WHEN m.month::date = date_trunc('month', stretch.ends_on)::date
    AND m.month::date > date_trunc('month', stretch.starts_on)::date THEN 0 ELSE 1 END`,
}

/** By month and currency: stretches of plans over their months, every prefix right to half a minor unit. */
const earned = (entity: string, convention: string) =>
  world.database.owner.rows<{ period: string; currency: string; amount: bigint }>({
    text: `WITH promised AS (
        SELECT p.currency, o FROM erp.contract_plan p CROSS JOIN LATERAL jsonb_array_elements(p.obligations) AS o
        WHERE p.legal_entity_id = $1
      ), stretch AS (
        SELECT row_number() OVER () AS id, currency, (s->>'amount')::numeric AS amount,
          (s->'period'->>'start')::date AS starts_on, (s->'period'->>'end')::date AS ends_on
        FROM promised CROSS JOIN LATERAL jsonb_array_elements(o->'ahead') AS s WHERE o->>'delivery' IS NULL
      ), weighed AS (
        SELECT stretch.id, stretch.amount, stretch.currency, m.month, ${WEIGHTS[convention] ?? ''} AS weight
        FROM stretch CROSS JOIN LATERAL generate_series(date_trunc('month', stretch.starts_on),
          date_trunc('month', stretch.ends_on - 1 + CASE WHEN stretch.ends_on = stretch.starts_on THEN 1 ELSE 0 END),
          interval '1 month') AS m(month)
      ), share AS (
        SELECT *, round(amount * sum(weight) OVER prefix / sum(weight) OVER (PARTITION BY id)) AS upto,
          sum(weight) OVER prefix - weight AS before
        FROM weighed WHERE weight > 0 WINDOW prefix AS (PARTITION BY id ORDER BY month)
      ), entry AS (
        SELECT currency, to_char(month, 'YYYY-MM') AS period,
          upto - coalesce(lag(upto) OVER (PARTITION BY id ORDER BY month), 0) AS amount FROM share
        UNION ALL
        SELECT currency, to_char(starts_on, 'YYYY-MM'), amount FROM stretch WHERE ends_on = starts_on
        UNION ALL
        SELECT currency, e->>'period', (e->>'amount')::numeric
        FROM promised CROSS JOIN LATERAL jsonb_array_elements(o->'past') AS e WHERE o->>'delivery' IS NULL
      )
      SELECT period, currency, sum(amount)::bigint AS amount FROM entry GROUP BY 1, 2 ORDER BY 1, 2`,
    values: [entity],
  })

it('tells every month of every legal entity under both, with the difference', async () => {
  let differing = 0
  for (const { id } of entities) {
    const { data, errors } = await compare({ entity: id, other: 'MONTHLY_EVEN' })
    expect(errors).toBeUndefined()
    const told = data.recognitionComparison ?? []
    const amounts = (side: 'amount' | 'compared') =>
      told
        .map(({ period, currency, [side]: { minorUnits } }) => ({
          period,
          currency,
          amount: BigInt(minorUnits),
        }))
        .filter(isAny)
    expect(amounts('amount')).toEqual((await earned(id, 'DAILY')).filter(isAny))
    expect(amounts('compared')).toEqual((await earned(id, 'MONTHLY_EVEN')).filter(isAny))
    for (const { amount, compared, difference } of told) {
      expect(BigInt(difference.minorUnits)).toBe(BigInt(amount.minorUnits) - BigInt(compared.minorUnits))
      if (difference.minorUnits !== '0') differing += 1
    }
    for (const own of Map.groupBy(told, ({ currency }) => currency).values())
      expect(own.reduce((sum, { difference }) => sum + BigInt(difference.minorUnits), 0n)).toBe(0n)
  }
  expect(differing).toBeGreaterThan(10)
})

it('tells of chosen contracts what adds up to all', async () => {
  const [{ id: entity } = { id: '' }] = entities
  const contracts = await world.database.owner.rows<{ id: string }>({
    text: 'SELECT contract_id AS id FROM erp.contract_plan WHERE legal_entity_id = $1 ORDER BY 1',
    values: [entity],
  })
  const months = new Map<string, bigint>()
  for (const { id } of contracts) {
    const { data } = await compare({ entity, contracts: [id], other: 'MONTHLY_PRORATED_ENDS' })
    for (const { period, currency, difference } of data.recognitionComparison ?? [])
      months.set(
        `${period} ${currency}`,
        (months.get(`${period} ${currency}`) ?? 0n) + BigInt(difference.minorUnits),
      )
  }
  const { data } = await compare({ entity, other: 'MONTHLY_PRORATED_ENDS' })
  const all = (data.recognitionComparison ?? []).map(({ period, currency, difference }) => [
    `${period} ${currency}`,
    BigInt(difference.minorUnits),
  ])
  expect(all.length).toBeGreaterThan(12)
  expect(Object.fromEntries(months)).toEqual(Object.fromEntries(all))
})

it.each([
  ['an unknown legal entity', { entity: 'ent_none' }, 'NOT_FOUND', /ent_none/],
  ['an unknown contract', { contracts: ['ctr_none'] }, 'NOT_FOUND', /ctr_none/],
  [
    'too many contracts',
    { contracts: Array.from({ length: 101 }, (_, n) => `ctr_${n}`) },
    'BAD_USER_INPUT',
    /100/,
  ],
])('refuses %s', async (_, variables, code, message) => {
  const [{ id: entity } = { id: '' }] = entities
  const { errors } = await compare({ entity, other: 'MONTHLY_EVEN', ...variables })
  expect(errors?.[0]?.extensions.code).toBe(code)
  expect(errors?.[0]?.message).toMatch(message)
})
