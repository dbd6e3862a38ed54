import { type Clock, today } from '#platform/clock.ts'
import type { Stores } from '#platform/stores.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'

/** Posts the revenue of every month that has ended. Run again, it does what became due since; mostly nothing. */
export async function recognizeEndedMonths(
  stores: Pick<Stores, 'of'>,
  clock: Clock,
  correlationId: string,
): Promise<void> {
  const lastMonthEnd = today(clock).with({ day: 1 }).subtract({ days: 1 })
  await recognizeRevenue(
    stores.of('erp'),
    { subgraph: 'erp', clock, correlationId },
    { through: lastMonthEnd },
  )
}
