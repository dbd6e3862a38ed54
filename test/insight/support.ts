import type { Clock } from '#platform/clock.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import { insight } from '#subgraphs/insight/subgraph.ts'

/** Insight where nobody subscribes: what it tells of standing rests on no store of its own. */
export const insightWithoutStore = (clock: Clock) =>
  insight({ rows: () => Promise.reject(new Error('there is no store')) }, clock, createLocalBus())
