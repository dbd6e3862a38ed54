/** The way to a system in which some of our data is mastered. It translates, and decides nothing. */
import type { Capabilities, FindAnswer, SendAnswer } from '#domain/effect.ts'
import type { ExternalRef } from '#domain/entity.ts'

/** One effect as it is sent. */
export interface OutsideRequest {
  /** Our reference, which the system keeps with what it makes: the same for every sending. */
  readonly effectKey: string
  /** What the system tells repetitions by: another one only where a person has tried again what was refused. */
  readonly idempotencyKey: string
  /** What is asked for, in the words of the connector: `issueInvoice`. */
  readonly operation: string
  /** Survives JSON: amounts are texts of minor units. */
  readonly payload: Readonly<Record<string, unknown>>
  /** W3C trace context of the workflow behind it. */
  readonly traceparent?: string | undefined
}

/** The end of a sending: nothing leaves for the system after it. */
export interface Deadline {
  readonly signal: AbortSignal
  /** To be asked at the last moment: a process that was stopped hears of the signal too late. Never below 0. */
  readonly leftMs: () => number
}

export interface Connector {
  /** The system and the account or instance of it: effects are kept by this name, so it never changes. */
  readonly name: string
  readonly naming: Naming
  readonly capabilities: Capabilities
  /** Whether it takes note that an invoice of its own was paid elsewhere, and never tells us of it as of a payment. */
  readonly takesPayments: boolean
  /** For connecting, sending and the answer to one request. */
  readonly timeoutMs: number
  /** Sends once. What goes wrong outside is an answer; what is thrown is a defect, and leaves the effect in doubt. */
  readonly send: (request: OutsideRequest, deadline: Deadline) => Promise<SendAnswer>
  /** Looks for what was made for a request. Asked only where the system is `searchableByReference`. */
  readonly find: (request: OutsideRequest, deadline: Deadline) => Promise<FindAnswer>
}

/** How what the system has is named among our external references. */
interface Naming extends Pick<ExternalRef, 'system' | 'instance'> {
  /** The system's own names for what it can be asked to do something about. */
  readonly payments: readonly string[]
  readonly invoices: readonly string[]
  readonly subscriptions: readonly string[]
}

/** Kinds of documents of ours that may be another system's as well. */
export type DocumentKind = 'payments' | 'invoices' | 'subscriptions'

/** What a connector's system calls one of our documents; undefined where it has nothing to do with it. */
export const documentIn = (
  { naming: { system, instance, ...names } }: Connector,
  kind: DocumentKind,
  externalRefs: readonly ExternalRef[],
): ExternalRef | undefined =>
  externalRefs.find(
    (ref) => ref.system === system && ref.instance === instance && names[kind].includes(ref.objectType),
  )

/** What a connector's system calls something of ours that it names as we do: an opportunity, a customer. */
export const knownAs = (
  { naming: { system, instance } }: Connector,
  objectType: string,
  externalRefs: readonly ExternalRef[],
): ExternalRef | undefined =>
  externalRefs.find(
    (ref) => ref.system === system && ref.instance === instance && ref.objectType === objectType,
  )

/** A deadline so long from now, by the clock of this machine that nobody sets. */
export function deadlineIn(timeoutMs: number): Deadline {
  const endsAtMs = performance.now() + timeoutMs
  return {
    signal: AbortSignal.timeout(timeoutMs),
    leftMs: () => Math.max(0, Math.floor(endsAtMs - performance.now())),
  }
}
