/** Contracts of 2026 that are billed for the year, and what the systems have of them after an amendment. */
import { readFileSync } from 'node:fs'
import type { ExternalRef } from '#domain/entity.ts'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { contract, contractLine, day, invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { yearly } from '#test/domain/deals.ts'
import { stated } from '#test/erp/books.ts'
import { customerFact, externalRef } from '#test/support/facts.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld, usd } from './flows.ts'

const example = (name: string): string =>
  readFileSync(new URL(`../../schema/examples/${name}.graphql`, import.meta.url), 'utf8')

export const AMEND = example('amend-contract').replace('amendContract(', 'payload: amendContract(')
const PREVIEW = example('preview-amendment')

/** What the answer to an amendment shows. */
export interface AmendPayload extends FlowPayload {
  readonly contract: { readonly id: string; readonly version: number } | null
  readonly invoice: { readonly number: string } | null
  readonly creditNote: { readonly number: string } | null
}

/** Nothing is charged on top in Oregon. */
const address = { line1: '1 Main St', city: 'Portland', postalCode: '97201', region: 'OR', country: 'US' }

/** Opens the world on the 120th day of the year, with two customers, one that left, and a product. */
export async function openAmendWorld(): Promise<FlowWorld> {
  const world = await openFlowWorld()
  world.clock.set(Temporal.Instant.from('2026-05-01T12:00:00Z'))
  const product = { description: null, family: null, taxCode: 'txcd_10103001', active: true }
  await world.record({
    customers: [
      ...['cus_acme', 'cus_globex'].map((id) => customerFact({ id, legalName: id, address })),
      customerFact({ id: 'cus_left', name: 'Left', status: 'INACTIVE' }),
    ],
    products: [
      { ...stated('platform'), ...product, sku: 'PLATFORM', name: 'Platform' },
      { ...stated('untaxed'), ...product, taxCode: null, sku: 'UNTAXED', name: 'Without a tax code' },
    ],
  })
  return world
}

/** What of a year is not as usual: when it begins, whose it is, and who else bills it. */
interface Year {
  readonly productId?: string
  readonly start?: Temporal.PlainDate
  readonly customerId?: string
  readonly legalEntityId?: string
  readonly currency?: string
  /** What an outside system calls the subscription. */
  readonly subscriptionRef?: ExternalRef
  readonly itemId?: string
}

/** A year at 12,000, which is subscribed and billed at once. */
export async function yearOf(
  world: Pick<FlowWorld, 'record'>,
  name: string,
  {
    productId = 'platform',
    start = day('2026-01-01'),
    customerId = 'cus_acme',
    legalEntityId = 'entity-1',
    currency = 'USD',
    subscriptionRef,
    itemId = `sit_${name}`,
  }: Year = {},
): Promise<void> {
  const end = start.add({ years: 1 })
  const year = { start, end }
  const parties = { customerId, legalEntityId, currency }
  const line = contractLine({
    id: `ctl_${name}`,
    productId,
    interval: yearly,
    unitPrice: 12_000_00n,
    servicePeriod: year,
  })
  const {
    version: _,
    recordedAt: __,
    totalContractValue: ___,
    ...fact
  } = contract({
    id: `ctr_${name}`,
    externalRefs: [externalRef('Contract', name)],
    ...parties,
    number: `C-${name}`,
    startDate: start,
    endDate: end,
    lines: [line],
  })
  const { quantity, unitPrice } = line
  await world.record({
    contracts: [fact],
    subscriptions: [
      {
        ...stated(`sub_${name}`),
        ...(subscriptionRef && { externalRefs: [subscriptionRef] }),
        ...parties,
        contractId: fact.id,
        status: 'ACTIVE',
        collectionMethod: 'SEND_INVOICE',
        startDate: start,
        currentPeriod: year,
        cancelAt: end,
        endedOn: null,
        items: [
          {
            id: itemId,
            productId,
            priceId: null,
            contractLineId: line.id,
            quantity,
            unitPrice,
            interval: yearly,
            startDate: start,
            endDate: end,
          },
        ],
      },
    ],
    invoices: [
      invoiceFact({
        id: `inv_${name}`,
        number: `N-${name}`,
        ...parties,
        contractId: fact.id,
        subscriptionId: `sub_${name}`,
        lines: [
          invoiceLine(12_000_00n, {
            id: `inl_${name}`,
            productId,
            subscriptionItemId: itemId,
            contractLineId: line.id,
            servicePeriod: line.servicePeriod,
          }),
        ],
      }),
    ],
  })
}

/** What a client asks for, with the hash of its preview. */
export async function previewed<Input extends object>(
  world: FlowWorld,
  input: Input,
): Promise<Input & { readonly previewHash: string }> {
  const { data, errors } = await world.ask<{ previewAmendment: { previewHash: string } }>(PREVIEW, { input })
  if (!data) throw new Error(JSON.stringify(errors))
  return { ...input, previewHash: data.previewAmendment.previewHash }
}

/** From 12,000 to 18,000 on 1 May. */
export const upgrade = (name: string) => ({
  contractId: `ctr_${name}`,
  effectiveDate: '2026-05-01',
  changes: [{ lineId: `ctl_${name}`, unitPrice: usd('18000.00') }],
})

/** Net of what billing sent for a contract, what revenue is planned for it, and its subscription. */
export async function effectsOn(world: FlowWorld, contractId: string): Promise<object | undefined> {
  const [effects] = await world.database.owner.rows<object>({
    text: `SELECT
        (SELECT total_contract_value::text FROM crm.contract WHERE id = $1) AS value,
        (SELECT sum(total)::text FROM billing.invoice WHERE contract_id = $1) AS invoiced,
        (SELECT coalesce(sum(n.amount), 0)::text FROM billing.credit_note n
          JOIN billing.invoice i ON i.id = n.invoice_id WHERE i.contract_id = $1) AS credited,
        (SELECT sum(m.amount)::text FROM erp.revenue_schedule s JOIN erp.schedule_entry m ON m.schedule_id = s.id
          WHERE s.contract_id = $1 AND m.superseded_by IS NULL) AS earned,
        (SELECT sum(l.debit - l.credit)::text FROM erp.journal_line l JOIN erp.journal_entry e ON e.id = l.entry_id
          WHERE l.role = 'RECEIVABLES' AND e.contract_id = $1) AS receivable,
        (SELECT status FROM billing.subscription WHERE contract_id = $1) AS subscription,
        (SELECT json_agg(status ORDER BY id) FROM crm.amendment WHERE contract_id = $1) AS amendments`,
    values: [contractId],
  })
  return effects
}

/** Rules of the books that are broken. */
export async function brokenRules(world: FlowWorld): Promise<unknown[]> {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  return findings.filter(({ ids }) => ids.length > 0)
}
