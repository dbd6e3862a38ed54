import { compileEntityFetch } from './fetch-entities.ts'
import { compileRootFetch } from './fetch-root.ts'
import type { PlanNode } from '../plan/planner.ts'
import type { Run } from '../run.ts'
import type { Transport } from '../subgraph/transport.ts'
import type { TypeNames } from '../types.ts'

/** A plan or a part of it, compiled: reads and writes the run, and never throws for what a subgraph does. */
export type Step = (run: Run) => Promise<void>

/** What compiling a fetch needs to know of the graph. */
export interface FetchContext {
  readonly typeNames: TypeNames
  /** The way to a subgraph. Throws for one that the gateway was not given. */
  transportOf(service: string): Transport
}

/** Compiles a plan into closures. */
export function compilePlan(node: PlanNode | undefined, context: FetchContext): Step {
  if (!node) return () => Promise.resolve()
  if (node.kind === 'Fetch') return compileRootFetch(node.fetch, context)
  if (node.kind === 'EntityFetch') return compileEntityFetch(node.fetch, context)
  const steps = node.nodes.map((child) => compilePlan(child, context))
  return node.kind === 'Sequence' ? inSequence(steps) : inParallel(steps)
}

/** One step after the other. */
export function inSequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) await step(run)
  }
}

/** All steps at the same time. */
export function inParallel(steps: readonly Step[]): Step {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)))
  }
}
