import type { LegalEntityFact } from '#domain/erp.ts'
import type { Queryable } from '#platform/database.ts'

/** Keeps what billing needs of legal entities, which ERP masters: the days and the names of what they issue. */
export async function saveLegalEntities(
  db: Queryable,
  legalEntities: readonly Pick<LegalEntityFact, 'id' | 'code' | 'timeZone'>[],
): Promise<void> {
  if (legalEntities.length === 0) return
  await db.rows({
    name: 'billing save legal entities',
    text: `INSERT INTO billing.legal_entity (id, code, time_zone)
      SELECT DISTINCT ON (id) id, code, time_zone
      FROM unnest($1::text[], $2::text[], $3::text[]) AS stated(id, code, time_zone)
      ON CONFLICT (id) DO UPDATE SET code = excluded.code, time_zone = excluded.time_zone`,
    values: [
      legalEntities.map(({ id }) => id),
      legalEntities.map(({ code }) => code),
      legalEntities.map(({ timeZone }) => timeZone),
    ],
  })
}

/** The code of a legal entity; null where billing was not told it. */
export async function readLegalEntityCode(db: Queryable, id: string): Promise<string | null> {
  const [row] = await db.rows<{ code: string | null }>({
    name: 'billing legal entity code',
    text: 'SELECT code FROM billing.legal_entity WHERE id = $1',
    values: [id],
  })
  return row?.code ?? null
}
