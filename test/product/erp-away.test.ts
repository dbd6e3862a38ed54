// ERP's store is gone: a deal is accepted all the same, by what ERP last told, and waits where a step needs ERP.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, isPassing, openDatabase } from '#platform/database.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { day } from '#test/domain/documents.ts'
import { readStates } from '#platform/log/projection.ts'
import { openingFacts, creditProfile } from '#test/erp/books.ts'
import { silentLog } from '#test/support/log.ts'
import { closeOpportunity } from '#subgraphs/operations/flows/close-opportunity.ts'
import { openWorkflowDesk } from '#subgraphs/operations/workflows/desk.ts'
import { serviceSources } from '#service-sources.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { workshopOf } from '#workshop.ts'
import { recordDeal, recordPlatform } from './deals.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'
import { changedModel } from './model-text.ts'

const ACTIVATE = `mutation ($input: ActivateModelInput!) {
  activateModel(input: $input) { userErrors { code message } } }`

const TRIED = `query ($id: ID!) { workflow(id: $id) { status dueAt steps { name attempts error { code } } } }`
const EXCEPTIONS = `{ exceptions(first: 10, filter: { status: { in: [OPEN] } }) {
  nodes { id class code owner attempts workflow { id } } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) {
  resolveException(input: $input) { userErrors { code message } } }`

/** Nobody listens there. */
const NOBODY = 'postgres://nobody@127.0.0.1:1/none'

let world: LiveWorld
let erp: Database
/** A product that has not heard anything of ERP. */
let unheard: TestDatabase
let stopOperations: () => Promise<void>
beforeAll(async () => {
  ;[world, unheard] = await Promise.all([openLiveWorld(), openTestDatabase()])
  erp = openDatabase({ url: NOBODY, maxConnections: 1, log: silentLog })
  await world.record(openingFacts())
  await recordPlatform(world)
  stopOperations = await world.startOperations()
})
afterAll(async () => {
  await stopOperations()
  await erp.close()
  await Promise.all([world.close(), unheard.close()])
})

/** Waits until operations knows so many things of ERP. */
const told = (projection: string, key: string, count: number): Promise<void> =>
  expect
    .poll(async () => {
      const states = await readStates<object>(world.database.of('operations'), 'operations', projection, [
        key,
      ])
      return Object.keys(states.get(key) ?? {}).length
    })
    .toBe(count)

/** The desk of a node whose connections to ERP are refused, or of one as usual. */
const deskOf = (isErpAway: boolean) => {
  const { workshop, planOf } = workshopOf(
    (subgraph) => (isErpAway && subgraph === 'erp' ? erp : world.database.of(subgraph)),
    world.clock,
    silentLog,
  )
  return openWorkflowDesk(workshop, planOf)
}

const close = (opportunityId: string) =>
  deskOf(true).start(
    closeOpportunity,
    { opportunityId, closedOn: day('2026-06-15'), idempotencyKey: opportunityId },
    { requestedBy: 'test', correlationId: 'test' },
  )

const stateOf = async (id: string | undefined): Promise<object | undefined> => {
  const [row] = await world.database.owner.rows<object>({
    text: `SELECT status, s->>'name' AS step, s->'error'->>'code' AS code
      FROM operations.workflow w, jsonb_array_elements(w.steps) s WHERE id = $1
      ORDER BY s->>'status' = 'DONE', s->>'error' IS NULL LIMIT 1`,
    values: [id],
  })
  return row
}

it('before ERP has told of any company nobody says that there is none: it is to be asked again', async () => {
  const away = serviceSources((subgraph) => (subgraph === 'erp' ? erp : unheard.of(subgraph)))
  const refused = await away.legalEntities().catch((error: unknown) => error)
  expect(isPassing(refused)).toBe(true)
})

it('a deal is accepted, waits for ERP, and is closed once it is back', async () => {
  await told('erp-legal-entities', 'all', 3)
  const { opportunityId } = await recordDeal(world, 'away')
  const { value, violations } = await close(opportunityId)
  expect(violations).toBeUndefined()
  const away: Running = deskOf(true).work()
  await expect
    .poll(() => stateOf(value?.workflowId))
    .toEqual({ status: 'RETRYING', step: 'checkCustomer', code: 'SYSTEM_UNAVAILABLE' })
  await away.stop()
  const back = deskOf(false).work()
  world.clock.advance({ minutes: 1 })
  await expect.poll(() => stateOf(value?.workflowId)).toMatchObject({ status: 'COMPLETED' })
  await back.stop()
})

/** How many of the deals wait for ERP, how often the most patient was tried, and when the next is tried again. */
async function waiting(): Promise<object | undefined> {
  const [row] = await world.database.owner.rows<object>({
    text: `SELECT count(*)::int AS deals, max((steps->0->>'attempts')::int) AS attempts, min(due_at) AS "nextAt"
      FROM operations.workflow WHERE status = 'RETRYING'`,
    values: [],
  })
  return row
}

