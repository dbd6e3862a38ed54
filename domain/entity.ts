/** One object in one outside system that is this entity, and how new our knowledge of it is. */
export interface ExternalRef {
  /** Kind of system, lower case: `stripe`, `salesforce`, `seed`. */
  readonly system: string
  /** Which installation of that system: an account or tenant id. */
  readonly instance: string
  /** The system's own name for the kind of object: `customer`, `invoice`. */
  readonly objectType: string
  readonly externalId: string
  /** Where a person can open the object, if the system has such a page. */
  readonly url: string | null
  /** Grows with every newer statement of this source; an older one never overwrites a newer one. */
  readonly sourceVersion: bigint
}

/** What a connector states about an entity; the owning subgraph adds `version` and `recordedAt`. */
export interface Fact {
  /** Canonical global id: opaque, unique over all kinds. */
  readonly id: string
  readonly externalRefs: readonly ExternalRef[]
}

/** Whether an outside system calls an entity so. */
export const isKnownAs = (
  { externalRefs }: Fact,
  { system, instance, objectType, externalId }: ExternalRef,
): boolean =>
  externalRefs.some(
    (ref) =>
      ref.system === system &&
      ref.instance === instance &&
      ref.objectType === objectType &&
      ref.externalId === externalId,
  )

/** What every stored entity has beside its own fields. */
export interface Recorded {
  /** 1 for the first state, one more with every change. */
  readonly version: number
  /** When this state was committed. */
  readonly recordedAt: Temporal.Instant
}

/** Half-open interval of calendar dates `[start, end)` in the legal entity's time zone. */
export interface DateRange {
  readonly start: Temporal.PlainDate
  readonly end: Temporal.PlainDate
}

/** How often a recurring price is charged: every `count` units. */
export interface Interval {
  readonly unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR'
  readonly count: number
}
