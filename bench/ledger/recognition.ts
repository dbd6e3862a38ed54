import { systemClock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import type { Stores } from '#platform/stores.ts'
import { createRecordFacts } from '#product.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { COMPANY, openingFacts } from './company.ts'
import { contest, type Outcome } from './contest.ts'

const MONTH_END = Temporal.PlainDate.from('2026-01-31')
/** Schedules of one statement, so that none takes longer than a statement may. */
const SCHEDULES_PER_STATEMENT = 100_000

/** One period run over so many schedules, of each of which one month is due. */
export async function measureRecognition(stores: Stores, rows: number): Promise<Outcome> {
  await createRecordFacts(stores.of, systemClock, 'bench')(openingFacts())
  await planSchedules(stores.owner, rows)
  const context = { subgraph: 'erp', clock: systemClock, correlationId: 'bench' }
  return contest('recognition', stores.owner, rows, async (pause) => {
    const { posted } = await recognizeRevenue(stores.of('erp'), context, {
      through: MONTH_END,
      onProgress: ({ posted: done }) => pause(done),
    })
    if (posted !== rows) throw new Error(`${posted} of ${rows} months were posted`)
  })
}

/** Schedules of January over twenty customers' contracts in a hundred, ids in no order of time as real ones are. */
async function planSchedules(db: Database, rows: number): Promise<void> {
  for (let first = 0; first < rows; first += SCHEDULES_PER_STATEMENT) {
    await db.rows({
      text: `WITH planned AS (
          INSERT INTO erp.revenue_schedule (id, version, recorded_at, external_refs, obligation_id, contract_id,
            customer_id, legal_entity_id, description, method, currency, allocated_price, service_period)
          SELECT 'rs_ctl_' || md5(n::text), 1, now(), '[]', 'obl_ctl_' || md5(n::text), 'ctr_' || md5((n / 2)::text),
            'cus_' || md5((n / 20)::text), $1, 'C-' || n / 2 || ' line ' || n % 2 + 1, 'STRAIGHT_LINE_DAILY', $2,
            10000 + n % 5000, '{"start": "2026-01-01", "end": "2026-02-01"}'
          FROM generate_series($3::int, $4::int) AS n
          RETURNING id, allocated_price
        )
        INSERT INTO erp.schedule_entry (schedule_id, period, version, amount, status)
        SELECT id, '2026-01', 1, allocated_price, 'PLANNED' FROM planned`,
      values: [COMPANY.id, COMPANY.currency, first, Math.min(first + SCHEDULES_PER_STATEMENT, rows) - 1],
    })
  }
  await db.rows({ text: 'VACUUM ANALYZE', values: [] })
}
