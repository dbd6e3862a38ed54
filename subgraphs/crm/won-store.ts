import type { Contract, Opportunity } from '#domain/crm.ts'
import type { Queryable } from '#platform/database.ts'
import { contracts, opportunities } from './store.ts'

/** Deals that were won in a range of days, both included, after one of them in the order of days and ids. */
export interface WonPage {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
  readonly after: { readonly closedOn: Temporal.PlainDate; readonly id: string } | null
  readonly limit: number
}

/** A deal that was won, with the first contract that was signed for it. */
export interface SoldDeal {
  readonly opportunity: Opportunity & { readonly closedOn: Temporal.PlainDate }
  readonly contract: Contract | null
}

/** A page of the deals that were won. */
export async function readWonDeals(db: Queryable, { from, to, after, limit }: WonPage): Promise<SoldDeal[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'crm deals won',
    text: `SELECT ${opportunities.select} FROM crm.opportunity t
      WHERE stage = 'WON' AND closed_on BETWEEN $1 AND $2 AND (closed_on, id) > ($3::date, $4)
      ORDER BY closed_on, id LIMIT $5`,
    values: [from.toString(), to.toString(), (after?.closedOn ?? from).toString(), after?.id ?? '', limit],
  })
  const won = rows.map(opportunities.read)
  const signed = await readSigned(
    db,
    won.map(({ id }) => id),
  )
  return won.flatMap(({ closedOn, ...deal }) =>
    closedOn === null
      ? []
      : [{ opportunity: { ...deal, closedOn }, contract: signed.get(deal.id)?.[0] ?? null }],
  )
}

async function readSigned(
  db: Queryable,
  opportunityIds: readonly string[],
): Promise<Map<string | null, Contract[]>> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'crm contracts of deals',
    text: `SELECT ${contracts.select} FROM crm.contract t
      WHERE opportunity_id = ANY($1) AND status <> 'DRAFT' ORDER BY start_date, id`,
    values: [opportunityIds],
  })
  return Map.groupBy(rows.map(contracts.read), ({ opportunityId }) => opportunityId)
}
