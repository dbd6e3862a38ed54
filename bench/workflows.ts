import { parseArgs } from 'node:util'
import type { Database } from '#platform/database.ts'
import { inTemporaryStores } from './ledger/place.ts'
import { quantile } from './load.ts'
import { startMeasured } from './server.ts'
import { askFor, type Asked, type Nodes } from './workflows/ask.ts'
import { installPeers } from './workflows/peers.ts'
import { SUBGRAPH_OF, STEPS } from './workflows/steps.ts'

/** Workflows that are asked for as fast as they are accepted. */
const BURST = 1_000
/** Asked for one after the other at a rate that everybody keeps up with. */
const STEADY = 200
/** Before anything is measured: a fresh process is compiled by what it does. */
const WARM_UP = 200
const ROUNDS = 3

/** Who carries workflows out, in how many processes, and how many of them have not ended. */
interface Contender {
  readonly name: string
  readonly file: string
  readonly nodes: number
  readonly unfinished?: string
}

const REVGRAPH = {
  file: './workflows/revgraph.ts',
  unfinished: 'SELECT count(*)::int AS count FROM operations.workflow WHERE ended_at IS NULL',
}
const DBOS = {
  file: './workflows/dbos.ts',
  unfinished: `SELECT count(*)::int AS count FROM dbos.workflow_status WHERE status IN ('ENQUEUED', 'PENDING')`,
}
const CONTENDERS: readonly Contender[] = [
  { name: 'bare SQL', file: './workflows/bare.ts', nodes: 1 },
  { name: 'revgraph', nodes: 1, ...REVGRAPH },
  { name: 'revgraph, 2 nodes', nodes: 2, ...REVGRAPH },
  { name: 'DBOS', nodes: 1, ...DBOS },
  { name: 'DBOS, 2 nodes', nodes: 2, ...DBOS },
]

/** One figure of a contender by its name. */
type Figures = Readonly<Record<(typeof COLUMNS)[number], number>>
const COLUMNS = [
  'workflows/s',
  'node CPU ms',
  'PostgreSQL CPU ms',
  'commits',
  'WAL KB',
  'busy p50 ms',
  'busy p99 ms',
  'steady p50 ms',
  'steady p99 ms',
] as const

/**
 * `npm run bench -- workflows [--rounds 3] [--burst 1000] [--steady 200]`: three steps in three systems, by our engine
 * and by DBOS with one process and two, and the same effects by bare SQL; in turns, on one PostgreSQL.
 */
export async function measureWorkflows(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { rounds: { type: 'string' }, burst: { type: 'string' }, steady: { type: 'string' } },
  })
  const rounds = Number(values.rounds ?? ROUNDS)
  const sizes = { burst: Number(values.burst ?? BURST), steady: Number(values.steady ?? STEADY) }
  installPeers()
  await inTemporaryStores(async ({ owner }, databaseUrl) => {
    const measured = new Map<string, Figures[]>(CONTENDERS.map(({ name }) => [name, []]))
    for (let round = 0; round < rounds; round += 1) {
      for (const contender of round % 2 === 0 ? CONTENDERS : CONTENDERS.toReversed()) {
        measured
          .get(contender.name)
          ?.push(await measure({ owner, databaseUrl }, contender, `r${round}`, sizes))
        process.stdout.write('.')
      }
    }
    print(new Map([...measured].map(([name, figures]) => [name, medians(figures)])))
  })
}

/** The PostgreSQL that they share. */
interface Ground {
  readonly owner: Database
  readonly databaseUrl: string
}

/** A contender in fresh processes; nobody else's are there to take its work. */
async function measure(
  { owner, databaseUrl }: Ground,
  { name, file, nodes: count, unfinished }: Contender,
  round: string,
  sizes: { readonly burst: number; readonly steady: number },
): Promise<Figures> {
  const started = []
  try {
    for (let node = 0; node < count; node += 1)
      started.push(
        await startMeasured(name, file, { BENCH_DATABASE_URL: databaseUrl, BENCH_NODE: `node-${node}` }),
      )
    const nodes: Nodes = { servers: started, owner, unfinished }
    const run = `${name.replaceAll(/\W/g, '')}-${round}`
    await askFor(nodes, `${run}-warm`, WARM_UP, 'BUSY')
    const busy = await askFor(nodes, `${run}-busy`, sizes.burst, 'BUSY')
    const steady = await askFor(nodes, `${run}-steady`, sizes.steady, 'STEADY')
    await demandEffects(owner, run, WARM_UP + sizes.burst + sizes.steady)
    return figuresOf(busy, steady)
  } finally {
    await Promise.all(started.map((server) => server.stop()))
  }
}

/** Figures of a contender that leaves something out, or does it twice, say nothing. */
async function demandEffects(owner: Database, run: string, workflows: number): Promise<void> {
  for (const { name, system } of STEPS) {
    const [effects] = await owner.rows<{ count: number }>({
      text: `SELECT count(*)::int AS count FROM ${SUBGRAPH_OF[system]}.event
        WHERE correlation_id LIKE $1 || '-%' AND aggregate = $2`,
      values: [run, name],
    })
    if (effects?.count !== workflows)
      throw new Error(`${run}: ${effects?.count} effects of ${name}, ${workflows} were asked for`)
  }
}

function figuresOf(busy: Asked, steady: Asked): Figures {
  return {
    'workflows/s': busy.workflows / busy.seconds,
    'node CPU ms': busy.nodeMs / busy.workflows,
    'PostgreSQL CPU ms': busy.postgresMs / busy.workflows,
    commits: busy.commits / busy.workflows,
    'WAL KB': busy.walBytes / busy.workflows / 1024,
    'busy p50 ms': quantile(busy.acceptedMs, 0.5),
    'busy p99 ms': quantile(busy.acceptedMs, 0.99),
    'steady p50 ms': quantile(steady.acceptedMs, 0.5),
    'steady p99 ms': quantile(steady.acceptedMs, 0.99),
  }
}

const medians = (figures: readonly Figures[]): Figures =>
  Object.fromEntries(
    COLUMNS.map((column) => [
      column,
      quantile(
        figures.map((each) => each[column]).toSorted((a, b) => a - b),
        0.5,
      ),
    ]),
  ) as Figures

/** Each figure, and beside it what it is of bare SQL's. */
function print(measured: ReadonlyMap<string, Figures>): void {
  const bare = measured.get('bare SQL')
  process.stdout.write('\n')
  for (const [name, figures] of measured) {
    const texts = COLUMNS.map((column) => {
      const ratio = figures[column] / (bare?.[column] ?? Number.NaN)
      return `${column} ${figures[column].toFixed(1)} (${ratio.toFixed(2)})`
    })
    process.stdout.write(`${name.padEnd(18)} ${texts.join('  ')}\n`)
  }
}
