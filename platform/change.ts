/** How a system command changes aggregates: under their lock, by their own rules, with an event for each. */
import type { Fact, Recorded } from '#domain/entity.ts'
import type { Outcome } from '#domain/failure.ts'
import type { UnitOfWork } from './command.ts'
import type { FactAggregate } from './facts.ts'

/** The state of one aggregate, locked until the command ends; REFERENCE_MISSING at `field` where there is none. */
export async function lockOne<Stated extends Fact, State extends { readonly id: string } & Recorded>(
  unit: UnitOfWork,
  aggregate: FactAggregate<Stated, State>,
  id: string,
  field: string,
): Promise<Outcome<State>> {
  const state = (await unit.lock(aggregate, [id])).get(id)
  if (state !== undefined) return { value: state }
  const message = `There is no ${aggregate.name} ${id}`
  return { violations: [{ code: 'REFERENCE_MISSING', field, message }] }
}

/** Stores what a command makes of an aggregate, or tells what is wrong with it. The caller holds its lock. */
export async function saveOne<Stated extends Fact, State extends { readonly id: string } & Recorded>(
  unit: UnitOfWork,
  aggregate: FactAggregate<Stated, State>,
  before: State | undefined,
  fact: Stated,
): Promise<Outcome<State>> {
  const violations = aggregate.check?.(fact) ?? []
  if (violations.length > 0) return { violations }
  const [value] = await unit.save(aggregate, [{ before, after: aggregate.derive(fact, before) }])
  if (value === undefined) throw new Error(`The ${aggregate.name} ${fact.id} was not stored`)
  return { value }
}
