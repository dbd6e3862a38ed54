import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql'

import { type Continue, continueFromEntities, continueFromRoot, splitEntry } from './continue.ts'
import { countLevels, Cut, type CutContext, type Entry, type Place } from './cut.ts'
import { entryField } from './entries.ts'
import { RequestError } from '../errors.ts'
import { compilePlan, type FetchContext, inParallel, inSequence, type Step } from '../fetch/execute.ts'
import type { Planner, PlanNode, RootFetch } from './planner.ts'
import { printSlice } from './slice.ts'

/** What finding the fetches of a selection needs to know of the graph. */
export interface GraphContext extends FetchContext {
  readonly schema: GraphQLSchema
  readonly planner: Planner
}

/** A plan, and what is to be continued after it. */
interface Planned<Plan> {
  readonly plan: Plan
  readonly continuations: readonly Continue[]
}

/** What a subscription starts with, and the step that completes each of its events. */
interface SubscriptionFetches {
  readonly source: RootFetch
  readonly completion: Step
}

/** Finds the fetches that bring the selections of one operation, all within one budget of time. */
export class FetchCompiler implements CutContext {
  readonly schema: GraphQLSchema
  readonly typeNames: FetchContext['typeNames']
  readonly #context: GraphContext
  readonly #operation: OperationDefinitionNode
  readonly #deadline: AbortSignal
  readonly #entries = new Map<string, Promise<Entry | undefined>>()

  constructor(operation: OperationDefinitionNode, context: GraphContext, deadline: AbortSignal) {
    this.schema = context.schema
    this.typeNames = context.typeNames
    this.#context = context
    this.#operation = operation
    this.#deadline = deadline
  }

  /** The step that brings these root fields. */
  async root(fields: readonly FieldNode[], type: GraphQLObjectType): Promise<Step> {
    const { planner } = this.#context
    const { plan, continuations } = await this.#planRoot(fields, type, (text) =>
      planner.plan(text, this.#deadline),
    )
    return this.#compile(plan, continuations)
  }

  /** The same for the one root field of a subscription. */
  async subscription(fields: readonly FieldNode[], type: GraphQLObjectType): Promise<SubscriptionFetches> {
    const { planner } = this.#context
    const { plan, continuations } = await this.#planRoot(fields, type, (text) =>
      planner.planSubscription(text, this.#deadline),
    )
    return { source: plan.source, completion: this.#compile(plan.completion, continuations) }
  }

  #planRoot<Plan>(
    fields: readonly FieldNode[],
    type: GraphQLObjectType,
    plan: (text: string) => Promise<Plan>,
  ): Promise<Planned<Plan>> {
    const { operation } = this.#operation
    return this.#plan(
      { kind: Kind.SELECTION_SET, selections: fields },
      { type, path: [], known: [] },
      (root) => plan(printSlice(fieldsOf(root), operation, this.#operation)),
    )
  }

  canEnter(type: GraphQLObjectType): boolean {
    return this.#context.planner.entities.has(type.name) || type === this.#queryType
  }

  enter(type: GraphQLObjectType, fields: readonly FieldNode[]): Promise<Entry | undefined> {
    const text = printSlice(fields, OperationTypeNode.QUERY, this.#operation)
    // One cut after the other may come to the same fields.
    return this.#entries.getOrInsertComputed(`${type.name} ${text}`, () => this.#enter(type, fields))
  }

  async #enter(type: GraphQLObjectType, fields: readonly FieldNode[]): Promise<Entry | undefined> {
    if (type === this.#queryType) {
      const step = await this.root(fields, type)
      return { needs: { kind: Kind.SELECTION_SET, selections: [] }, complete: continueFromRoot(step) }
    }
    const entry = entryField(type.name)
    const path = [{ Field: entry }, '@'] as const
    try {
      const { plan, continuations } = await this.#plan(
        { kind: Kind.SELECTION_SET, selections: fields },
        { type, path, known: [] },
        (selectionSet) => {
          const field: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: entry }, selectionSet }
          const text = printSlice([field], OperationTypeNode.QUERY, this.#operation)
          return this.#context.planner.plan(text, this.#deadline)
        },
      )
      const split = splitEntry(plan, type.name)
      if (!split) return undefined
      const step = this.#compile(split.rest, continuations)
      return { needs: split.needs, complete: continueFromEntities(step, type.name) }
    } catch (error) {
      return whereNoWay(error)
    }
  }

  /** The root of a query may be continued from: never that of a mutation, whose fields must run in order. */
  get #queryType(): GraphQLObjectType | undefined {
    const isQuery = this.#operation.operation === OperationTypeNode.QUERY
    return (isQuery && this.schema.getQueryType()) || undefined
  }

  /**
   * Plans a selection. Where the planner finds no way, the selection is cut at entities, as deep as helps: the planner
   * then finds the way to them, and from them the way on.
   */
  async #plan<Plan>(
    selectionSet: SelectionSetNode,
    place: Place,
    attempt: (first: SelectionSetNode) => Promise<Plan>,
  ): Promise<Planned<Plan>> {
    try {
      return { plan: await attempt(selectionSet), continuations: [] }
    } catch (error) {
      whereNoWay(error)
      for (let levels = countLevels(selectionSet, place.type, this); levels > 0; levels -= 1) {
        const cut = new Cut(this)
        const first = await cut.below(selectionSet, place, levels - 1)
        const plan = await attempt(first).catch(whereNoWay)
        if (plan) return { plan, continuations: cut.continuations }
      }
      throw error
    }
  }

  #compile(plan: PlanNode | undefined, continuations: readonly Continue[]): Step {
    const step = compilePlan(plan, this.#context)
    if (continuations.length === 0) return step
    const next = continuations.map(
      (complete): Step =>
        (run) =>
          complete(run, [{ object: run.data, path: [], failures: run.failures }]),
    )
    return inSequence([step, inParallel(next)])
  }
}

/** Undefined for an operation that the planner cannot plan. Throws every other error. */
function whereNoWay(error: unknown): undefined {
  const isNoWay = error instanceof RequestError && error.failures.every(({ code }) => code === 'PLAN_FAILED')
  if (!isNoWay) throw error
}

function fieldsOf({ selections }: SelectionSetNode): FieldNode[] {
  return selections.filter((selection) => selection.kind === Kind.FIELD)
}
