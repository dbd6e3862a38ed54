import { randomUUID } from 'node:crypto'

import type { Log } from '#platform/log.ts'

import type { CircuitState } from './subgraph/breaker.ts'
import type { Transport } from './subgraph/transport.ts'

/** One thing that must be well before the gateway takes requests. */
export interface Check {
  readonly name: string
  /** What clients are told while it is not well. Why it is not goes to the log. */
  readonly reason: string
  /** Throws while it is not well. */
  check(): Promise<void>
}

/** What `/health/ready` answers. */
export interface Readiness {
  readonly ready: boolean
  /** Check name → reason, of the checks that are not well. */
  readonly reasons: Readonly<Record<string, string>>
  /** Remote subgraph → whether calls of it are let through. */
  readonly circuits: Readonly<Record<string, CircuitState>>
}

/** Runs all checks at the same time. One that takes longer than the deadline is not well. */
export async function readinessOf(
  checks: readonly Check[],
  timeoutMs: number,
  log: Log,
): Promise<Omit<Readiness, 'circuits'>> {
  const results = await Promise.all(
    checks.map(async (check) => ({ ...check, isWell: await isWell(check, timeoutMs, log) })),
  )
  const reasons = results
    .filter((result) => !result.isWell)
    .map(({ name, reason }) => [name, reason] as const)
  return { ready: reasons.length === 0, reasons: Object.fromEntries(reasons) }
}

async function isWell(check: Check, timeoutMs: number, log: Log): Promise<boolean> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs)
  try {
    await Promise.race([check.check(), late.promise])
    return true
  } catch (error) {
    log.warn({ check: check.name, err: error }, 'a check of readiness failed')
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** The state of each circuit. */
export function circuitsOf(transports: readonly Transport[]): Readiness['circuits'] {
  return Object.fromEntries(
    transports.flatMap(({ name, circuit }) => (circuit ? [[name, circuit()] as const] : [])),
  )
}

/** That a subgraph answers the smallest of questions. */
export function subgraphAnswers(transport: Transport, timeoutMs: number): Check {
  const { name } = transport
  const ask = transport.prepare({ text: '{ __typename }', isMutation: false })
  return {
    name,
    reason: `${name} does not answer`,
    async check() {
      const signal = AbortSignal.timeout(timeoutMs)
      const { data, errors } = await ask(
        {},
        { requestId: randomUUID(), signal, identity: { kind: 'anonymous' } },
      )
      if (!data) throw new Error(`${name} answered without data`, { cause: errors })
    },
  }
}
