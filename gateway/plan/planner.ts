import { QueryPlanner, type QueryPlan } from '@graphql-hive/router-query-planner'
import { type DocumentNode, print } from 'graphql'

import { withEntries } from './entries.ts'
import { RequestError } from '../errors.ts'

/** The plan of an operation, in the words that the executor understands. */
export type PlanNode =
  | { readonly kind: 'Sequence' | 'Parallel'; readonly nodes: readonly PlanNode[] }
  | { readonly kind: 'Fetch'; readonly fetch: RootFetch }
  | { readonly kind: 'EntityFetch'; readonly fetch: EntityFetch }

interface SubgraphOperation {
  readonly service: string
  readonly text: string
  readonly variableNames: readonly string[]
}

/** One operation of a subgraph whose answer goes to the root. */
export interface RootFetch extends SubgraphOperation {
  readonly isMutation: boolean
  readonly outputRewrites: readonly Rewrite[]
}

/** One operation of a subgraph with one or more `_entities` fields, each completing the objects at some paths. */
export interface EntityFetch extends SubgraphOperation {
  readonly batches: readonly EntityBatch[]
}

/** One `_entities` field. */
export interface EntityBatch {
  readonly alias: string
  readonly representationsVariable: string
  readonly paths: readonly (readonly PathSegment[])[]
  readonly requires: readonly Requirement[]
  readonly inputRewrites: readonly Rewrite[]
  readonly outputRewrites: readonly Rewrite[]
}

/** `'@'` is every item of a list; a type condition keeps only the objects of these types. */
export type PathSegment = '@' | { readonly Field: string } | { readonly TypeCondition: readonly string[] }

/** What a representation is made of. A field is read under `name` and written as `alias`. */
export type Requirement =
  | {
      readonly kind: 'InlineFragment'
      readonly typeCondition: string
      readonly selections: readonly Requirement[]
    }
  | {
      readonly kind: 'Field'
      readonly name: string
      readonly alias?: string
      readonly selections?: readonly Requirement[]
    }

/** A correction of what goes into or comes out of a subgraph, at every place its path leads to. */
export type Rewrite =
  | { readonly kind: 'set'; readonly path: readonly RewriteSegment[]; readonly value: string }
  | { readonly kind: 'rename'; readonly path: readonly RewriteSegment[]; readonly key: string }

export type RewriteSegment = { readonly TypenameEquals: readonly string[] } | { readonly Key: string }

/** The plan of a subscription: the subgraph's own subscription, and what completes each of its events. */
interface SubscriptionPlan {
  readonly source: RootFetch
  readonly completion: PlanNode | undefined
}

/** Plans operations over one supergraph. */
export interface Planner {
  /** The types of the entities from which a plan may start, by the root field that `entryField` names. */
  readonly entities: ReadonlySet<string>
  /**
   * Plans the single operation of a document, off the event loop. Undefined when there is nothing to fetch. Throws a
   * RequestError: PLAN_TIMEOUT when the deadline passes first, PLAN_FAILED when the planner finds no way.
   */
  plan(document: string, deadline: AbortSignal): Promise<PlanNode | undefined>
  /** The same for a document whose operation is a subscription. */
  planSubscription(document: string, deadline: AbortSignal): Promise<SubscriptionPlan>
}

const TOO_LONG = { code: 'PLAN_TIMEOUT', message: 'The operation took too long to plan.' } as const
/** The document is valid, so this is a defect of the planner: the log tells which. */
const NO_WAY = {
  code: 'PLAN_FAILED',
  message: 'The graph found no plan for this operation. Parts of it, asked for by themselves, may have one.',
} as const

