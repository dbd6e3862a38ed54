import type { Customer } from '#domain/crm.ts'
import { systemClock } from '#platform/clock.ts'
import { type Aggregate, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { customers } from '#subgraphs/crm/store.ts'
import { customerFact } from '#test/support/facts.ts'

const customer: Aggregate<Customer> = {
  name: 'customer',
  table: customers,
  event: (before) => (before === undefined ? 'created' : 'changed'),
}

/** Changes customers in one transaction, as any command does: an event each. */
export async function changeCustomers(db: Database, ids: readonly string[], name: string): Promise<void> {
  await runCommand(db, { subgraph: 'crm', clock: systemClock, correlationId: name }, async (unit) => {
    const before = await unit.lock(customer, ids)
    const changes = ids.map((id) => ({
      before: before.get(id),
      after: { ...customerFact({ id }), billingFeedback: null, ...before.get(id), name },
    }))
    await unit.save(customer, changes)
  })
}

/** The middle one of measured values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
