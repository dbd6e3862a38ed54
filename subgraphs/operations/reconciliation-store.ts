import type { Break, HeldFact } from '#domain/reconciliation.ts'
import type { RuleName } from '#domain/reconciliation-rules.ts'
import type { Queryable } from '#platform/database.ts'
import { parseDate } from '#platform/dates.ts'
import { toJson } from '#platform/json.ts'
import type { Jsonified } from '#platform/table.ts'
import { keyOf, type KeptHeld, type KeptHolding } from './reconciliation/held.ts'

/** What a rule compares. */
export type ItemKey = Pick<HeldFact, 'rule' | 'key'>

/** Whether an item was found to be the same in both systems, for the months that it concerns. */
export interface ItemState {
  readonly status: 'MATCHED' | 'BREAK' | null
  /** ISO 8601; empty for all months. */
  readonly firstPeriod: string
  readonly lastPeriod: string | null
}

/** An item as it was when it was compared last. */
export interface DueItem extends ItemKey, ItemState {
  readonly id: string
  readonly cause: Break['cause'] | null
  readonly foundAt: Temporal.Instant | null
}

/** What came of comparing an item. */
export interface ComparedItem extends ItemKey, ItemState {
  readonly id: string
  readonly found: Break | null
  /** When it was first found to be broken in this way. */
  readonly foundAt: Temporal.Instant | null
  /** When it is to be compared again without anything being told of it. */
  readonly dueOn: Temporal.PlainDate | null
}

/** Has what was expected by a day compared. */
export async function noteExpected(db: Queryable, day: Temporal.PlainDate): Promise<void> {
  await db.rows({
    name: 'operations reconciliation expected',
    text: 'UPDATE operations.reconciliation_item SET is_due = true, due_on = NULL WHERE due_on <= $1',
    values: [day.toString()],
  })
}

/** Has items compared again, in the order of their keys, so that two transactions cannot deadlock. */
export async function noteDue(db: Queryable, items: readonly ItemKey[]): Promise<void> {
  const byKey = new Map(items.map((item) => [keyOf(item), item]))
  if (byKey.size === 0) return
  await db.rows({
    name: 'operations reconciliation due',
    text: `INSERT INTO operations.reconciliation_item (rule, key, is_due)
      SELECT rule, key, true FROM unnest($1::text[], $2::text[]) AS due(rule, key) ORDER BY rule, key
      ON CONFLICT (rule, key) DO UPDATE SET is_due = true`,
    values: [[...byKey.values()].map(({ rule }) => rule), [...byKey.values()].map(({ key }) => key)],
  })
}

/** Has everything compared again that a system holds anything of, or of which something was found. */
export async function noteAllDue(db: Queryable): Promise<void> {
  await db.rows({
    name: 'operations reconciliation all due',
    text: `INSERT INTO operations.reconciliation_item (rule, key, is_due)
      SELECT split_part(held, ' ', 1), substr(held, strpos(held, ' ') + 1), true FROM (
        SELECT DISTINCT jsonb_array_elements_text(state->'keys') AS held FROM operations.reconciliation_fact
        UNION SELECT rule || ' ' || key FROM operations.reconciliation_item) AS item
      ORDER BY 1, 2 ON CONFLICT (rule, key) DO UPDATE SET is_due = true`,
    values: [],
  })
}

/** Items to compare, locked until the transaction ends; those that another node compares are left out. */
export function takeDue(db: Queryable, limit: number): Promise<DueItem[]> {
  return db.rows<DueItem>({
    name: 'operations reconciliation takes due',
    text: `SELECT id, rule, key, status, first_period AS "firstPeriod", last_period AS "lastPeriod", cause,
        found_at AS "foundAt"
      FROM operations.reconciliation_item WHERE is_due ORDER BY rule, key LIMIT $1 FOR UPDATE SKIP LOCKED`,
    values: [limit],
  })
}

/** What the systems hold of items, and how many aggregates tell it. */
export async function readHeld(
  db: Queryable,
  items: readonly ItemKey[],
): Promise<{ readonly held: readonly KeptHeld[]; readonly read: number }> {
  const keys = new Set(items.map(keyOf))
  const rows = await db.rows<{ state: KeptHolding }>({
    name: 'operations reconciliation facts',
    text: `SELECT state FROM operations.reconciliation_fact WHERE state->'keys' ?| $1 ORDER BY aggregate_id`,
    values: [[...keys]],
  })
  const held = rows.flatMap(({ state }) => state.held.filter((fact) => keys.has(keyOf(fact))))
  return { held, read: rows.length }
}

