import { buildSubgraphSchema } from '@apollo/subgraph'
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition'
import { buildASTSchema, graphql, type GraphQLSchema, parse, validate } from 'graphql'

import { composeSupergraph } from '#gateway/compose.ts'
import type { Limits } from '#gateway/limits.ts'
import { createGateway, type Gateway, type GatewayOptions } from '#gateway/server.ts'
import { createLog } from '#platform/log.ts'
import { Random } from '#subgraphs/operations/seed/random.ts'
import { ask, serveSchema } from '#test/gateway/graph.ts'
import { dateScalar } from '#test/gateway/world.ts'

import { differenceOf } from './compare.ts'
import { randomGraph } from './random-graph.ts'
import { randomRequest, type RandomRequest } from './random-request.ts'
import { addValues, type RandomWorld } from './random-values.ts'
import { shrink } from './shrink.ts'

const FAULT_PERCENTS = [0, 2, 8]
/** What is random is not small: here the answers are the question, not the limits. */
const UNLIMITED = {
  maxTokens: 100_000,
  maxDepth: 100,
  maxAliases: 1_000,
  maxRootFields: 100,
  maxDirectives: 1_000,
  maxExpandedFields: 100_000,
  maxCost: Number.MAX_SAFE_INTEGER,
  maxErrors: 100_000,
  maxKeptErrors: 100_000,
} satisfies Partial<Limits>

/** A random graph, once in one piece under graphql-js and twice behind the gateway. */
export interface Trial {
  /** Asks all of them the nth random request. Undefined where they agree, else a report with a small document. */
  readonly difference: (nth: number) => Promise<string | undefined>
}

/** Sets up the trial of a seed. What it opens is closed by `closeAll` of `#test/support/closing.ts`. */
export async function startTrial(seed: number): Promise<Trial> {
  const { subgraphs, requires } = randomGraph(seed)
  const composition = composeSupergraph(subgraphs)
  if (!composition.ok)
    throw new Error(`the graph of seed ${seed} does not compose: ${composition.errors.join('\n')}`)
  const { supergraph } = composition
  const faultPercent = new Random(seed, 'faults').pick(FAULT_PERCENTS)
  const world: RandomWorld = { seed, faultPercent, writes: new Map() }

  const whole = buildASTSchema(transformSupergraphToPublicSchema(parse(supergraph)))
  addValues(whole, world, requires, 'whole')
  const schemas = subgraphs.map(({ name, sdl }) => ({ name, schema: subgraphSchema(sdl, world, requires) }))
  const inProcess = schemas.map((subgraph) => ({ ...subgraph, createContext: () => ({}) }))
  const services = await Promise.all(
    schemas.map(async ({ name, schema }) => ({ name, url: await serveSchema(schema) })),
  )
  const gateways = {
    'in process': gatewayOver(supergraph, inProcess),
    'over HTTP': gatewayOver(supergraph, services),
  }

  const examine = async ({ document, variables }: RandomRequest): Promise<string | undefined> => {
    world.writes.clear()
    const expected = await graphql({ schema: whole, source: document, variableValues: variables })
    const written = JSON.stringify([...world.writes])
    for (const [transport, gateway] of Object.entries(gateways)) {
      world.writes.clear()
      const difference = differenceOf(expected, await ask(gateway, document, variables))
      if (difference !== undefined) return `${transport}: ${difference}`
      const writtenHere = JSON.stringify([...world.writes])
      if (writtenHere !== written) return `${transport}: expected to write ${written}\nwrote ${writtenHere}`
    }
    return undefined
  }
  const isValid = (text: string): boolean => {
    try {
      return validate(whole, parse(text)).length === 0
    } catch {
      return false
    }
  }
  const fails = (variables: RandomRequest['variables']) => async (text: string) =>
    isValid(text) && (await examine({ document: text, variables })) !== undefined

  return {
    difference: async (nth) => {
      const request = randomRequest(new Random(seed, 'request', nth), whole)
      if (!isValid(request.document) || (await examine(request)) === undefined) return undefined
      const document = await shrink(request.document, fails(request.variables))
      const difference = await examine({ ...request, document })
      return `seed ${seed}, request ${nth}\n${document}\n${JSON.stringify(request.variables)}\n${difference}\n`
    },
  }
}

function subgraphSchema(
  sdl: string,
  world: RandomWorld,
  requires: ReadonlyMap<string, string>,
): GraphQLSchema {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl) }])
  addValues(schema, world, requires, 'subgraph')
  return schema
}

function gatewayOver(supergraph: string, subgraphs: GatewayOptions['subgraphs']): Gateway {
  const log = createLog({ level: 'silent' })
  const scalars = [dateScalar]
  return createGateway({
    supergraph,
    subgraphs,
    log,
    limits: UNLIMITED,
    scalars,
    examples: [],
    readiness: [],
  })
}
