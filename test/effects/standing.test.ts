// How a customer stands is told to an outside CRM by several flows at once: whatever overtakes what, the newest stays.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Feedback } from '#subgraphs/operations/flows/systems.ts'
import { createRecordFacts } from '#product.ts'
import { connectSystems } from '#systems.ts'
import { createShared } from '#workshop.ts'
import { manualClock } from '#platform/clock.ts'
import type { Connector } from '#platform/connector.ts'
import { NOTHING_OUTSIDE, type Outside } from '#outside/outside.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { customerFact } from '#test/support/facts.ts'

const clock = manualClock('2026-06-15T12:00:00Z')
const at = (time: string) => Temporal.Instant.from(`2026-06-15T${time}:00Z`)
const ref = { system: 'crm', instance: 'default', objectType: 'customer', url: null, sourceVersion: 1n }

let database: TestDatabase
let customerId = ''
let arrived: string[]
beforeAll(async () => {
  database = await openTestDatabase()
})
let count = 0
beforeEach(async () => {
  count += 1
  customerId = `cus_${count}`
  arrived = []
  const externalRefs = [{ ...ref, externalId: `crm_${count}` }]
  const record = createRecordFacts(database.of, clock, 'test')
  await record({ customers: [customerFact({ id: customerId, externalRefs })] })
})
afterAll(() => database.close())

/** A CRM at which what is told arrives once `delay` is over. */
function crmWith(delay: (asOf: string) => Promise<unknown>) {
  const connector = { name: 'crm', naming: { system: 'crm', instance: 'default', payments: [] } }
  const outside: Outside = {
    ...NOTHING_OUTSIDE,
    hasConnectors: true,
    mastersOf: () => [connector as unknown as Connector],
    carryOut: async (_, { payload }) => {
      const asOf = String(payload['asOf'])
      await delay(asOf)
      arrived.push(asOf)
      return { kind: 'APPLIED', document: { externalId: `std_${arrived.length}`, url: null, details: {} } }
    },
  }
  const { crm } = connectSystems(database.of, clock, createShared(database.of, clock), outside)
  return (asOf: string, told: Partial<Feedback> = {}) => {
    const effect = {
      effectKey: `wfl_${count}/${asOf}`,
      revision: 0,
      correlationId: 'test',
      traceparent: null,
    }
    const feedback = { disputeOpen: false, dunningPaused: false, creditHold: false, ...told, asOf: at(asOf) }
    return crm.noteBillingFeedback({ ...effect, acceptedAt: clock.now() }, { customerId, ...feedback })
  }
}

it('what arrives after something newer is followed by that', async () => {
  let overtaken = false
  const tell = crmWith(async (asOf) => {
    if (asOf !== at('10:00').toString() || overtaken) return
    overtaken = true
    await tell('11:00')
  })
  await tell('10:00', { disputeOpen: true })
  expect(arrived).toEqual(['11:00', '10:00', '11:00'].map((time) => at(time).toString()))
})

it('what is older than what is noted is not told', async () => {
  const tell = crmWith(() => Promise.resolve())
  await tell('11:00', { disputeOpen: true })
  await tell('10:00')
  expect(arrived).toEqual([at('11:00').toString()])
})
