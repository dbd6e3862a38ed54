/** What a flow of the campaign is told by: what is there before, what is asked, and what must come of it. */
import type { Outcome } from '#domain/failure.ts'
import type { Facts } from '#domain/facts.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { Accepted } from '#subgraphs/operations/workflows/accept.ts'
import type { WorkflowDesk } from '#subgraphs/operations/workflows/desk.ts'
import type { AnyFlow, Flow } from '#subgraphs/operations/workflows/flow.ts'
import { type Order, REQUESTED_BY } from './orders.ts'
import { type Release, releasedFlow } from './releases.ts'

/** What an order leaves in the books, in minor units, with what was there before. */
interface Left {
  readonly receivables: bigint
  readonly cash: bigint
  /** What a customer of the order's own is left to owe. */
  readonly otherReceivables?: bigint
}

/** What comes of an order, whoever begins it. */
export interface Tale {
  /** What is there before. */
  readonly facts: (order: Order) => Partial<Facts>
  /** What the outside billing does for it, each with its operation, what it is about, and its amount. */
  readonly outside?: (order: Order) => readonly string[]
  /** What the systems do for it, each with its kind, what it is about, and its amount in minor units. */
  readonly effects: (order: Order) => readonly string[]
  readonly leaves: (order: Order) => Left
  /** The flows that follow from what was told, each with what it is about and how it ends. */
  readonly followed?: (order: Order) => readonly string[]
}

/** An order that starts a flow. */
export interface Story extends Tale {
  readonly flow: AnyFlow<Systems>
  /** Turns beside its steps: what it takes back. */
  readonly undoes?: readonly string[]
  /** Steps that have their effect in the outside billing first. */
  readonly goesOutside?: readonly string[]
  readonly ends: 'COMPLETED' | 'COMPENSATED'
  /** The workflow models under which it is told; all where it does not say. */
  readonly models?: readonly string[]
  /** What a workflow did before, by the systems. */
  readonly before?: (systems: Systems, order: Order) => Promise<unknown>
  /** What a client looks at first, whose hash it asks with. */
  readonly preview?: (systems: Systems, order: Order) => Promise<string>
  /** Has a node of a release accept it. */
  readonly start: (
    desk: WorkflowDesk<Systems>,
    order: Order,
    key: string,
    release: Release,
  ) => Promise<Outcome<Accepted>>
}

/** Starts a flow with what an order asks for. */
export const starts =
  <Asked extends object, Prepared>(
    flow: Flow<Systems, Asked & { readonly idempotencyKey: string }, Prepared>,
    ask: (order: Order) => Asked,
  ): Story['start'] =>
  (desk, order, key, release) =>
    desk.start(
      releasedFlow(flow, release),
      { ...ask(order), idempotencyKey: key },
      { requestedBy: REQUESTED_BY, correlationId: key },
    )
