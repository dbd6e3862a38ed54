import { Kind, parse, type SelectionSetNode, visit } from 'graphql'

import { ENTRY_SERVICE, entryField } from './entries.ts'
import type { Failure, Path } from '../errors.ts'
import type { Failures } from '../failures.ts'
import type { Step } from '../fetch/execute.ts'
import { fragmentsOf } from '../document/fragments.ts'
import type { Locate } from './paths.ts'
import type { PlanNode, RootFetch } from './planner.ts'
import type { JsonObject } from '../request.ts'
import { clientPath, objectAt, type Run } from '../run.ts'

/** An object of the merged data from which a plan continues. */
export interface Start {
  readonly object: JsonObject
  /** Where the client finds it. */
  readonly path: Path
  /** Takes what fails at or below it. */
  readonly failures: Failures
}

/** Completes objects that are there already, all of them in one go. */
export type Continue = (run: Run, starts: readonly Start[]) => Promise<void>

/** Continues from the objects that a path leads to. */
export function continueBelow(locate: Locate, complete: Continue): Continue {
  return async (run, above) => {
    const starts = above.flatMap((start) => startsBelow(locate, start))
    if (starts.length > 0) await complete(run, starts)
  }
}

function startsBelow(locate: Locate, { object, path, failures }: Start): Start[] {
  const starts: Start[] = []
  locate(object, (found, trail) => {
    starts.push({ object: found, path: [...path, ...clientPath(trail)], failures })
  })
  return starts
}

/**
 * Continues from the objects that many `steps` above, which bring these keys to the objects below. Where they bring
 * nothing, each of the keys fails.
 */
export function continueAbove(steps: number, keys: readonly string[], complete: Continue): Continue {
  return async (run, parts) => {
    const starts = parts.map(({ path }): Start => {
      const place = path.slice(0, path.length - steps)
      return { object: objectAt(run.data, place), path: place, failures: run.failures.empty() }
    })
    await complete(run, starts)
    for (const [index, { path, failures }] of parts.entries()) {
      for (const failure of starts[index]?.failures.kept ?? []) {
        const isBelow = (failure.path?.length ?? 0) > path.length
        failures.addAll(isBelow ? [failure] : keys.map((key) => ({ ...failure, path: [...path, key] })))
      }
    }
  }
}

/** Continues from the root of a query. */
export function continueFromRoot(step: Step): Continue {
  return async (run, starts) => {
    for (const start of starts) {
      const failures = run.failures.empty()
      await step({ ...run, data: start.object, failures })
      for (const failure of failures.kept) start.failures.add(below(start, failure, failure.path))
    }
  }
}

/**
 * Continues from entities: they stand in the entry's list, so that the plan completes the very objects of the merged
 * data. Their places in it become the client's again in what fails.
 */
export function continueFromEntities(step: Step, type: string): Continue {
  return async (run, starts) => {
    const failures = run.failures.empty()
    await step({ ...run, data: { [entryField(type)]: starts.map(({ object }) => object) }, failures })
    for (const failure of failures.kept) {
      const [, index, ...rest] = failure.path ?? []
      const concerned = starts.slice(...(typeof index === 'number' ? [index, index + 1] : []))
      for (const start of concerned) start.failures.add(below(start, failure, rest))
    }
  }
}

function below({ path }: Start, failure: Failure, rest: Path = []): Failure {
  return { ...failure, path: [...path, ...rest] }
}

/** A plan that starts from entities: what must be known of them, and what is left to fetch then. */
export interface EntryPlan {
  readonly needs: SelectionSetNode
  readonly rest: PlanNode | undefined
}

/** Takes the entry out of a plan. Undefined where the plan has none that the merged data can stand for. */
export function splitEntry(plan: PlanNode | undefined, type: string): EntryPlan | undefined {
  const entries: RootFetch[] = []
  const rest = plan && without(plan, entries)
  const [entry, ...others] = entries
  if (!entry || others.length > 0 || entry.outputRewrites.length > 0) return undefined
  const needs = selectionUnder(entry.text, entryField(type))
  return needs && { needs, rest }
}

function without(node: PlanNode, entries: RootFetch[]): PlanNode | undefined {
  if (node.kind === 'EntityFetch') return node
  if (node.kind === 'Fetch') {
    if (node.fetch.service !== ENTRY_SERVICE) return node
    entries.push(node.fetch)
    return undefined
  }
  return { ...node, nodes: node.nodes.flatMap((child) => without(child, entries) ?? []) }
}

function selectionUnder(text: string, field: string): SelectionSetNode | undefined {
  const document = parse(text, { noLocation: true })
  const fragments = fragmentsOf(document)
  const [operation] = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined
  const inlined = visit(operation.selectionSet, {
    FragmentSpread: ({ name }) => {
      const fragment = fragments.get(name.value)
      return fragment && { ...fragment, kind: Kind.INLINE_FRAGMENT }
    },
  })
  const [selection] = inlined.selections
  return selection?.kind === Kind.FIELD && selection.name.value === field ? selection.selectionSet : undefined
}
