/**
 * What is in the tables, and in the log of the outside billing, held against a model that knows the orders and nothing
 * of how they were carried out: plain SQL over rows, and sums of the orders' own figures.
 */
import type { Database } from '#platform/database.ts'
import { checkInvariants } from '#platform/invariant.ts'
import { INVARIANTS } from '#commands/check-books.ts'
import { OTHER_CUSTOMER, OUTSIDE, type Order, otherCustomerIdOf, TELLER } from './orders.ts'
import type { OutsideBilling } from './outside-billing.ts'
import { FOLLOWING_FLOWS, judgeFollowing } from './following-judgement.ts'
import { isIssued, judgeIssued } from './outside-judgement.ts'
import { hitAt } from './part.ts'
import { STORIES } from './stories.ts'
import { taleOf } from './tales.ts'
import { workflowIdOf, type World } from './world.ts'

/** What differs from the model, in words; nothing where all is as it must be. */
export interface Findings {
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  readonly misordered: readonly string[]
  readonly unbalanced: readonly string[]
  readonly workflows: number
  /** Workflows of these that an event started. */
  readonly followed: number
  readonly effects: number
}

export async function judgeWorld(world: World): Promise<Findings> {
  const { owner, orders, outside, refusals } = world
  const workflows = await owner.rows<{ id: string; flow: string; status: string; why: string | null }>(
    plain(WORKFLOWS),
  )
  const effects = await owner.rows<{ effect: string }>(plain(EFFECTS))
  const witnessed = outside === null ? [] : whatHappened(outside)
  const issued = await judgeIssued(owner, outside)
  const foreseen = orders.flatMap((order) => {
    const tale = taleOf(order)
    return [...tale.effects(order), ...(tale.outside?.(order) ?? [])]
  })
  const found = [...effects.map(({ effect }) => effect), ...witnessed]
  const following = await judgeFollowing(world)
  const wanted = new Set(orders.filter(({ story }) => story in STORIES).map(workflowIdOf))
  return {
    lost: [
      ...refusals,
      ...unfinished(orders, workflows),
      ...without(foreseen, found),
      ...without(following.foreseen, following.found),
      ...following.unshown,
      ...issued.here,
    ],
    doubled: [
      ...without(found, foreseen),
      ...without(following.found, following.foreseen),
      ...workflows.flatMap(({ id, flow }) =>
        wanted.has(id) || FOLLOWING_FLOWS.includes(flow) ? [] : [`${id} that nobody asked for`],
      ),
      ...(await ids(owner, REPEATED_KEYS, 'twice under the key')),
      ...repeatedOutside(outside),
      ...issued.there,
      ...(await ids(owner, AFTER_THE_END, 'went on after its end:')),
    ],
    misordered: await ids(owner, OUT_OF_LINE, 'began before its turn:'),
    unbalanced: [...(await brokenInvariants(owner)), ...(await wrongBalances(owner, orders))],
    workflows: workflows.length,
    followed: following.found.length,
    effects: found.length,
  }
}

/** What the outside billing did, by its own log, told as orders tell it. */
const whatHappened = (outside: OutsideBilling): string[] =>
  outside
    .effects()
    .filter((effect) => !isIssued(effect))
    .map(({ operation, payload }) => {
      const { payment, invoiceId, paymentId, minorUnits } = payload as Readonly<
        Record<string, string | undefined>
      >
      return `${operation} ${payment ?? invoiceId ?? paymentId} ${minorUnits}`
    })

function repeatedOutside(outside: OutsideBilling | null): string[] {
  const byKey = Object.groupBy(outside?.effects() ?? [], ({ effectKey }) => effectKey)
  return Object.entries(byKey).flatMap(([key, effects]) =>
    (effects?.length ?? 0) > 1 ? [`twice outside: ${key}`] : [],
  )
}

const MAX_SHOWN = 5

/** The first of a list, in brackets; nothing of one that is empty. */
export const shown = (list: readonly string[]): string =>
  list.length === 0 ? '' : ` (${list.slice(0, MAX_SHOWN).join('; ')})`

