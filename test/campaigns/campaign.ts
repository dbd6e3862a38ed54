/** What a campaign came to. */
export interface Verdict {
  readonly passed: number
  readonly failed: number
}

/** Looks for faults with the options of its command line, and prints each one that it finds. */
export type Campaign = (options: readonly string[]) => Promise<Verdict>

/** What was looked at, with its figures, and whether it is as it must be. */
export type Check = readonly [what: string, isRight: boolean]

/** Prints checks and counts them. */
export function judge(checks: readonly Check[]): Verdict {
  for (const [what, isRight] of checks) process.stdout.write(`${isRight ? 'passed' : 'FAILED'}: ${what}\n`)
  const failed = checks.filter(([, isRight]) => !isRight).length
  return { passed: checks.length - failed, failed }
}
