import { randomUUID } from 'node:crypto'

import type { Log } from '#platform/log.ts'

import { SubgraphFailure } from './errors.ts'
import type { Limits } from './limits.ts'
import type { CircuitState } from './subgraph/breaker.ts'
import type { Transport } from './subgraph/transport.ts'

/** One thing that must be well for the gateway to answer in full. */
export interface Check {
  readonly name: string
  /** What clients are told while it is not well. Why it is not goes to the log. */
  readonly reason: string | ((error: unknown) => string)
  /** Throws while it is not well. */
  check(): Promise<void>
}

/** What `/health/ready` answers. */
export interface Readiness {
  /** False where another replica would answer better: a part is missing that the gateway cannot do without. */
  readonly ready: boolean
  /** Subgraphs that do not answer. What they would bring is null with an error, here as at every other replica. */
  readonly degraded: readonly string[]
  /** Check name → reason, of the checks that are not well. */
  readonly reasons: Readonly<Record<string, string>>
  /** Remote subgraph → whether calls of it are let through. */
  readonly circuits: Readonly<Record<string, CircuitState>>
}

/**
 * Makes what tells whether the gateway is ready: everything that it `needs` is well, and at least one subgraph can be
 * asked. Who wants to know while that is being found out waits for the same answer.
 */
export function createReadiness(
  needs: readonly Check[],
  transports: readonly Transport[],
  { readinessTimeoutMs }: Limits,
  log: Log,
): () => Promise<Readiness> {
  const remote = transports.filter(({ circuit }) => circuit)
  const answering = remote.map((transport) => subgraphAnswers(transport, readinessTimeoutMs))
  const findOut = async (): Promise<Readiness> => {
    const [missing, silent] = await Promise.all([
      reasonsOf(needs, readinessTimeoutMs, log),
      reasonsOf(answering, readinessTimeoutMs, log),
    ])
    const degraded = Object.keys(silent)
    return {
      ready: Object.keys(missing).length === 0 && degraded.length < transports.length,
      degraded,
      reasons: { ...missing, ...silent },
      circuits: circuitsOf(transports),
    }
  }
  let underWay: Promise<Readiness> | undefined
  return () => (underWay ??= findOut().finally(() => (underWay = undefined)))
}

/** Runs all checks at the same time. One that takes longer than the deadline is not well. */
async function reasonsOf(
  checks: readonly Check[],
  timeoutMs: number,
  log: Log,
): Promise<Readiness['reasons']> {
  const results = await Promise.all(
    checks.map(async (check) => [check.name, await reasonOf(check, timeoutMs, log)] as const),
  )
  return Object.fromEntries(
    results.flatMap(([name, reason]) => (reason === undefined ? [] : [[name, reason]])),
  )
}

/** Why it is not well, or undefined where it is. */
async function reasonOf(check: Check, timeoutMs: number, log: Log): Promise<string | undefined> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs)
  try {
    await Promise.race([check.check(), late.promise])
    return undefined
  } catch (error) {
    log.warn({ check: check.name, err: error }, 'a check of readiness failed')
    return typeof check.reason === 'string' ? check.reason : check.reason(error)
  } finally {
    clearTimeout(timer)
  }
}

/** The state of each circuit. */
function circuitsOf(transports: readonly Transport[]): Readiness['circuits'] {
  return Object.fromEntries(
    transports.flatMap(({ name, circuit }) => (circuit ? [[name, circuit()] as const] : [])),
  )
}

/** That a subgraph answers the smallest of questions. */
function subgraphAnswers(transport: Transport, timeoutMs: number): Check {
  const { name } = transport
  const ask = transport.prepare({ text: '{ __typename }', isMutation: false })
  return {
    name,
    reason: (error) =>
      error instanceof SubgraphFailure && error.code === 'SUBGRAPH_REFUSED'
        ? `${name} refuses the signature of this gateway`
        : `${name} does not answer`,
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
