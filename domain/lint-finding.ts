/** What a model must not do; each rule is proven on a broken example in test/domain/lint-model.test.ts. */
export type ModelRule =
  | 'MASTER_KNOWN'
  | 'MASTER_ONCE'
  | 'MASTER_TOTAL'
  | 'WRITE_CYCLE'
  | 'WRITE_SOURCE'
  | 'STEPS_COMPLETE'
  | 'STEP_NEEDS'
  | 'ONE_PIVOT'
  | 'RETRIABLE_AFTER_PIVOT'
  | 'INVERSE_MISSING'
  | 'GATE_KNOWN'
  | 'GATE_BEFORE_PIVOT'
  | 'GATE_OWNED'
  | 'GATE_DEADLINE'
  | 'GATE_BANDS'
  | 'EXCEPTION_OWNED'
  | 'ROUTE_TOTAL'
  | 'ROUTE_UNAMBIGUOUS'
  | 'ROUTE_DEFAULT'
  | 'ROUTE_FALLBACK'
  | 'EVENT_KNOWN'
  | 'DEFINED_ONCE'
  | 'LIMIT_AMOUNT'
  | 'ENTITY_ONCE'
  | 'SHARED_MASTER'

/** A rule that a model breaks, and where. */
export interface LintFinding {
  readonly rule: ModelRule
  /** Path in the model: `flows.closeOpportunity.steps.3`. */
  readonly path: string
  readonly message: string
}

/** One finding where `isBroken`, otherwise none. */
export function findingIf(isBroken: boolean, rule: ModelRule, path: string, message: string): LintFinding[] {
  return isBroken ? [{ rule, path, message }] : []
}

/** A finding for each item whose name an earlier one has. */
export function findTwice<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  rule: ModelRule,
  path: string,
): LintFinding[] {
  const names = items.map(nameOf)
  return names.flatMap((name, index) =>
    findingIf(names.indexOf(name) < index, rule, `${path}.${index}`, `${name} is there twice`),
  )
}
