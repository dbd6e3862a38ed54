/** Gives back what was taken. */
type Release = () => void

/** Counts what each holder has at a time. */
export interface Quota {
  /** Takes one for the holder, or undefined where that would be one too many. */
  take(holder: string): Release | undefined
}

/** Makes a quota of so many for each holder. Holders without any are forgotten. */
export function createQuota(maxEach: number): Quota {
  const taken = new Map<string, number>()
  const add = (holder: string, count: number): void => {
    const sum = (taken.get(holder) ?? 0) + count
    if (sum > 0) taken.set(holder, sum)
    else taken.delete(holder)
  }
  return {
    take(holder) {
      if ((taken.get(holder) ?? 0) >= maxEach) return undefined
      add(holder, 1)
      return () => add(holder, -1)
    },
  }
}