/** Makes the planner of a supergraph. Throws where the supergraph is not one. */
export function createPlanner(supergraph: DocumentNode): Planner {
  const { document: enterable, entities } = withEntries(supergraph)
  const planner = new QueryPlanner(print(enterable))
  const noLabels = new Set<string>()
  const planWith = async <T>(
    adaptNode: (node: RouterNode | undefined) => T,
    document: string,
    deadline: AbortSignal,
  ): Promise<T> => {
    try {
      const { node } = await planner.planAsync(document, null, noLabels, 0, deadline)
      return adaptNode(node)
    } catch (error) {
      const failure = deadline.aborted ? TOO_LONG : NO_WAY
      throw new RequestError([{ ...failure, cause: error }])
    }
  }
  return {
    entities,
    plan: (document, deadline) => planWith((node) => node && adapt(node), document, deadline),
    planSubscription: (document, deadline) => planWith(adaptSubscription, document, deadline),
  }
}

type RouterNode = NonNullable<QueryPlan['node']>
type RouterFetch = Extract<RouterNode, { kind: 'Fetch' }>
type RouterBatchFetch = Extract<RouterNode, { kind: 'BatchFetch' }>

function adapt(node: RouterNode, path: readonly PathSegment[] = []): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { kind: node.kind, nodes: node.nodes.map((child) => adapt(child, path)) }
    case 'Flatten':
      return adapt(node.node, node.path)
    case 'Fetch':
      return node.requires
        ? { kind: 'EntityFetch', fetch: entityFetch(node, path) }
        : { kind: 'Fetch', fetch: rootFetch(node) }
    case 'BatchFetch':
      return { kind: 'EntityFetch', fetch: batchFetch(node) }
    case 'Condition':
    case 'Subscription':
    case 'Defer':
    default:
      throw new Error(`The plan has a ${node.kind} node: conditions and streams are decided before planning.`)
  }
}

/** The subscription stands first in its plan; what follows is done for each event. */
function adaptSubscription(node: RouterNode | undefined): SubscriptionPlan {
  const [first, ...rest] = node?.kind === 'Sequence' ? node.nodes : [node]
  if (first?.kind !== 'Subscription')
    throw new Error(`The plan of a subscription begins with a ${first?.kind} node.`)
  const nodes = rest.flatMap((child) => child ?? []).map((child) => adapt(child))
  return {
    source: rootFetch(first.primary),
    completion: nodes.length > 0 ? { kind: 'Sequence', nodes } : undefined,
  }
}

function rootFetch(node: RouterFetch): RootFetch {
  return {
    ...subgraphOperation(node),
    isMutation: node.operationKind === 'mutation',
    outputRewrites: rewrites(node.outputRewrites),
  }
}

function entityFetch(node: RouterFetch, path: readonly PathSegment[]): EntityFetch {
  const batch: EntityBatch = {
    alias: '_entities',
    representationsVariable: 'representations',
    paths: [path],
    requires: requirements(node.requires),
    inputRewrites: rewrites(node.inputRewrites),
    outputRewrites: rewrites(node.outputRewrites),
  }
  return { ...subgraphOperation(node), batches: [batch] }
}

function batchFetch(node: RouterBatchFetch): EntityFetch {
  const batches = node.entityBatch.aliases.map((entry) => ({
    alias: entry.alias,
    representationsVariable: entry.representationsVariableName,
    paths: entry.paths,
    requires: requirements(entry.requires),
    inputRewrites: rewrites(entry.inputRewrites),
    outputRewrites: rewrites(entry.outputRewrites),
  }))
  return { ...subgraphOperation(node), batches }
}

function subgraphOperation(node: RouterFetch | RouterBatchFetch): SubgraphOperation {
  return { service: node.serviceName, text: node.operation, variableNames: node.variableUsages ?? [] }
}

function requirements(selections: RouterFetch['requires']): Requirement[] {
  return (selections ?? []).map((selection) => {
    if (selection.kind === 'FragmentSpread') throw new Error('A requirement of the plan spreads a fragment.')
    return selection as Requirement
  })
}

function rewrites(list: RouterFetch['outputRewrites']): Rewrite[] {
  return (list ?? []).map((rewrite) => {
    if ('KeyRenamer' in rewrite)
      return { kind: 'rename', path: rewrite.KeyRenamer.path, key: rewrite.KeyRenamer.renameKeyTo }
    const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite
    return { kind: 'set', path, value: setValueTo }
  })
}