/** What there is too much of in one list, by the other. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other]
  return list.filter((item) => {
    const place = left.indexOf(item)
    if (place >= 0) left.splice(place, 1)
    return place < 0
  })
}

function unfinished(
  orders: readonly Order[],
  workflows: readonly { readonly id: string; readonly status: string; readonly why: string | null }[],
): string[] {
  const known = new Map(workflows.map((workflow) => [workflow.id, workflow]))
  return orders.flatMap((order) => {
    const ends = STORIES[order.story]?.ends
    if (ends === undefined) return []
    const { status = 'not there', why } = known.get(workflowIdOf(order)) ?? {}
    return status === ends ? [] : [`${order.story} ${order.number} is ${status} ${why ?? ''}`]
  })
}

const plain = (text: string) => ({ text, values: [] })

async function ids(owner: Database, text: string, what: string): Promise<string[]> {
  const rows = await owner.rows<{ id: string }>(plain(text))
  return rows.map(({ id }) => `${what} ${id}`)
}

async function brokenInvariants(owner: Database): Promise<string[]> {
  const findings = await checkInvariants(owner, INVARIANTS)
  return findings.flatMap(({ invariant: { name }, ids: offenders }) =>
    offenders.map((id) => `${name}: ${id}`),
  )
}

/** What each customer owes, and the cash, by the journal and by the orders. */
async function wrongBalances(owner: Database, orders: readonly Order[]): Promise<string[]> {
  const expected = new Map<string, bigint>()
  const add = (account: string, amount: bigint): void =>
    void expected.set(account, (expected.get(account) ?? 0n) + amount)
  for (const order of orders) {
    const { receivables, cash, otherReceivables = 0n } = taleOf(order).leaves(order)
    add(`RECEIVABLES ${order.customerId}`, receivables)
    add(`RECEIVABLES ${otherCustomerIdOf(order)}`, otherReceivables)
    add('CASH_CLEARING', cash)
  }
  const rows = await owner.rows<{ account: string; balance: bigint }>(plain(BALANCES))
  const booked = new Map(rows.map(({ account, balance }) => [account, balance]))
  return [...new Set([...expected.keys(), ...booked.keys()])].flatMap((account) => {
    const [is, should] = [booked.get(account) ?? 0n, expected.get(account) ?? 0n]
    return is === should ? [] : [`${account} is ${is}, not ${should}`]
  })
}

const WORKFLOWS = `SELECT id, flow, status, failure->>'message' AS why FROM operations.workflow`

/** Whatever the systems did for orders: of a kind, about an invoice, a deal or a contract, with its amount. */
const EFFECTS = `
  WITH paid AS (SELECT payment_id, min(invoice_id) AS invoice_id FROM billing.allocation GROUP BY 1),
  agreed AS (SELECT id AS contract_id, coalesce(opportunity_id, 'next of ' || renewal_of_id,
    CASE WHEN customer_id LIKE '${OTHER_CUSTOMER}%' THEN customer_id END, id) AS about FROM crm.contract),
  effect AS (
    SELECT 'payment' AS kind, invoice_id AS about, amount FROM billing.payment LEFT JOIN paid ON payment_id = id
      WHERE external_refs @> '[{"system": "revgraph"}]'
    UNION ALL SELECT 'told payment ' || status, invoice_id, amount
      FROM billing.payment LEFT JOIN paid ON payment_id = id
      WHERE external_refs @> '[{"system": "${OUTSIDE}"}]' AND external_refs->0->>'externalId' NOT LIKE 'stated%'
    UNION ALL SELECT 'refund', invoice_id, amount FROM billing.refund LEFT JOIN paid USING (payment_id)
    UNION ALL SELECT 'dispute ' || status, payment_id, amount FROM billing.dispute
    UNION ALL SELECT 'customer', ref->>'externalId', NULL FROM crm.customer, jsonb_array_elements(external_refs) AS ref
      WHERE ref->>'system' = '${TELLER}'
    UNION ALL SELECT 'held ' || field, step, version FROM operations.exception WHERE class = 'FOREIGN_WRITE'
    UNION ALL SELECT 'merged', concat_ws(' ', id, merged_into_id), NULL FROM crm.customer
      WHERE merged_into_id IS NOT NULL
    UNION ALL SELECT 'credit note', invoice_id, amount FROM billing.credit_note
    UNION ALL SELECT 'write-off', id, total FROM billing.invoice WHERE status = 'UNCOLLECTIBLE'
    UNION ALL SELECT 'contract', about, total_contract_value FROM crm.contract JOIN agreed ON contract_id = id
    UNION ALL SELECT 'amendment ' || status, about, NULL FROM crm.amendment LEFT JOIN agreed USING (contract_id)
    UNION ALL SELECT 'subscription', coalesce(about, id), NULL
      FROM billing.subscription LEFT JOIN agreed USING (contract_id)
    UNION ALL SELECT 'invoice', coalesce(about, subscription_id), total
      FROM billing.invoice LEFT JOIN agreed USING (contract_id)
      WHERE contract_id IS NOT NULL OR subscription_id IS NOT NULL
    UNION ALL SELECT 'attempt', invoice_id, attempts FROM billing.dunning WHERE attempts > 0
    UNION ALL SELECT 'closed', period_id, (SELECT sum(line.credit - line.debit) FROM erp.journal_line AS line
        JOIN erp.journal_entry AS entry ON entry.id = entry_id
        WHERE role = 'REVENUE' AND (entry.legal_entity_id, entry.period) = (seal.legal_entity_id, seal.period))
      FROM erp.period_seal AS seal JOIN erp.accounting_period AS p ON p.id = period_id WHERE status = 'CLOSED'
    UNION ALL SELECT 'schedule', about, sum(allocated_price)
      FROM erp.revenue_schedule LEFT JOIN agreed USING (contract_id) WHERE contract_id IS NOT NULL GROUP BY 2
    UNION ALL SELECT 'won', id, amount FROM crm.opportunity WHERE stage = 'WON'
  )
  SELECT concat_ws(' ', kind, about, amount) AS effect FROM effect`

