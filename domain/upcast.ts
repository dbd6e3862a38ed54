/** What was once written, as readers know it now: events are kept for ever, and never rewritten. */

/** What of an event depends on its version. */
export interface EventContent {
  /** `revgraph.billing.invoice.issued.v1` */
  readonly type: string
  /** The aggregate's state, as JSON. */
  readonly data: unknown
}

/** Turns an event of one type into the type that came after it: another name, or the next major version. */
export interface Upcaster {
  readonly to: string
  /** The state as the later type has it; the same where only the name changed. */
  readonly data: (data: unknown) => unknown
}

const renamed = (to: string): Upcaster => ({ to, data: (data) => data })

/** Replaced type → what it became. A type that became another is read as that one, over as many steps as there are. */
export const upcasters: ReadonlyMap<string, Upcaster> = new Map([
  ['revgraph.billing.subscription.canceled.v1', renamed('revgraph.billing.subscription.cancelled.v1')],
  ['revgraph.billing.refund.canceled.v1', renamed('revgraph.billing.refund.cancelled.v1')],
  ['revgraph.erp.accountingPeriod.created.v1', renamed('revgraph.erp.period.created.v1')],
  ['revgraph.erp.accountingPeriod.changed.v1', renamed('revgraph.erp.period.changed.v1')],
  ['revgraph.erp.accountingPeriod.closed.v1', renamed('revgraph.erp.period.closed.v1')],
  ['revgraph.erp.accountingPeriod.reopened.v1', renamed('revgraph.erp.period.reopened.v1')],
])

/** An event as readers know it now. */
export function upcast<Event extends EventContent>(
  event: Event,
  steps: ReadonlyMap<string, Upcaster> = upcasters,
): Event {
  const step = steps.get(event.type)
  return step === undefined ? event : upcast({ ...event, type: step.to, data: step.data(event.data) }, steps)
}

/** The types under which events of a type may be stored: its own, and those that became it. */
export function storedTypes(type: string, steps: ReadonlyMap<string, Upcaster> = upcasters): string[] {
  const earlier = [...steps].filter(([, { to }]) => to === type).map(([from]) => from)
  return [type, ...earlier.flatMap((from) => storedTypes(from, steps))]
}
