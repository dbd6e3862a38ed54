// The close of a month as a client asks for it, against the whole product over HTTP.
import { hash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '#platform/clock.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { workflowDesk } from '#product.ts'
import { silentLog } from '#test/support/log.ts'
import { openWorld, type World } from './world.ts'

const CLOSE = `mutation ClosePeriod($input: ClosePeriodInput!) {
  closePeriod(input: $input) {
    period { period status } blockers { rule message count } userErrors { code message field }
  }
}`
const REOPEN = `mutation ($input: ReopenPeriodInput!) {
  reopenPeriod(input: $input) {
    period { status seal { hash } seals { version } reopenings { actor reason reopenedAt } }
    replayed
    userErrors { code field }
  }
}`
const CHECKLIST = `query ($legalEntityId: ID!, $period: YearMonth!) {
  periodChecklist(legalEntityId: $legalEntityId, period: $period) {
    period { status } blockers { rule count } steps { step count }
  }
}`

let world: World
let worker: Running
let legalEntityId: string
/** The first month of the invented company. */
const period = '2024-11'

beforeAll(async () => {
  world = await openWorld({ customers: 20 })
  worker = workflowDesk(world.database.of, systemClock, silentLog).work()
  const rows = await world.database.owner.rows<{ id: string }>({
    text: `SELECT id FROM erp.legal_entity WHERE code = 'US'`,
    values: [],
  })
  legalEntityId = rows[0]?.id ?? ''
})
afterAll(async () => {
  await worker.stop()
  await world.close()
})

async function ask<Data>(document: string, variables: object, services = false): Promise<Data> {
  const { body } = await (services ? world.askServices : world.ask)(document, variables)
  const { data, errors } = JSON.parse(body) as { data: Data; errors?: unknown }
  expect(errors).toBeUndefined()
  return data
}

const input = (fields: object = {}) => ({
  input: { legalEntityId, period, idempotencyKey: 'close', ...fields },
})

it('has a checklist that says what keeps a month open', async () => {
  const { periodChecklist } = await ask<{ periodChecklist: { blockers: object[] } }>(CHECKLIST, {
    legalEntityId,
    period: '2025-01',
  })
  expect(periodChecklist.blockers).toEqual([{ rule: 'EARLIER_PERIOD_OPEN', count: 2 }])
  const unknown = await world.ask(CHECKLIST, { legalEntityId, period: '2099-01' })
  expect(JSON.parse(unknown.body)).toMatchObject({
    data: { periodChecklist: null },
    errors: [{ extensions: { code: 'NOT_FOUND' } }],
  })
})

it('closes a month in process and from services, and answers a repeated request alike', async () => {
  expect(await ask(CLOSE, input({ period: '2026-12', idempotencyKey: 'too early' }))).toMatchObject({
    closePeriod: {
      period: { period: '2026-12', status: 'OPEN' },
      userErrors: [{ code: 'PERIOD_NOT_ENDED', field: 'period' }],
    },
  })
  const closed = { closePeriod: { period: { period, status: 'CLOSED' }, blockers: [], userErrors: [] } }
  expect(await ask(CLOSE, input())).toEqual(closed)
  expect(await ask(CLOSE, input())).toEqual(closed)
  expect(await ask(CLOSE, input(), true)).toEqual(closed)
  expect(await ask(CLOSE, input({ period: '2024-12', idempotencyKey: 'next' }), true)).toMatchObject({
    closePeriod: { period: { period: '2024-12', status: 'CLOSED' } },
  })
  const reused = await world.ask(CLOSE, input({ period: '2025-01' }))
  expect(JSON.parse(reused.body)).toMatchObject({
    data: { closePeriod: null },
    errors: [{ extensions: { code: 'IDEMPOTENCY_KEY_REUSED' }, path: ['closePeriod'] }],
  })
  const events = await world.database.owner.rows({
    text: `SELECT DISTINCT length(correlation_id) > 8 AS named FROM erp.event
      WHERE type = 'revgraph.erp.period.closed.v1'`,
    values: [],
  })
  expect(events).toEqual([{ named: true }])
})

it('shows the seal with the period, and for each entry the proof that it is under it', async () => {
  interface Entry {
    readonly number: string
    readonly period: string
    readonly sealProof: { content: string; place: string; path: string[]; seal: { root: string } } | null
  }
  const { journalEntries } = await ask<{ journalEntries: { nodes: Entry[] } }>(
    `query ($entity: [ID!]!) {
      journalEntries(first: 100, filter: { legalEntity: { in: $entity } }, orderBy: { field: DATE, direction: ASC }) {
        nodes { number period sealProof { content place path seal { root } } }
      }
    }`,
    { entity: [legalEntityId] },
  )
  const entries = journalEntries.nodes.filter((entry) => entry.period === period)
  expect(entries.length).toBeGreaterThan(0)
  for (const { number, sealProof } of entries) {
    if (sealProof === null) throw new Error(`${number} has no proof`)
    expect(JSON.parse(sealProof.content)).toMatchObject({ number, period })
    expect(sealProof.path.length === 0 ? hash('sha256', `\0${sealProof.content}`) : sealProof.seal.root).toBe(
      sealProof.seal.root,
    )
  }
  expect(
    journalEntries.nodes.filter((entry) => entry.period > '2024-12' && entry.sealProof !== null),
  ).toEqual([])
})

it('reopens the last closed month, and says who did and why', async () => {
  const why = { actor: 'ada@example.com', reason: 'A credit note came late' }
  const first = await ask(REOPEN, input({ ...why, idempotencyKey: 'reopen' }))
  expect(first).toMatchObject({
    reopenPeriod: { userErrors: [{ code: 'LATER_PERIOD_CLOSED', field: 'period' }] },
  })
  expect(
    await ask(REOPEN, input({ ...why, period: '2024-12', idempotencyKey: 'reopen last' })),
  ).toMatchObject({
    reopenPeriod: {
      replayed: false,
      userErrors: [],
      period: { status: 'REOPENED', seal: null, seals: [{ version: 1 }], reopenings: [why] },
    },
  })
  expect(await ask(REOPEN, input({ actor: '', reason: '', idempotencyKey: 'nobody' }))).toMatchObject({
    reopenPeriod: { userErrors: [{ code: 'ACTOR_MISSING' }, { code: 'REASON_MISSING' }] },
  })
})
