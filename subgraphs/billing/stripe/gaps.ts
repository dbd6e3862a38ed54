/** Why something that Stripe said is not, or not exactly, among the facts. Its raw object is kept in any case. */
export type GapKind =
  /** Refers to an object that is not there; the link holds as soon as it arrives. */
  | 'DANGLING_REFERENCE'
  /** A word that the mapping does not know. */
  | 'UNKNOWN_ENUM'
  /** A field that the mapping does not know. */
  | 'UNMAPPED_FIELD'
  /** A value that contradicts itself or cannot be read. */
  | 'INVALID'
  /** A value that the model holds only rounded or derived. */
  | 'APPROXIMATED'
  /** An object that earlier imports brought and that is no longer listed: a deleted draft, say. Its facts stay. */
  | 'NOT_SEEN'

interface Gap {
  readonly kind: GapKind
  readonly objectType: string
  readonly externalId: string
  /** Where in the object: `lines.tax_rate`. */
  readonly path: string
  /** What stood there, or a sentence about it. */
  readonly value: string
}

/** Gaps of one kind at one path, counted, with a few examples. */
export interface GapGroup {
  readonly kind: GapKind
  readonly objectType: string
  readonly path: string
  readonly count: number
  readonly examples: readonly Gap[]
}

/** Collects gaps in bounded memory: paths come from the mapping or are names of fields. */
export interface GapLog {
  add(gap: Gap): void
  groups(): readonly GapGroup[]
}

const MAX_EXAMPLES = 3
const MAX_GROUPS = 1_000
const MAX_VALUE_LENGTH = 200

/** An empty log. Beyond its limit of groups, gaps are counted together under the path `…`. */
export function gapLog(): GapLog {
  const groups = new Map<string, { count: number; examples: Gap[]; first: Gap }>()
  const find = (gap: Gap) => {
    const path = groups.size < MAX_GROUPS || groups.has(keyOf(gap)) ? gap.path : '…'
    const key = keyOf({ ...gap, path })
    const group = groups.get(key) ?? { count: 0, examples: [], first: { ...gap, path } }
    groups.set(key, group)
    return group
  }
  return {
    add: (gap) => {
      const group = find(gap)
      group.count += 1
      if (group.examples.length < MAX_EXAMPLES) group.examples.push(gap)
    },
    groups: () =>
      [...groups.values()]
        .map(({ count, examples, first: { kind, objectType, path } }) => ({
          kind,
          objectType,
          path,
          count,
          examples,
        }))
        .toSorted((a, b) => compare(keyOf(a), keyOf(b))),
  }
}

/** A value as it stands in a gap: short, and never an object's whole content. */
export function gapValue(value: unknown): string {
  const shown = value === undefined ? 'absent' : typeof value === 'string' ? value : JSON.stringify(value)
  return shown.length > MAX_VALUE_LENGTH ? `${shown.slice(0, MAX_VALUE_LENGTH)}…` : shown
}

const keyOf = (gap: Pick<Gap, 'kind' | 'objectType' | 'path'>): string =>
  [gap.kind, gap.objectType, gap.path].join('\u0000')

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
