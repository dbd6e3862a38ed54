/** Plants breaks between the systems as reality would: one system is told something, or does it wrong, by itself. */
import type { Invoice, SubscriptionFact } from '#domain/billing.ts'
import type { BreakCause } from '#domain/reconciliation.ts'
import type { RuleName } from '#domain/reconciliation-rules.ts'
import type { CommandContext } from '#platform/command.ts'
import { readRows } from '#platform/table.ts'
import { readConnected } from '#subgraphs/billing/documents.ts'
import { recordBillingFacts } from '#subgraphs/billing/record.ts'
import { subscriptions } from '#subgraphs/billing/tables.ts'
import { postDocuments } from '#subgraphs/erp/post.ts'
import { day, invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import type { LiveWorld } from './live.ts'

/** A break that was planted. */
export interface Planted {
  readonly rule: RuleName
  readonly key: string
  readonly cause: BreakCause
  /** What the left side holds less what the right side does, minor units; null where that is no amount. */
  readonly delta: bigint | null
  /** Brings the systems together again, by the way in for facts. */
  readonly mend: () => Promise<unknown>
}

type Plant = (number: number) => Promise<Planted>

const ISSUED_ON = day('2026-06-02')

/** What the first item costs for an interval. */
const priceOf = ({ items: [item] }: SubscriptionFact): bigint =>
  (item?.unitPrice ?? 0n) * BigInt(item?.quantity ?? 0)
/** Changes the first item. */
const firstItem =
  (change: (item: SubscriptionFact['items'][number]) => object) => (fact: SubscriptionFact) => ({
    items: fact.items.map((item, index) => (index === 0 ? { ...item, ...change(item) } : item)),
  })

/** A planter for a world with an invented company in it. Each thing that it takes is used once. */
export function createPlanter(world: LiveWorld): Readonly<Record<BreakCause, Plant>> {
  const inBilling = world.database.of('billing')
  const context = (subgraph: string): CommandContext => ({
    subgraph,
    clock: world.clock,
    correlationId: 'planted',
  })
  const used = new Set<string>()

  const one = async (text: string): Promise<string> => {
    const rows = await world.database.owner.rows<{ id: string }>({ text, values: [[...used]] })
    const id = rows[0]?.id
    if (id === undefined) throw new Error(`Nothing is left to plant on: ${text}`)
    used.add(id)
    return id
  }

  /** An invoice that billing alone knows. */
  const newInvoice = async (number: number) => {
    const customerId = await one(`SELECT c.id FROM crm.customer c WHERE status = 'ACTIVE'
      AND NOT c.id = ANY($1) ORDER BY id LIMIT 1`)
    const legalEntityId = await one(
      `SELECT id FROM erp.legal_entity WHERE code = 'US' AND $1::text[] IS NOT NULL`,
    )
    const fact = invoiceFact({
      id: `inv_planted_${number}`,
      number: `PLANTED-${number}`,
      customerId,
      legalEntityId,
      currency: 'USD',
      issueDate: ISSUED_ON,
      dueDate: ISSUED_ON.add({ days: 30 }),
      lines: [invoiceLine(100_00n)],
    })
    await recordBillingFacts(inBilling, context('billing'), { invoices: [fact] })
    return fact
  }

  /** The same, taken wrongly by the books. */
  const misposted =
    (cause: BreakCause, delta: bigint | null, tamper: (invoice: Invoice) => Invoice): Plant =>
    async (number) => {
      const fact = await newInvoice(number)
      const documents = await readConnected(inBilling, [fact.id])
      await postDocuments(world.database.of('erp'), context('erp'), {
        ...documents,
        invoices: documents.invoices.map(tamper),
      })
      const mend = () => world.record({ invoices: [fact] })
      return { rule: 'INVOICE_POSTINGS', key: fact.id, cause, delta, mend }
    }

  /** A subscription that billing alone changes. */
  const restated =
    (
      rule: RuleName,
      cause: BreakCause,
      deltaOf: (fact: SubscriptionFact) => bigint | null,
      change: (fact: SubscriptionFact) => Partial<SubscriptionFact>,
    ): Plant =>
    async () => {
      const id = await one(`SELECT id FROM billing.subscription WHERE status = 'ACTIVE'
        AND contract_id IS NOT NULL AND NOT id = ANY($1) ORDER BY id LIMIT 1`)
      const [subscription] = await readRows(inBilling, subscriptions, [id])
      if (subscription === undefined) throw new Error(id)
      const { version: _version, recordedAt: _recordedAt, ...fact } = subscription
      const [item] = fact.items
      const stated = (sourceVersion: bigint, changed: SubscriptionFact): SubscriptionFact => ({
        ...changed,
        externalRefs: fact.externalRefs.map((ref) => ({ ...ref, sourceVersion })),
      })
      const wrong = { ...fact, ...change(fact) }
      await recordBillingFacts(inBilling, context('billing'), { subscriptions: [stated(1_000n, wrong)] })
      const key = (rule === 'SUBSCRIPTIONS' ? fact.contractId : item?.contractLineId) ?? ''
      const mend = () => world.record({ subscriptions: [stated(2_000n, fact)] })
      return { rule, key, cause, delta: deltaOf(fact), mend }
    }

  return {
    MISSING: async (number) => {
      const fact = await newInvoice(number)
      const mend = () => world.record({ invoices: [fact] })
      return { rule: 'INVOICE_POSTINGS', key: fact.id, cause: 'MISSING', delta: 100_00n, mend }
    },
    VOID_NOT_POSTED: async (number) => {
      const fact = await newInvoice(number)
      await world.record({ invoices: [fact] })
      const voided = {
        ...fact,
        lifecycle: 'VOID',
        closedOn: ISSUED_ON.add({ days: 3 }),
        externalRefs: fact.externalRefs.map((ref) => ({ ...ref, sourceVersion: 1_000n })),
      } as const
      await recordBillingFacts(inBilling, context('billing'), { invoices: [voided] })
      const mend = () => world.record({ invoices: [voided] })
      return { rule: 'INVOICE_POSTINGS', key: fact.id, cause: 'VOID_NOT_POSTED', delta: -100_00n, mend }
    },
    FX: misposted('FX', null, (invoice) => ({ ...invoice, currency: 'EUR' })),
    ROUNDING: misposted('ROUNDING', -1n, (invoice) => withTotal(invoice, 100_01n)),
    PRICE_DRIFT: restated(
      'SUBSCRIPTION_ITEMS',
      'PRICE_DRIFT',
      ({ items: [item] }) => -700n * BigInt(item?.quantity ?? 0),
      firstItem(({ unitPrice }) => ({ unitPrice: unitPrice + 700n })),
    ),
    TIMING: restated(
      'SUBSCRIPTION_ITEMS',
      'TIMING',
      () => 0n,
      firstItem(({ startDate }) => ({ startDate: startDate.add({ days: 14 }) })),
    ),
    DUPLICATE: restated(
      'SUBSCRIPTION_ITEMS',
      'DUPLICATE',
      (fact) => -priceOf(fact),
      ({ items }) => ({
        items: [...items, ...items.slice(0, 1).map((item) => ({ ...item, id: `${item.id}~2` }))],
      }),
    ),
    IDENTITY: restated(
      'SUBSCRIPTIONS',
      'IDENTITY',
      () => null,
      () => ({ customerId: 'cus_somebody_else' }),
    ),
  }
}

const withTotal = (invoice: Invoice, total: bigint): Invoice => ({
  ...invoice,
  lines: invoice.lines.map((line) => ({ ...line, amount: total })),
  subtotal: total,
  total,
  balance: total,
})
