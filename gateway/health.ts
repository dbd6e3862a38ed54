/** One thing that must be well before the gateway takes requests. */
export interface Check {
  readonly name: string
  /** Why it is not well, or undefined. A throw counts as not well. */
  check(): Promise<string | undefined>
}

/** What `/health/ready` answers. */
export interface Readiness {
  readonly ready: boolean
  /** Check name → reason, of the checks that are not well. */
  readonly reasons: Readonly<Record<string, string>>
}

/** Runs all checks at the same time. One that takes longer than the deadline is not well. */
export async function readinessOf(checks: readonly Check[], timeoutMs: number): Promise<Readiness> {
  const results = await Promise.all(
    checks.map(async (check) => [check.name, await reasonOf(check, timeoutMs)] as const),
  )
  const reasons = results.flatMap(([name, reason]) => (reason === undefined ? [] : [[name, reason] as const]))
  return { ready: reasons.length === 0, reasons: Object.fromEntries(reasons) }
}

async function reasonOf(check: Check, timeoutMs: number): Promise<string | undefined> {
  const late = Promise.withResolvers<string>()
  const timer = setTimeout(() => late.resolve(`no answer in ${timeoutMs} ms`), timeoutMs)
  try {
    return await Promise.race([check.check(), late.promise])
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    clearTimeout(timer)
  }
}
