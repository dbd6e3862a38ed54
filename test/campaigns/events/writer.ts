/** A writer: changes customers that others change as well, and records each change that was committed. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Customer } from '#domain/crm.ts'
import { systemClock } from '#platform/clock.ts'
import { type Aggregate, runCommand } from '#platform/command.ts'
import { customers } from '#subgraphs/crm/store.ts'
import { Random } from '#subgraphs/operations/seed/random.ts'
import { customerFact } from '#test/support/facts.ts'
import { note, openStore, readPart, readRecord } from './part.ts'

const CUSTOMERS = 40
/** Some transactions take their time between the event and the commit: others overtake them. */
const SLOW_PERCENT = 20
const MAX_SLOW_MS = 80
const MAX_PAUSE_MS = 60
const RETRY_MS = 100

const part = readPart()
const db = openStore(part, 'crm')
const customer: Aggregate<Customer> = {
  name: 'customer',
  table: customers,
  event: (before) => (before ? 'changed' : 'created'),
}
const begin = readRecord(part.record).length
const random = new Random(part.seed, part.name, begin)

for (let turn = begin; ; turn += 1) {
  const token = `${part.name}-${turn}`
  const id = `cus_${random.between(1, CUSTOMERS)}`
  try {
    note(part, `tried ${token}`)
    const context = { subgraph: 'crm', clock: systemClock, correlationId: token }
    await runCommand(db, context, async (unit) => {
      const before = (await unit.lock(customer, [id])).get(id)
      const after = { ...customerFact({ id }), billingFeedback: null, ...before, name: token }
      await unit.save(customer, [{ before, after }])
      if (random.chance(SLOW_PERCENT)) await sleep(random.between(1, MAX_SLOW_MS))
    })
    note(part, `committed ${token}`)
  } catch {
    // A fault; whether the change was committed, PostgreSQL knows.
    await sleep(RETRY_MS)
  }
  await sleep(random.between(0, MAX_PAUSE_MS))
}
