import type { Queryable } from '#platform/database.ts'

/** Documents that the law wants numbered without gaps. */
export type NumberedKind = 'INVOICE' | 'CREDIT_NOTE'

/** Where documents of a kind are, and what their numbers have behind the code of the company: `US-CN-000007`. */
const SERIES: Readonly<Record<NumberedKind, { readonly table: string; readonly infix: string }>> = {
  INVOICE: { table: 'billing.invoice', infix: '-' },
  CREDIT_NOTE: { table: 'billing.credit_note', infix: '-CN-' },
}

const DIGITS = 6

interface Place {
  readonly prefix: string
  readonly place: bigint
}

/**
 * The next number of a legal entity's series, or null where nobody told its code. Its counter stays locked until the
 * transaction ends and is rolled back with it: no number is lost or given twice. Take it last, since others wait.
 */
export async function takeNumber(
  db: Queryable,
  kind: NumberedKind,
  legalEntityId: string,
): Promise<string | null> {
  const [next = await beginSeries(db, kind, legalEntityId)] = await db.rows<Place>({
    name: 'billing next number',
    text: `UPDATE billing.number_series SET last = last + 1 WHERE legal_entity_id = $1 AND kind = $2
      RETURNING prefix, last AS place`,
    values: [legalEntityId, kind],
  })
  return next === undefined ? null : next.prefix + String(next.place).padStart(DIGITS, '0')
}

/** A series goes on after the numbers that are stored of it already. Other sources number by prefixes of their own. */
async function beginSeries(
  db: Queryable,
  kind: NumberedKind,
  legalEntityId: string,
): Promise<Place | undefined> {
  const { table, infix } = SERIES[kind]
  const [first] = await db.rows<Place>({
    name: `billing begin numbers ${kind}`,
    text: `WITH series AS (
        SELECT id, code || $3 AS prefix FROM billing.legal_entity WHERE id = $1 AND code IS NOT NULL
      ), stored AS (
        SELECT CASE WHEN digits ~ '^\\d{1,15}$' THEN digits::bigint END AS place
        FROM ${table} document JOIN series ON document.legal_entity_id = series.id,
          substr(number, length(prefix) + 1) AS digits
        WHERE starts_with(number, prefix)
      )
      INSERT INTO billing.number_series AS known (legal_entity_id, kind, prefix, last)
      SELECT id, $2, prefix, 1 + coalesce((SELECT max(place) FROM stored), 0) FROM series
      ON CONFLICT (legal_entity_id, kind) DO UPDATE SET last = known.last + 1
      RETURNING prefix, last AS place`,
    values: [legalEntityId, kind, infix],
  })
  return first
}
