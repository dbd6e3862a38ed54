/** What a campaign came to. */
interface Verdict {
  readonly passed: number
  readonly failed: number
}

/** Looks for faults with the options of its command line, and prints each one that it finds. */
export type Campaign = (options: readonly string[]) => Promise<Verdict>
