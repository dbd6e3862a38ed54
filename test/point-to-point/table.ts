/** The outcomes of both ways side by side, for a person who reads them. */
import { formatAmount } from '#domain/money.ts'
import type { Outcome } from './compare.ts'
import { type Break, SYSTEM_OF } from './judge.ts'
import type { Deal } from './story.ts'

const LABEL_WIDTH = 48
const VALUE_WIDTH = 20

/** A figure on a line, point to point on the left and the graph on the right. */
export function tableOf(deals: readonly Deal[], scripts: Outcome, graph: Outcome): string {
  const rows = FIGURES.map(([label, figure]) => row(label, figure(scripts, deals), figure(graph, deals)))
  return [row('', 'point to point', 'Revgraph'), ...rows].join('')
}

const row = (label: string, left: string, right: string): string =>
  `${label.padEnd(LABEL_WIDTH)}${left.padStart(VALUE_WIDTH)}${right.padStart(VALUE_WIDTH)}\n`

/** The records that somebody has to mend, a line for each kind: what they come to, and of which deals they are. */
export function listOf(breaks: readonly Break[]): string {
  const byKind = Object.groupBy(breaks, ({ kind, is }) => `${SYSTEM_OF[kind]} ${kind} ${is}`)
  return Object.entries(byKind)
    .map(([kind, some]) => {
      const worth = some.reduce((sum, { minorUnits }) => sum + minorUnits, 0n)
      const names = some.map(({ deal, step }) => `${deal} ${step.toLowerCase()}`).join(', ')
      return `  ${kind}: ${some.length}, ${dollars(worth)} (${names})\n`
    })
    .join('')
}

const FIGURES: readonly (readonly [string, (outcome: Outcome, deals: readonly Deal[]) => string])[] = [
  ['Sales, upgrades and payments', ({ transactions }) => String(transactions)],
  [
    '  that left a system wrong',
    ({ failed, transactions }) => `${failed} (${percent(failed, transactions)})`,
  ],
  ['Records to find and mend by hand', ({ breaks }) => String(breaks.length)],
  ['Times that a person was told of a failure', ({ told }) => String(told)],
  ['Signed, in CRM', ({ signed }) => dollars(signed)],
  ['Billed', ({ billed }) => dollars(billed)],
  ['Bills in the ERP', ({ posted }) => dollars(posted)],
  ['Paid, at the processor', ({ paid }) => dollars(paid)],
  ['Payments in the ERP', ({ paidInBooks }) => dollars(paidInBooks)],
  ['Documents of one alone, which hold up the close', ({ blockers }) => String(blockers)],
  [
    'Deals activated without a hand',
    ({ activationMs }, deals) => `${activationMs.length} of ${deals.length}`,
  ],
  ['  half of them within', ({ activationMs }) => seconds(activationMs[Math.floor(activationMs.length / 2)])],
  ['  all of them within', ({ activationMs }) => seconds(activationMs.at(-1))],
  ['Days of sales outstanding on 1 May, by the ERP', ({ salesOutstanding }) => tenths(salesOutstanding)],
]

const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)}%`

const seconds = (ms: number | undefined): string => (ms === undefined ? '–' : `${ms / 1_000} s`)

const tenths = (value: bigint | null): string =>
  value === null ? '–' : `${value < 0n ? '-' : ''}${magnitude(value) / 10n}.${magnitude(value) % 10n}`

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value)

const dollars = (amount: bigint): string => formatAmount(amount, 'USD').replaceAll(/\B(?=(?:\d{3})+\.)/g, ',')