it('sales goes on while ERP is down from 12:00 to 12:30, and what waits drains once it is back (row 60)', async () => {
  const began = world.clock.now()
  const away = deskOf(true).work({ pollMs: 10 })
  const deals: string[] = []
  for (let minute = 0; minute < 30; minute += 1) {
    if (minute % 3 === 0) {
      const { opportunityId } = await recordDeal(world, `minute_${minute}`)
      expect((await close(opportunityId)).violations).toBeUndefined()
      deals.push(opportunityId)
    }
    world.clock.advance({ minutes: 1 })
    const isTried = (nextAt: unknown) =>
      Temporal.Instant.compare(nextAt as Temporal.Instant, world.clock.now()) > 0
    await expect
      .poll(waiting, { interval: 20 })
      .toMatchObject({ deals: deals.length, nextAt: expect.toSatisfy(isTried) as unknown })
  }
  expect(began.until(world.clock.now()).total('minutes')).toBe(30)
  expect(await waiting()).toMatchObject({
    deals: 10,
    attempts: expect.toSatisfy((tried) => tried >= 30) as unknown,
  })
  await away.stop()

  const back = deskOf(false).work({ pollMs: 10 })
  world.clock.advance({ minutes: 1 })
  const made = () =>
    world.database.owner.rows({
      text: `SELECT count(DISTINCT c.id)::int AS contracts, count(DISTINCT i.id)::int AS invoices,
          count(DISTINCT e.id)::int AS entries, sum(i.subtotal)::bigint AS billed
        FROM crm.contract c JOIN billing.invoice i ON i.contract_id = c.id
          JOIN erp.journal_entry e ON e.source_id = i.id WHERE c.opportunity_id = ANY($1)`,
      values: [deals],
    })
  await expect.poll(made).toEqual([{ contracts: 10, invoices: 10, entries: 10, billed: 10n * 1_200_000n }])
  await expect.poll(waiting).toMatchObject({ deals: 0 })
  await back.stop()
}, 60_000)

/** A deal as the graph shows it, with its first step. */
async function triedOf(id: string | undefined): Promise<object | undefined> {
  const { data } = await world.ask<{ workflow: { steps: object[] } }>(TRIED, { id })
  return data?.workflow && { ...data.workflow, steps: data.workflow.steps.slice(0, 1) }
}

it('is tried again as the model says, each time later, until a person is told (rows 29, 32)', async () => {
  const patience = { attempts: 3, firstDelaySeconds: 60, maxDelaySeconds: 100, jitterPercent: 0 }
  const source = changedModel('crm-led', () => ({ retry: patience }))
  const decision = { actor: 'Jo', reason: 'Ask less often', idempotencyKey: 'patience' }
  await world.ask(ACTIVATE, { input: { model: 'crm-led', source, ...decision } })
  const { opportunityId } = await recordDeal(world, 'patient')
  const { value } = await close(opportunityId)
  const id = value?.workflowId
  const away = deskOf(true).work()
  for (const [tried, waitSeconds] of [60, 100].entries()) {
    const dueAt = world.clock.now().add({ seconds: waitSeconds }).toString()
    const error = { code: 'SYSTEM_UNAVAILABLE' }
    const steps = [{ name: 'checkCustomer', attempts: tried + 1, error }]
    await expect.poll(() => triedOf(id)).toEqual({ status: 'RETRYING', dueAt, steps })
    world.clock.advance({ seconds: waitSeconds })
  }
  await expect
    .poll(() => triedOf(id))
    .toMatchObject({ status: 'EXCEPTION', dueAt: null, steps: [{ attempts: 3 }] })
  await away.stop()

  const { data } = await world.ask<{ exceptions: { nodes: { id: string }[] } }>(EXCEPTIONS)
  expect(data?.exceptions.nodes).toMatchObject([
    {
      class: 'RETRIES_EXHAUSTED',
      code: 'SYSTEM_UNAVAILABLE',
      owner: 'PLATFORM',
      attempts: 3,
      workflow: { id },
    },
  ])
  const exceptionId = data?.exceptions.nodes[0]?.id
  await world.ask(RESOLVE, {
    input: { exceptionId, action: 'RETRY', reason: 'ERP is back', actor: 'Jo', idempotencyKey: 'back' },
  })
  const back = deskOf(false).work()
  await expect.poll(() => stateOf(id)).toMatchObject({ status: 'COMPLETED' })
  await back.stop()
  const made = await world.database.owner.rows({
    text: `SELECT count(DISTINCT c.id)::int AS contracts, count(DISTINCT i.id)::int AS invoices,
        count(DISTINCT e.id)::int AS entries
      FROM crm.contract c JOIN billing.invoice i ON i.contract_id = c.id
        JOIN erp.journal_entry e ON e.source_id = i.id WHERE c.opportunity_id = $1`,
    values: [opportunityId],
  })
  expect(made).toEqual([{ contracts: 1, invoices: 1, entries: 1 }])
})

it('where accounting leads, a deal with a customer whose credit it had stopped waits for its approval', async () => {
  const reason = { actor: 'Jo', reason: 'Try it', idempotencyKey: 'erp-led' }
  await world.ask(ACTIVATE, { input: { model: 'erp-led', ...reason } })
  const { customerId, opportunityId } = await recordDeal(world, 'held')
  const held = { customerId, onHold: true, holdReason: 'Insolvency' }
  await world.record({ creditProfiles: [creditProfile(held)] })
  await told('erp-credit-profiles', customerId, 1)
  const { value } = await close(opportunityId)
  const gates = await world.database.owner.rows<{ gate: string }>({
    text: `SELECT s->'gate'->>'name' AS gate FROM operations.workflow w, jsonb_array_elements(w.steps) s
      WHERE id = $1 AND s->'gate' <> 'null'`,
    values: [value?.workflowId],
  })
  expect(gates.map(({ gate }) => gate)).toContain('credit-hold')
})
