import type { PriceTier } from '#domain/billing.ts'
import type { AppliedModification, ContractPlan } from '#domain/contract-plan.ts'
import type { Delivery, DeliveryMeasure, DeliveryStep } from '#domain/delivery.ts'
import type { Fact, Recorded } from '#domain/entity.ts'
import type { ModificationEffect } from '#domain/modification.ts'
import { scheduleIdOf } from '#domain/recognition.ts'
import type { PlannedObligation } from '#domain/obligation-plan.ts'
import type { ListPrice } from '#domain/standalone-price.ts'
import type { Aggregate } from '#platform/command.ts'
import type { Queryable } from '#platform/database.ts'
import { parseDate, parseYearMonth } from '#platform/dates.ts'
import { reviveLine } from '#platform/proposal.ts'
import {
  date,
  flag,
  int,
  json,
  type Jsonified,
  optional,
  recorded,
  reviveDateRange,
  table,
  text,
  word,
} from '#platform/table.ts'

/** The plan of a contract as it is kept: each version is an event, so that every one can be told again. */
export interface StoredPlan extends ContractPlan, Recorded {
  readonly id: string
  readonly contractId: string
  /** Who earns it; null where it was planned before the books kept that, and had no lines. */
  readonly legalEntityId: string | null
  readonly currency: string
}

/** The id of the plan of a contract: a contract has one. */
export function planIdOf(contractId: string): string {
  return `plan_${contractId}`
}

export const contractPlans = table<StoredPlan>('erp.contract_plan', {
  id: text,
  version: int,
  recordedAt: recorded.recordedAt,
  contractId: text,
  legalEntityId: optional(text),
  currency: text,
  anchor: date,
  obligations: json((obligations) => obligations.map(reviveObligation)),
  modifications: json((modifications) => modifications.map(reviveModification)),
})

export const contractPlan: Aggregate<StoredPlan> = {
  name: 'contractPlan',
  table: contractPlans,
  event: (before, after) => {
    if (before === undefined) return 'created'
    return after.modifications.length > before.modifications.length ? 'modified' : 'replaced'
  },
}

function reviveObligation(stored: Jsonified<PlannedObligation>): PlannedObligation {
  return {
    line: reviveLine(stored.line),
    basis: stored.basis,
    standalonePrice: BigInt(stored.standalonePrice),
    past: stored.past.map(({ period, amount }) => ({
      period: parseYearMonth(period),
      amount: BigInt(amount),
    })),
    delivery: stored.delivery && {
      method: stored.delivery.method,
      satisfiedIn: parseYearMonth(stored.delivery.satisfiedIn),
      steps: stored.delivery.steps.map(reviveStep),
    },
    ahead: stored.ahead.map(({ period, amount }) => ({
      period: reviveDateRange(period),
      amount: BigInt(amount),
    })),
  }
}

function reviveStep({ period, ...step }: Jsonified<DeliveryStep>): DeliveryStep {
  return { ...step, period: parseYearMonth(period) }
}

function reviveModification(stored: Jsonified<AppliedModification>): AppliedModification {
  return {
    date: parseDate(stored.date),
    judgements: stored.judgements,
    effect: reviveEffect(stored.effect),
    alternatives: stored.alternatives.map(reviveEffect),
  }
}

function reviveEffect(stored: Jsonified<ModificationEffect>): ModificationEffect {
  return {
    treatment: stored.treatment,
    recognizedNow: BigInt(stored.recognizedNow),
    recognizedLater: BigInt(stored.recognizedLater),
    obligations: stored.obligations.map(({ id, ...amounts }) => ({
      id,
      allocatedPrice: BigInt(amounts.allocatedPrice),
      recognizedNow: BigInt(amounts.recognizedNow),
      recognizedLater: BigInt(amounts.recognizedLater),
    })),
  }
}

/** What the catalogue asks for a product, as billing states it. */
export type StoredListPrice = ListPrice & Fact & Recorded

