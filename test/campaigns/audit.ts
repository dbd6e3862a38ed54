import { isDeepStrictEqual } from 'node:util'

import type { RequestContext } from '#gateway/request.ts'
import { createGateway, type GatewayOptions } from '#gateway/server.ts'
import { createLog } from '#platform/log.ts'

import { type AuditCase, auditSchemas, startAuditServer } from './audit-folder.ts'
import type { Campaign } from './campaign.ts'

type Subgraphs = GatewayOptions['subgraphs']

const request: RequestContext = {
  requestId: 'the-audit',
  signal: new AbortController().signal,
  identity: { kind: 'anonymous' },
}

/**
 * `npm run audit -- <folder>`: the cases of graphql-hive/federation-gateway-audit against the gateway, with the
 * audit's supergraphs, its subgraphs once in this process and once behind the audit's own server. The folder is a
 * clone of it, installed, outside this repository. `PUNISH_FOR_POOR_PLANS=1` is the audit's own setting.
 */
export const runAudit: Campaign = async ([folder]) => {
  if (folder === undefined) throw new Error('Name the folder of the audit: npm run audit -- <folder>')
  const server = await startAuditServer(folder)
  const schemasOf = auditSchemas(folder)
  const transports: Record<string, (suite: string) => Promise<Subgraphs> | Subgraphs> = {
    'in process': (suite) => schemasOf(suite).map((subgraph) => ({ ...subgraph, createContext: () => ({}) })),
    'over HTTP': (suite) => server.subgraphs(suite),
  }
  let [passed, failed] = [0, 0]
  try {
    for (const [transport, subgraphsOf] of Object.entries(transports)) {
      for (const suite of await server.suites()) {
        const cases = await server.cases(suite)
        const complaints = await examine(await server.supergraph(suite), await subgraphsOf(suite), cases)
        for (const complaint of complaints) process.stdout.write(`${suite} ${transport}: ${complaint}\n`)
        failed += complaints.length
        passed += cases.length - complaints.length
      }
    }
  } finally {
    await server.stop()
  }
  return { passed, failed }
}

/** What is wrong with the gateway's answers to the cases of one suite, in their order. */
async function examine(
  supergraph: string,
  subgraphs: Subgraphs,
  cases: readonly AuditCase[],
): Promise<string[]> {
  const log = createLog({ level: 'silent' })
  const gateway = createGateway({ supergraph, subgraphs, log, examples: [], readiness: [] })
  const complaints: string[] = []
  for (const { query, expected } of cases) {
    const { body } = await gateway.execute({ query }, request)
    const { data = null, errors = [] } = JSON.parse(body) as { data?: unknown; errors?: unknown[] }
    const isRight =
      isDeepStrictEqual(data, expected.data ?? null) &&
      (expected.errors === undefined || expected.errors === errors.length > 0)
    if (!isRight) complaints.push(`${query}\nexpected ${JSON.stringify(expected)}\nreceived ${body}\n`)
  }
  gateway.stop()
  return complaints
}
