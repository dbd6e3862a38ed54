import type { Customer, TaxId } from '#domain/crm.ts'
import type { ExternalRef } from '#domain/entity.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Queryable } from '#platform/database.ts'
import { toJson } from '#platform/json.ts'
import { customers } from './store.ts'

/** What tells that two records are of one customer. */
export interface Identity {
  readonly externalRefs: readonly ExternalRef[]
  readonly taxIds: readonly TaxId[]
}

/** Lets whoever states something of the same identities wait until the command ends: in one order, so no deadlock. */
export async function holdIdentities(unit: UnitOfWork, identity: Identity): Promise<void> {
  const keys = [...refsOf(identity), ...identity.taxIds].map((it) => toJson(it)).toSorted()
  await unit.rows({
    text: `SELECT pg_advisory_xact_lock(hashtextextended(key, 0))
      FROM unnest($1::text[]) WITH ORDINALITY AS t(key, place) ORDER BY place`,
    values: [keys],
  })
}

/** Customers that another system calls by one of the references; otherwise those with one of the tax ids. */
export async function findCustomers(db: Queryable, identity: Identity): Promise<Customer[]> {
  const referred = await having(db, 'external_refs', refsOf(identity))
  return referred.length > 0 ? referred : having(db, 'tax_ids', identity.taxIds)
}

/** What of a reference tells the object: not where to see it, nor how new the knowledge of it is. */
function refsOf({ externalRefs }: Identity): Omit<ExternalRef, 'url' | 'sourceVersion'>[] {
  return externalRefs.map(({ system, instance, objectType, externalId }) => ({
    system,
    instance,
    objectType,
    externalId,
  }))
}

async function having(
  db: Queryable,
  column: 'external_refs' | 'tax_ids',
  parts: readonly unknown[],
): Promise<Customer[]> {
  if (parts.length === 0) return []
  const rows = await db.rows<Record<string, unknown>>({
    name: `crm customers having ${column}`,
    text: `SELECT ${customers.select} FROM ${customers.name} t WHERE t.id IN (
        SELECT c.id FROM unnest($1::jsonb[]) AS part JOIN ${customers.name} c ON c.${column} @> part
      ) ORDER BY t.id`,
    values: [parts.map((part) => toJson([part]))],
  })
  return rows.map(customers.read)
}

/** Ids of the customers that were merged into one, which carries on for them. */
export async function readMergedIds(db: Queryable, survivorId: string): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: 'crm customers merged into one',
    text: 'SELECT id FROM crm.customer WHERE merged_into_id = $1 ORDER BY id',
    values: [survivorId],
  })
  return rows.map(({ id }) => id)
}