export const listPrices = table<StoredListPrice>('erp.list_price', {
  ...recorded,
  productId: text,
  currency: text,
  unitAmount: optional(text),
  interval: json(),
  usage: word(),
  tiersMode: optional(word()),
  tiers: json<readonly PriceTier[]>((tiers) =>
    tiers.map((tier) => ({ ...tier, flatAmount: BigInt(tier.flatAmount) })),
  ),
  active: flag,
})

export const deliveries = table<Delivery>('erp.delivery', {
  ...recorded,
  contractLineId: text,
  method: word(),
  satisfiedIn: { sql: 'text', revive: (stored) => parseYearMonth(stored as string) },
  steps: json((steps) => steps.map(reviveStep)),
})

/** What measures the delivery of contract lines, by line. */
export async function readDeliveries(
  db: Queryable,
  lineIds: readonly string[],
): Promise<Map<string, DeliveryMeasure>> {
  if (lineIds.length === 0) return new Map()
  const rows = await db.rows<Record<string, unknown>>({
    name: 'erp deliveries',
    text: `SELECT ${deliveries.select} FROM ${deliveries.name} t WHERE t.contract_line_id = ANY($1)`,
    values: [lineIds],
  })
  return measuresOf(rows.map(deliveries.read))
}

/** Deliveries by line. */
export function measuresOf(stated: readonly Delivery[]): Map<string, DeliveryMeasure> {
  return new Map(
    stated.map(({ contractLineId, method, satisfiedIn, steps }) => [
      contractLineId,
      { method, satisfiedIn, steps },
    ]),
  )
}

/** Whose the contracts are, by contract, as far as they are planned: these, and those that sources were posted for. */
export async function readEarners(
  db: Queryable,
  contractIds: readonly string[],
  sourceIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.rows<{ contractId: string; legalEntityId: string }>({
    name: 'erp legal entities of contracts',
    text: `SELECT contract_id AS "contractId", legal_entity_id AS "legalEntityId" FROM erp.contract_plan
      WHERE legal_entity_id IS NOT NULL AND contract_id IN (
        SELECT unnest($1::text[]) UNION SELECT contract_id FROM erp.journal_entry WHERE source_id = ANY($2)
      )`,
    values: [contractIds, sourceIds],
  })
  return new Map(rows.map(({ contractId, legalEntityId }) => [contractId, legalEntityId]))
}

/** Which plans are read. */
interface PlansWanted {
  readonly legalEntityId: string
  /** Of these contracts; of all where it is null. */
  readonly contractIds: readonly string[] | null
  readonly afterId: string
  readonly limit: number
}

/** Plans of what a legal entity earns, behind an id. */
export async function readPlans(
  db: Queryable,
  { legalEntityId, contractIds, afterId, limit }: PlansWanted,
): Promise<StoredPlan[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'erp plans',
    text: `SELECT ${contractPlans.select} FROM ${contractPlans.name} t
      WHERE t.legal_entity_id = $1 AND ($2::text[] IS NULL OR t.contract_id = ANY($2)) AND t.id > $3
      ORDER BY t.id LIMIT $4`,
    values: [legalEntityId, contractIds, afterId, limit],
  })
  return rows.map(contractPlans.read)
}

/** The contracts that lines belong to, as far as they are planned. */
export async function readContractsOfLines(db: Queryable, lineIds: readonly string[]): Promise<string[]> {
  const rows = await db.rows<{ contractId: string }>({
    name: 'erp contracts of lines',
    text: `SELECT DISTINCT contract_id AS "contractId" FROM erp.revenue_schedule
      WHERE id = ANY($1) AND contract_id IS NOT NULL ORDER BY contract_id`,
    values: [lineIds.map(scheduleIdOf)],
  })
  return rows.map(({ contractId }) => contractId)
}

/** The list prices of products. */
export async function readListPrices(
  db: Queryable,
  productIds: Iterable<string>,
): Promise<readonly StoredListPrice[]> {
  const ids = [...new Set(productIds)]
  if (ids.length === 0) return []
  const rows = await db.rows<Record<string, unknown>>({
    name: 'erp list prices',
    text: `SELECT ${listPrices.select} FROM ${listPrices.name} t WHERE t.product_id = ANY($1) ORDER BY t.id`,
    values: [ids],
  })
  return rows.map(listPrices.read)
}
