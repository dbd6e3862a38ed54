import type { AccountRule } from '#domain/account-rules.ts'
import type { Fact, Recorded } from '#domain/entity.ts'
import type { Posting } from '#domain/erp.ts'
import type { Books } from '#domain/ledger.ts'
import type { Queryable } from '#platform/database.ts'
import { date, optional, recorded, table, text, word } from '#platform/table.ts'

export const accountRules = table<AccountRule>('erp.account_rule', {
  ...recorded,
  role: word(),
  accountCode: text,
  purpose: optional(word()),
  legalEntityId: optional(text),
  productFamily: optional(text),
  region: optional(text),
  validFrom: optional(date),
  validUntil: optional(date),
})

/** The family of a product, as billing states it. */
export interface ProductFamily extends Fact, Recorded {
  readonly family: string | null
}

export const productFamilies = table<ProductFamily>('erp.product_family', {
  ...recorded,
  family: optional(text),
})

/** The sales region of a customer, as CRM states it. */
export interface CustomerRegion extends Fact, Recorded {
  readonly region: string | null
}

export const customerRegions = table<CustomerRegion>('erp.customer_region', {
  ...recorded,
  region: optional(text),
})

/** All rules; they are few. */
export async function readAccountRules(db: Queryable): Promise<AccountRule[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'erp account rules',
    text: `SELECT ${accountRules.select} FROM ${accountRules.name} t ORDER BY t.role, t.id`,
    values: [],
  })
  return rows.map(accountRules.read)
}

/** What of a posting, or of a balance that will be posted, may choose its accounts. */
export type AccountSubject = Pick<Posting, 'customerId'> & Partial<Pick<Posting, 'lines'>>

/** What chooses accounts: the rules, and what is known of the products and customers. */
export async function readAccountChoice(
  db: Queryable,
  subjects: readonly AccountSubject[],
): Promise<Pick<Books, 'accountRules' | 'families' | 'regions'>> {
  const rules = await readAccountRules(db)
  const products = subjects.flatMap(({ lines = [] }) =>
    lines.flatMap(({ subject }) => subject?.productId ?? []),
  )
  return {
    accountRules: Map.groupBy(rules, ({ role }) => role),
    families: await readWords(db, productFamilies.name, 'family', products),
    regions: await readWords(
      db,
      customerRegions.name,
      'region',
      subjects.flatMap(({ customerId }) => customerId ?? []),
    ),
  }
}

async function readWords(
  db: Queryable,
  source: string,
  column: string,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map()
  const rows = await db.rows<{ id: string; word: string | null }>({
    name: `${source} words`,
    text: `SELECT id, ${column} AS word FROM ${source} WHERE id = ANY($1)`,
    values: [[...new Set(ids)]],
  })
  return new Map(rows.map(({ id, word: value }) => [id, value]))
}