/** Keeps what came of comparing items. Named by their ids as well, they are found by an index, however few are held. */
export async function saveCompared(db: Queryable, items: readonly ComparedItem[]): Promise<void> {
  const rows = items.map(({ found, foundAt, dueOn, ...item }) => ({
    ...item,
    cause: found?.cause ?? null,
    since: found?.since.toString() ?? null,
    foundAt: foundAt?.toString() ?? null,
    dueOn: dueOn?.toString() ?? null,
    content: found,
  }))
  await db.rows({
    name: 'operations reconciliation compared',
    text: `UPDATE operations.reconciliation_item i SET is_due = false, status = c.status,
        first_period = c."firstPeriod", last_period = c."lastPeriod", cause = c.cause, since = c.since,
        found_at = c."foundAt", due_on = c."dueOn", content = c.content
      FROM json_to_recordset($1) AS c(id text, status text, "firstPeriod" text, "lastPeriod" text,
        cause text, since date, "foundAt" timestamptz, "dueOn" date, content jsonb)
      WHERE i.id = c.id AND i.id = ANY($2)`,
    values: [toJson(rows), items.map(({ id }) => id)],
  })
}

/** By how much the counts of a rule change from a month on. */
export interface TallyChange {
  readonly rule: RuleName
  readonly period: string
  readonly matched: number
  readonly broken: number
}

/** Counts what changed; in the order of the keys, so that two transactions cannot deadlock. */
export async function countChanges(db: Queryable, changes: readonly TallyChange[]): Promise<void> {
  if (changes.length === 0) return
  await db.rows({
    name: 'operations reconciliation counts',
    text: `INSERT INTO operations.reconciliation_tally AS t (rule, period, matched, broken)
      SELECT rule, period, matched, broken
      FROM json_to_recordset($1) AS c(rule text, period text, matched bigint, broken bigint) ORDER BY rule, period
      ON CONFLICT (rule, period)
        DO UPDATE SET matched = t.matched + excluded.matched, broken = t.broken + excluded.broken`,
    values: [toJson(changes)],
  })
}

/** How many items of a rule are compared, of those that concern a month. */
export interface Tally {
  readonly rule: RuleName
  readonly matched: number
  readonly broken: number
}

/** The counts of all rules for a month. */
export function readTallies(db: Queryable, period: string): Promise<Tally[]> {
  return db.rows<Tally>({
    name: 'operations reconciliation tallies',
    text: `SELECT rule, sum(matched)::int AS matched, sum(broken)::int AS broken
      FROM operations.reconciliation_tally WHERE period <= $1 GROUP BY rule`,
    values: [period],
  })
}

/** A break as it is kept. */
export interface FoundBreak extends ItemKey, Break {
  readonly id: string
  readonly foundAt: Temporal.Instant
}

type BreakRow = Omit<FoundBreak, keyof Break> & { readonly content: Jsonified<Break> }

const BREAK_COLUMNS = `id, rule, key, found_at AS "foundAt", content`

/** Breaks by their ids; null where the systems hold the same again. */
export async function readBreaksById(db: Queryable, ids: readonly string[]): Promise<(FoundBreak | null)[]> {
  const rows = await db.rows<BreakRow>({
    name: 'operations reconciliation breaks by id',
    text: `SELECT ${BREAK_COLUMNS} FROM operations.reconciliation_item WHERE id = ANY($1) AND status = 'BREAK'`,
    values: [ids],
  })
  const byId = new Map(rows.map((row) => [row.id, breakOf(row)]))
  return ids.map((id) => byId.get(id) ?? null)
}

/** Whether the systems hold the same of a contract. */
export interface ContractAgreement {
  readonly contractId: string
  /** Whether all that the systems told of it is compared. */
  readonly isCompared: boolean
  readonly breaks: readonly FoundBreak[]
}