const REPEATED_KEYS = `
  SELECT ref->>'externalId' AS id FROM (
    SELECT external_refs FROM billing.payment
    UNION ALL SELECT external_refs FROM crm.amendment
    UNION ALL SELECT external_refs FROM billing.invoice
    UNION ALL SELECT external_refs FROM billing.subscription
    UNION ALL SELECT external_refs FROM crm.contract
    UNION ALL SELECT external_refs FROM billing.refund
    UNION ALL SELECT external_refs FROM billing.credit_note) AS document, jsonb_array_elements(external_refs) AS ref
  WHERE ref->>'system' IN ('revgraph', '${OUTSIDE}') GROUP BY 1 HAVING count(*) > 1`

const AFTER_THE_END = `
  SELECT aggregate_id AS id FROM operations.event AS event
  WHERE aggregate = 'workflow' AND version > (
    SELECT min(version) FROM operations.event AS ending
    WHERE ending.aggregate_id = event.aggregate_id AND ending.data->>'status' IN ('COMPLETED', 'COMPENSATED'))
  GROUP BY 1`

const OUT_OF_LINE = `
  SELECT DISTINCT later.id FROM operations.workflow AS earlier
  JOIN operations.workflow AS later ON later.subject = earlier.subject AND later.place > earlier.place
  WHERE (later.steps->0->>'startedAt')::timestamptz < coalesce(earlier.ended_at, 'infinity')`

const BALANCES = `
  SELECT concat_ws(' ', line.role, CASE WHEN line.role = 'RECEIVABLES' THEN line.customer_id END) AS account,
    sum(line.debit - line.credit)::bigint AS balance
  FROM erp.journal_line AS line WHERE line.role IN ('RECEIVABLES', 'CASH_CLEARING') GROUP BY 1`

/** How long after each hit the workflow went on, in milliseconds, ascending. */
export async function recoveries({ owner, mines }: World): Promise<number[]> {
  const hits = mines.flatMap(({ order, file }) => {
    const at = hitAt(file)
    return at === undefined
      ? []
      : [{ id: workflowIdOf(order), at: Temporal.Instant.fromEpochMilliseconds(Math.round(at)) }]
  })
  const rows = await owner.rows<{ ms: number }>({
    text: `SELECT extract(epoch FROM min(recorded_at) - at)::float8 * 1000 AS ms
      FROM unnest($1::text[], $2::timestamptz[]) AS hit (id, at)
      JOIN operations.event ON aggregate_id = hit.id AND recorded_at > at
      GROUP BY hit.id, at ORDER BY 1`,
    values: [hits.map(({ id }) => id), hits.map(({ at }) => at.toString())],
  })
  return rows.map(({ ms }) => ms)
}
