import type { Facts } from '#domain/facts.ts'
import { heldWrites } from '#domain/foreign-write.ts'
import type { PickedModel } from '#domain/pick-model.ts'
import { isSame, type WriteGuard } from '#platform/facts.ts'
import { modelFor, type ModelSetup } from './model-for.ts'

/** Kinds of facts that a system may state of what another one masters; documents and books are billing's and ERP's. */
const GUARDED = [
  'customers',
  'contacts',
  'opportunities',
  'quotes',
  'contracts',
  'products',
  'prices',
  'subscriptions',
] as const satisfies (keyof Facts)[]

/** What is stated of objects of these kinds. */
type Statements = { readonly [Kind in (typeof GUARDED)[number]]?: readonly object[] }

/** Holds what is stated against the masters of the models that hold now, each for its company. */
export async function openGuard(setup: ModelSetup, statements: Statements): Promise<WriteGuard> {
  const guarded = GUARDED.flatMap((kind) => statements[kind] ?? [])
  const companies = new Set(guarded.map(companyOf))
  const models = new Map<string | null, PickedModel['model'] | undefined>()
  for (const company of companies) models.set(company, (await modelFor(setup, company)).value?.model)
  return (write) => {
    const model = models.get(companyOf(write.fact))
    return model === undefined ? [] : heldWrites(model, write, isSame)
  }
}

/** The company that a fact is about; null where it is about none. */
const companyOf = (fact: object): string | null =>
  'legalEntityId' in fact && typeof fact.legalEntityId === 'string' ? fact.legalEntityId : null
