import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '#platform/postgres/start.ts'
import { throughGraph, throughScripts } from '#test/point-to-point/compare.ts'
import { type Deal, dealsOf, soldInOutage, stormOf, type Weather } from '#test/point-to-point/story.ts'
import { listOf, tableOf } from '#test/point-to-point/table.ts'
import { silentLog } from '#test/support/log.ts'
import { type Campaign, judge } from './campaign.ts'

/** Lets the account that the server runs as through. */
const ENTERABLE = 0o711

/**
 * `npm run campaign -- point-to-point [--seed 1] [--deals 24]`: the same deals by scripts between CRM, billing
 * and ERP, and through the graph, under the same faults; prints the figures of both, and what is left to mend by hand.
 */
export const runPointToPoint: Campaign = async (options) => {
  const { values } = parseArgs({
    args: [...options],
    options: { seed: { type: 'string', default: '1' }, deals: { type: 'string', default: '24' } },
  })
  const weather = stormOf(Number(values.seed))
  const deals = dealsOf(Number(values.deals), weather)
  process.stdout.write(conditionsOf(deals, weather))
  const home = await mkdtemp(join(tmpdir(), 'revgraph-campaign-'))
  await chmod(home, ENTERABLE)
  const postgres = await startPostgres({ home, log: silentLog })
  try {
    const scripts = await throughScripts(deals, weather)
    const graph = await throughGraph(postgres.url, deals, weather)
    process.stdout.write(`${tableOf(deals, scripts, graph)}\n`)
    process.stdout.write(`To mend point to point:\n${listOf(scripts.breaks)}\n`)
    const left = listOf(graph.breaks)
    return judge([
      [`point to point: ${scripts.breaks.length} records are wrong`, scripts.breaks.length > 0],
      [`the graph: ${graph.breaks.length} records are wrong\n${left}`, graph.breaks.length === 0],
    ])
  } finally {
    await postgres.stop()
    await rm(home, { recursive: true })
  }
}

function conditionsOf(deals: readonly Deal[], weather: Weather): string {
  const faults = Object.entries(weather.percent).map(([fault, percent]) => `${fault} ${percent}%`)
  const inOutage = soldInOutage(deals, weather).length
  return `Seed ${weather.seed}, ${deals.length} deals.
- Of the calls from system to system: ${faults.join(', ')}.
- The ERP is down while ${inOutage} deals are sold; then all nodes of the graph are killed, and the scripts are not.
- Of five payments one is told twice, one in the wrong order, and one not at all (the graph gets all of them once more).

`
}
