import type { Deal } from '#domain/deal.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Queryable } from '#platform/database.ts'
import { readRows, type Table } from '#platform/table.ts'
import { contracts, customers, opportunities, quotes } from './store.ts'

/** What a deal is closed from, as it is now; null for an unknown opportunity, or one of an unknown customer. */
export async function readDeal(db: Queryable, opportunityId: string): Promise<Deal | null> {
  const [opportunity] = await readRows(db, opportunities, [opportunityId])
  if (opportunity === undefined) return null
  const [customer] = await readRows(db, customers, [opportunity.customerId])
  if (customer === undefined) return null
  const offered = await readBy(db, quotes, 'opportunity_id', opportunityId, 't.valid_until, t.id')
  const drafted = await readBy(db, contracts, 'opportunity_id', opportunityId, 't.start_date, t.id')
  const signed = await readBy(db, contracts, 'customer_id', customer.id, 't.start_date DESC, t.id')
  return {
    opportunity,
    customer,
    quotes: offered,
    draft: drafted.find(({ status }) => status === 'DRAFT') ?? null,
    lastLegalEntityId: signed.find(({ status }) => status !== 'DRAFT')?.legalEntityId ?? null,
  }
}

/** Most documents of a deal that are looked at, and most contracts of its customer, newest first. */
const MAX_ROWS = 100

async function readBy<State extends { readonly id: string }>(
  db: Queryable,
  source: Table<State>,
  column: 'opportunity_id' | 'customer_id',
  id: string,
  order: string,
): Promise<State[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: `${source.name} of a deal by ${column}`,
    text: `SELECT ${source.select} FROM ${source.name} t WHERE t.${column} = $1 ORDER BY ${order} LIMIT ${MAX_ROWS}`,
    values: [id],
  })
  return rows.map(source.read)
}

/** Whether a contract of the opportunity binds somebody, or did. */
export async function hasContract(unit: UnitOfWork, opportunityId: string): Promise<boolean> {
  const rows = await unit.rows({
    text: "SELECT 1 FROM crm.contract WHERE opportunity_id = $1 AND status NOT IN ('DRAFT', 'TERMINATED') LIMIT 1",
    values: [opportunityId],
  })
  return rows.length > 0
}

/** The number of the contract that an opportunity became, one that still binds before others; null for none. */
export async function readContractNumber(db: Queryable, opportunityId: string): Promise<string | null> {
  const [row] = await db.rows<{ number: string }>({
    name: 'crm contract number of a deal',
    text: `SELECT number FROM crm.contract WHERE opportunity_id = $1 AND status <> 'DRAFT'
      ORDER BY status = 'TERMINATED', number DESC LIMIT 1`,
    values: [opportunityId],
  })
  return row?.number ?? null
}

/**
 * The next number of a series. Its row is locked until the command ends: no number is given twice, and none is lost
 * where a command is taken back.
 */
export async function takeNumber(unit: UnitOfWork, series: string): Promise<number> {
  const [row] = await unit.rows<{ last: number }>({
    text: `INSERT INTO crm.number_series (series, last) VALUES ($1, 1)
      ON CONFLICT (series) DO UPDATE SET last = number_series.last + 1 RETURNING last`,
    values: [series],
  })
  if (row === undefined) throw new Error(`The series ${series} gave no number`)
  return row.last
}
