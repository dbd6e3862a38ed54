import type { RecordCount } from '#domain/facts.ts'
import { moneyText } from '#domain/money.ts'
import type { GapGroup, GapKind } from './gaps.ts'
import type { ImportResult } from './import.ts'
import type { Total } from './totals.ts'

/** What the kinds of gaps mean to who reads the report. */
const GAP_MEANINGS: Readonly<Record<GapKind, string>> = {
  DANGLING_REFERENCE: 'refers to an object that is not there',
  UNKNOWN_ENUM: 'has a value that is not known here',
  UNMAPPED_FIELD: 'has a field that is not known here',
  INVALID: 'contradicts itself or breaks a rule',
  APPROXIMATED: 'is held rounded or derived',
  NOT_SEEN: 'is no longer listed; what was recorded of it stays',
}

/** The end of an import in words: what was recorded, what it comes to, and what is not, or not exactly, in it. */
export function importReport(result: ImportResult): string {
  const resumed =
    result.resumedFrom === null
      ? []
      : [`Went on where the last import stopped, in ${result.resumedFrom.resource}.`]
  return [
    `Stripe: ${result.objects} objects.`,
    ...resumed,
    ...result.unavailable.map((resource) => `The server has no list of ${resource}.`),
    '',
    ...section(
      'Recorded',
      Object.entries(result.counts).flatMap(([kind, count]) => countLines(kind, count)),
    ),
    ...section('Sums', result.totals.map(totalLine)),
    ...section('Gaps', result.gaps.flatMap(gapLines), 'Nothing was left out.'),
  ].join('\n')
}

function section(title: string, lines: readonly string[], empty = 'Nothing.'): string[] {
  return [title, ...(lines.length === 0 ? [empty] : lines).map((line) => `  ${line}`), '']
}

function countLines(kind: string, { created, changed, unchanged, stale }: RecordCount): string[] {
  if (created + changed + unchanged + stale === 0) return []
  const older = stale === 0 ? '' : `, ${stale} older than known`
  return [`${kind}: ${created} new, ${changed} changed, ${unchanged} as before${older}`]
}

function totalLine({ kind, source, currency, status, count, amount }: Total): string {
  const money = currency === null || amount === null ? (currency ?? '') : moneyText(amount, currency)
  return `${kind} ${status} (${source}): ${count}${money === '' ? '' : `, ${money}`}`
}

function gapLines({ kind, objectType, path, count, examples }: GapGroup): string[] {
  return [
    `${count} × ${objectType}.${path} ${GAP_MEANINGS[kind]} (${kind})`,
    ...examples.map(({ externalId, value }) => `  ${externalId}: ${value}`),
  ]
}
