/** The same effects without an engine: a statement each, one after the other, and nobody goes on after a crash. */
import pg from 'pg'
import { readJson, serveMeasured } from '../server.ts'
import { MAX_CONNECTIONS, STEPS } from './steps.ts'

const pool = new pg.Pool({
  connectionString: process.env['BENCH_DATABASE_URL'] ?? '',
  max: MAX_CONNECTIONS,
  options: '-c plan_cache_mode=force_generic_plan',
})

serveMeasured(async (request, response) => {
  const { order } = await readJson<{ order: string }>(request)
  for (const { bare } of STEPS) await pool.query(bare(order) as pg.QueryConfig)
  response.end('{}')
})
