import { isDeepStrictEqual } from 'node:util'

import { installPeers } from './engine/peers.ts'
import { pages } from './engine/graph.ts'
import { type Figures, interleave } from './interleave.ts'
import { shoot } from './load.ts'
import { printFigures } from './report.ts'
import { type MeasuredServer, startMeasured } from './server.ts'

const ROUNDS = 6
const ROUND_MS = 3_000
const CONNECTIONS = 8
/** Answers that are compared before anything is measured. */
const COMPARED = 20

/** The gateway against a handler without a graph and against its peers, over the same three subgraphs. */
export async function compareEngines(): Promise<void> {
  installPeers()
  const servers: MeasuredServer[] = []
  const start = async (
    name: string,
    file: string,
    environment: NodeJS.ProcessEnv = {},
  ): Promise<MeasuredServer> => {
    const server = await startMeasured(name, `./engine/${file}.ts`, {
      NODE_ENV: 'production',
      ...environment,
    })
    servers.push(server)
    return server
  }
  try {
    const services = await start('subgraphs', 'subgraphs')
    const overHttp = { BENCH_SERVICES: services.url }
    const contenders = [
      await start('bare handler', 'bare'),
      await start('revgraph', 'revgraph'),
      await start('hive', 'hive'),
      await start('revgraph over HTTP', 'revgraph', overHttp),
      await start('hive over HTTP', 'hive', overHttp),
      await start('apollo over HTTP', 'apollo', overHttp),
    ]
    await compareAnswers(contenders)
    const shots = pages()
    const figures = await interleave(
      contenders.map((server) => ({ server, shots })),
      { rounds: ROUNDS, durationMs: ROUND_MS, connections: CONNECTIONS },
    )
    printFigures(figures)
    printRatios(figures)
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

/** A comparison is only worth something between equal answers. */
async function compareAnswers([bare, ...others]: readonly MeasuredServer[]): Promise<void> {
  if (bare === undefined) throw new Error('there is nothing to compare with')
  const shots = pages()
  let chars = 0
  for (let count = 0; count < COMPARED; count += 1) {
    const shot = shots()
    const expected = await shoot(bare.url, shot)
    chars += expected.length
    for (const { name, url } of others) {
      const answer = await shoot(url, shot)
      if (!isDeepStrictEqual(JSON.parse(answer), JSON.parse(expected)))
        throw new Error(`${name} answers otherwise:\n${answer}\n${expected}`)
    }
  }
  process.stdout.write(`${COMPARED} answers of ${Math.round(chars / COMPARED)} characters compared: equal\n`)
}

/** The bars of issue 3: ours against each other contender, in CPU of the contender's process. */
function printRatios(figures: readonly Figures[]): void {
  const cpuOf = (name: string): number =>
    figures.find((figure) => figure.name === name)?.cpuMsPerRequest ?? Number.NaN
  const bars = [
    ['revgraph', 'bare handler', 'at most 5.0'],
    ['hive', 'revgraph', 'at least 2.5'],
    ['revgraph over HTTP', 'hive over HTTP', 'at most 0.4'],
    ['revgraph over HTTP', 'apollo over HTTP', 'at most 0.3'],
  ] as const
  for (const [one, other, bar] of bars)
    process.stdout.write(`CPU, ${one} to ${other}: ${(cpuOf(one) / cpuOf(other)).toFixed(2)} (${bar})\n`)
}