/** What is compared of a contract itself; its documents are not. */
const CONTRACT_RULES: readonly RuleName[] = [
  'CONTRACT_VALUE',
  'SUBSCRIPTIONS',
  'SUBSCRIPTION_ITEMS',
  'OBLIGATIONS',
]

/** What came of comparing contracts, by their ids: whatever the contract, its subscription or its schedules name. */
export async function readAgreements(
  db: Queryable,
  contractIds: readonly string[],
): Promise<ContractAgreement[]> {
  const rows = await db.rows<BreakRow & { contractId: string; isDue: boolean; status: ItemState['status'] }>({
    name: 'operations reconciliation of contracts',
    text: `WITH told AS (
        SELECT DISTINCT wanted.id, split_part(held, ' ', 1) AS rule, substr(held, strpos(held, ' ') + 1) AS key
        FROM unnest($1::text[]) AS wanted(id)
        JOIN operations.reconciliation_fact fact
          ON fact.state->'keys' ?| ARRAY['CONTRACT_VALUE ' || wanted.id, 'SUBSCRIPTIONS ' || wanted.id]
        CROSS JOIN LATERAL jsonb_array_elements_text(fact.state->'keys') AS held)
      SELECT told.id AS "contractId", i.is_due AS "isDue", i.status, i.id, i.rule, i.key,
        i.found_at AS "foundAt", i.content
      FROM told JOIN operations.reconciliation_item i ON i.rule = told.rule AND i.key = told.key
      WHERE told.rule = ANY($2) AND (i.is_due OR i.status = 'BREAK') ORDER BY i.rule, i.key`,
    values: [contractIds, CONTRACT_RULES],
  })
  const byContract = Map.groupBy(rows, (row) => row.contractId)
  return contractIds.map((contractId) => {
    const items = byContract.get(contractId) ?? []
    const broken = items.filter(({ status }) => status === 'BREAK')
    return {
      contractId,
      isCompared: !items.some(({ isDue }) => isDue),
      breaks: broken.map(breakOf),
    }
  })
}

/** An item of which people are not told as it is. */
export interface UntoldItem {
  readonly id: string
  /** Null where the systems hold the same again. */
  readonly found: FoundBreak | null
}

/**
 * Items whose break has been there since an instant and of which no exception tells, and those of which one tells
 * though it is gone or has another cause; locked until the transaction ends. Those that another node has are left out.
 */
