import type { FlowCatalogue, FlowName, SharedRule, WorkflowModel } from './workflow-model.ts'

/** A rule that flows share, and the flows that change with it. */
export interface RuleUse {
  readonly kind: SharedRule | 'GATE' | 'RETRY' | 'EXCEPTION'
  readonly name: string
  readonly flows: readonly string[]
}

/** The sets of rules, by the names under which people know them. */
const SETS: Readonly<Record<SharedRule, string>> = {
  ROUTE: 'routes',
  TAX: 'tax rules',
  PRICE: 'list prices',
  ACCOUNT: 'account rules',
  LIMIT: 'limits',
}

/**
 * Every rule that a model shares among flows: its gates by name, and the sets of rules that steps ask. Also of flows
 * that it does not name, which take their own order.
 */
export function rulesInUse(model: WorkflowModel, catalogue: FlowCatalogue): RuleUse[] {
  const flows = Object.keys(catalogue)
  const using = (rule: SharedRule): string[] =>
    flows.filter((flow) => catalogue[flow as FlowName]?.some(({ uses }) => uses?.includes(rule)))
  return [
    ...model.gates.map(({ name }): RuleUse => ({
      kind: 'GATE',
      name,
      flows: Object.entries(model.flows).flatMap(([flow, { gates }]) =>
        gates.some(({ gate }) => gate === name) ? [flow] : [],
      ),
    })),
    ...Object.entries(SETS).map(([kind, name]): RuleUse => ({
      kind: kind as SharedRule,
      name,
      flows: using(kind as SharedRule),
    })),
    { kind: 'RETRY', name: 'retry', flows },
    { kind: 'EXCEPTION', name: 'exceptions', flows },
  ]
}
