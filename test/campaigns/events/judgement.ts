/** What was seen, held against what was committed. */

/** How a record differs from what it should be. */
export interface Difference {
  readonly lost: number
  readonly doubled: number
  readonly reordered: number
}

/** Compares events, named `<aggregate>.<version>`, in the order in which they were seen, with all that there are. */
export function compare(expected: ReadonlySet<string>, seen: readonly string[]): Difference {
  const known = new Set<string>()
  const versions = new Map<string, number>()
  let [doubled, reordered] = [0, 0]
  for (const id of seen) {
    if (known.has(id) || !expected.has(id)) {
      doubled += 1
      continue
    }
    known.add(id)
    const end = id.lastIndexOf('.')
    const [aggregate, version] = [id.slice(0, end), Number(id.slice(end + 1))]
    if (version < (versions.get(aggregate) ?? 0)) reordered += 1
    versions.set(aggregate, version)
  }
  return { lost: expected.size - known.size, doubled, reordered }
}

/** Several records together. */
export const sum = (differences: readonly Difference[]): Difference => ({
  lost: differences.reduce((total, { lost }) => total + lost, 0),
  doubled: differences.reduce((total, { doubled }) => total + doubled, 0),
  reordered: differences.reduce((total, { reordered }) => total + reordered, 0),
})

/** Whether there is no difference. */
export const isClean = ({ lost, doubled, reordered }: Difference): boolean => lost + doubled + reordered === 0

/** A difference in words. */
export const inWords = ({ lost, doubled, reordered }: Difference): string =>
  `${lost} lost, ${doubled} doubled, ${reordered} reordered`