export async function takeUntold(
  db: Queryable,
  since: Temporal.Instant,
  limit: number,
): Promise<UntoldItem[]> {
  const rows = await db.rows<BreakRow | (Pick<BreakRow, 'id'> & { foundAt: null })>({
    name: 'operations reconciliation takes untold',
    text: `SELECT ${BREAK_COLUMNS} FROM operations.reconciliation_item
      WHERE told_at IS DISTINCT FROM found_at AND (found_at IS NULL OR found_at <= $1)
      ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    values: [since.toString(), limit],
  })
  return rows.map((row) => ({ id: row.id, found: row.foundAt === null ? null : breakOf(row) }))
}

/** Notes that people are told of items as they are. */
export async function noteTold(db: Queryable, ids: readonly string[]): Promise<void> {
  await db.rows({
    name: 'operations reconciliation told',
    text: 'UPDATE operations.reconciliation_item SET told_at = found_at WHERE id = ANY($1)',
    values: [ids],
  })
}

/** Breaks of a rule that have one cause. */
export interface BreakGroup {
  readonly rule: RuleName
  readonly cause: Break['cause']
  readonly count: number
  readonly oldest: Temporal.PlainDate
}

/** How many breaks there are, by rule and cause. */
export function countBreaks(db: Queryable): Promise<BreakGroup[]> {
  return db.rows<BreakGroup>({
    name: 'operations reconciliation breaks counted',
    text: `SELECT rule, cause, count(*)::int AS count, min(since) AS oldest
      FROM operations.reconciliation_item WHERE status = 'BREAK' GROUP BY rule, cause ORDER BY rule, cause`,
    values: [],
  })
}

/** How many items wait to be compared. */
export async function countDue(db: Queryable): Promise<number> {
  const [row] = await db.rows<{ count: number }>({
    name: 'operations reconciliation due counted',
    text: 'SELECT count(*)::int AS count FROM operations.reconciliation_item WHERE is_due',
    values: [],
  })
  return row?.count ?? 0
}

/** The breaks of rules that concern a month, the oldest ones of each first. */
export async function readBreaks(
  db: Queryable,
  rules: readonly RuleName[],
  period: string,
  limit: number,
): Promise<FoundBreak[][]> {
  const rows = await db.rows<BreakRow>({
    name: 'operations reconciliation breaks',
    text: `SELECT found.* FROM unnest($1::text[]) AS wanted(rule) CROSS JOIN LATERAL (
        SELECT ${BREAK_COLUMNS} FROM operations.reconciliation_item i
        WHERE i.rule = wanted.rule AND i.status = 'BREAK' AND i.first_period <= $2
          AND (i.last_period IS NULL OR i.last_period >= $2)
        ORDER BY i.since, i.id LIMIT $3) AS found`,
    values: [rules, period, limit],
  })
  const byRule = Map.groupBy(rows.map(breakOf), ({ rule }) => rule)
  return rules.map((rule) => byRule.get(rule) ?? [])
}

const revive = (amount: Jsonified<Break['left']>): Break['left'] =>
  amount && { ...amount, minorUnits: BigInt(amount.minorUnits) }

function breakOf({ content: { left, right, delta, since, ...content }, ...row }: BreakRow): FoundBreak {
  return {
    ...row,
    ...content,
    // What was found by an earlier release does not say.
    customerId: content.customerId ?? null,
    left: revive(left),
    right: revive(right),
    delta: revive(delta),
    since: parseDate(since),
  }
}

/** Which systems hold something of a break: the left one, the right one, or both. */
export type CoverageSide = HeldFact['side'] | 'BOTH'

/** Breaks of a rule by which systems hold something of them, and by currency. */
export interface CoverageBreaks {
  readonly side: CoverageSide
  readonly currency: string
  readonly count: number
  /** Minor units that the one side holds; where both do, what the left one holds more. */
  readonly amount: bigint
}

/** The breaks of a rule that concern a month, by which systems hold something of them. */
export function readCoverageBreaks(db: Queryable, rule: RuleName, period: string): Promise<CoverageBreaks[]> {
  return db.rows<CoverageBreaks>({
    name: 'operations reconciliation coverage',
    text: `SELECT side, value->>'currency' AS currency, count(*)::int AS count,
        sum((value->>'minorUnits')::bigint)::bigint AS amount
      FROM operations.reconciliation_item i CROSS JOIN LATERAL (
        SELECT CASE WHEN content->'right' = 'null' THEN 'LEFT' WHEN content->'left' = 'null' THEN 'RIGHT'
            ELSE 'BOTH' END AS side,
          CASE WHEN content->'right' = 'null' THEN content->'left' WHEN content->'left' = 'null' THEN content->'right'
            ELSE content->'delta' END AS value) AS held
      WHERE rule = $1 AND status = 'BREAK' AND first_period <= $2 AND (last_period IS NULL OR last_period >= $2)
      GROUP BY 1, 2 ORDER BY 1, 2`,
    values: [rule, period],
  })
}

/** Whether anything waits to be compared. */
export async function hasDue(db: Queryable): Promise<boolean> {
  const rows = await db.rows({
    name: 'operations reconciliation has due',
    text: 'SELECT FROM operations.reconciliation_item WHERE is_due LIMIT 1',
    values: [],
  })
  return rows.length > 0
}

/** Up to when all that was told is compared; null before the first time. */
export async function readAsOf(db: Queryable): Promise<Temporal.Instant | null> {
  const [row] = await db.rows<{ asOf: Temporal.Instant | null }>({
    name: 'operations reconciliation as of',
    text: 'SELECT as_of AS "asOf" FROM operations.reconciliation_state',
    values: [],
  })
  return row?.asOf ?? null
}

/** Notes up to when all that was told is compared. */
export async function noteAsOf(db: Queryable, asOf: Temporal.Instant): Promise<void> {
  await db.rows({
    name: 'operations reconciliation notes as of',
    text: `INSERT INTO operations.reconciliation_state (as_of) VALUES ($1)
      ON CONFLICT (only_row) DO UPDATE SET as_of = greatest(reconciliation_state.as_of, excluded.as_of)`,
    values: [asOf.toString()],
  })
}
