/** The story that both ways live through: a year for 12,000.00, paid in January, and for 18,000.00 from May on. */
import type { Faults } from '#test/simulators/faults.ts'

/** What befalls the webhooks of a payment. */
export type WebhookFate = 'PLAIN' | 'TWICE' | 'REORDERED' | 'MISSING'

export interface Deal {
  readonly name: string
  readonly customerId: string
  /** Whether it costs 18,000.00 a year from 1 May on, the 120th day after 1 January. */
  readonly isUpgraded: boolean
  readonly webhooks: WebhookFate
}

/** What goes wrong, alike for both ways. */
export interface Weather {
  readonly seed: number
  /** Of a hundred calls between two systems, by fault. */
  readonly percent: Faults['percent']
  /** Whether the ERP is down while the deals in the middle are sold, and webhooks do not come as they should. */
  readonly isStormy: boolean
}

export const SOLD_ON = '2026-01-01'
export const PAID_ON = '2026-01-20'
export const UPGRADED_ON = '2026-05-01'
/** The systems are looked at in the evening of that day, the 121st. */
export const DAYS = 121n

/** Minor units of dollars. The upgrade is example P8 of the rules: 12,082.19 charged less 8,054.79 given back. */
export const YEAR = 12_000_00n
export const UPGRADE = 12_082_19n - 8_054_79n

export const FAIR: Weather = { seed: 1, percent: {}, isStormy: false }

/** A fifth of all calls goes wrong, and half of those after they had their effect. */
export const stormOf = (seed: number): Weather => ({
  seed,
  percent: { LOSE_ANSWER: 8, FAIL_AFTER: 2, LOSE_REQUEST: 4, UNAVAILABLE: 4, RATE_LIMIT: 2 },
  isStormy: true,
})

const FATES = ['PLAIN', 'TWICE', 'PLAIN', 'REORDERED', 'MISSING'] as const

/** So many deals, every other of which is upgraded. */
export const dealsOf = (count: number, { isStormy }: Weather): Deal[] =>
  Array.from({ length: count }, (_, place) => ({
    name: `deal ${place + 1}`,
    customerId: `cus_${place + 1}`,
    isUpgraded: place % 2 === 0,
    webhooks: isStormy ? (FATES[place % FATES.length] ?? 'PLAIN') : 'PLAIN',
  }))

/** The deals that are sold while the ERP is down: a sixth of them, from the middle on. */
export function soldInOutage(deals: readonly Deal[], { isStormy }: Weather): readonly Deal[] {
  const from = Math.floor(deals.length / 2)
  return isStormy ? deals.slice(from, from + Math.ceil(deals.length / 6)) : []
}
