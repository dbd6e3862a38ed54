import { anchorOf } from '#domain/contract.ts'
import type {
  Amendment,
  BillingFeedback,
  Contact,
  Contract,
  ContractLine,
  Customer,
  Opportunity,
  Quote,
  Suspension,
} from '#domain/crm.ts'
import type { ContractSummary } from '#schema/crm.generated.ts'
import type { Queryable } from '#platform/database.ts'
import { parseInstant } from '#platform/dates.ts'
import { publicError } from '#platform/errors.ts'
import type { Condition, ListSpec } from '#platform/page.ts'
import { reviveLine } from '#platform/proposal.ts'
import { bigint, date, flag, json, optional, recorded, shown, table, text, word } from '#platform/table.ts'

export const customers = table<Customer>('crm.customer', {
  ...recorded,
  name: text,
  legalName: shown(optional(text)),
  status: word(),
  parentId: shown(optional(text), 'parent'),
  mergedIntoId: shown(optional(text), 'mergedInto'),
  email: shown(optional(text)),
  domain: shown(optional(text)),
  taxIds: shown(json()),
  address: shown(json()),
  region: shown(optional(text)),
  segment: shown(word()),
  owner: shown(json()),
  currency: text,
  billingFeedback: optional(
    json<BillingFeedback>(({ asOf, ...told }) => ({ ...told, asOf: parseInstant(asOf) })),
  ),
})

export const contacts = table<Contact>('crm.contact', {
  ...recorded,
  customerId: text,
  name: text,
  email: optional(text),
  phone: optional(text),
  title: optional(text),
})

export const opportunities = table<Opportunity>('crm.opportunity', {
  ...recorded,
  customerId: text,
  name: text,
  stage: word(),
  currency: text,
  amount: bigint,
  expectedCloseDate: date,
  closedOn: optional(date),
  owner: json(),
})

export const quotes = table<Quote>('crm.quote', {
  ...recorded,
  opportunityId: text,
  number: text,
  status: word(),
  currency: text,
  lines: json((lines) => lines.map((line) => ({ ...line, unitPrice: BigInt(line.unitPrice) }))),
  validUntil: date,
})

export const contracts = table<Contract>('crm.contract', {
  ...recorded,
  customerId: shown(text, 'customer'),
  opportunityId: shown(optional(text), 'opportunity'),
  legalEntityId: shown(text, 'legalEntity'),
  number: shown(text),
  status: word(),
  currency: text,
  signedOn: shown(optional(date)),
  startDate: date,
  endDate: date,
  billingAnchor: optional(date),
  autoRenew: shown(flag),
  renewalOfId: shown(optional(text), 'renewalOf'),
  lines: shown(json<readonly ContractLine[]>((lines) => lines.map(reviveLine))),
  suspension: shown(
    optional(
      json<Suspension>(({ since, lines }) => ({
        since: Temporal.PlainDate.from(since),
        lines: lines.map(reviveLine),
      })),
    ),
  ),
  totalContractValue: shown(bigint),
})

export const amendments = table<Amendment>('crm.amendment', {
  ...recorded,
  contractId: text,
  kind: word(),
  status: word(),
  effectiveDate: date,
  reason: optional(text),
  currency: text,
  contractValueDelta: bigint,
})

export const customerList: ListSpec<Customer> = {
  name: 'customers',
  table: customers,
  parent: null,
  sortKeys: {
    NAME: { column: 'name', type: 'text' },
    RECORDED_AT: { column: 'recorded_at', type: 'timestamptz' },
  },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
  filters: {
    status: { column: 'status', type: 'text' },
    segment: { column: 'segment', type: 'text' },
    region: { column: 'region', type: 'text' },
  },
}

export const contractList: ListSpec<Contract> = {
  name: 'contracts',
  table: contracts,
  parent: null,
  sortKeys: {
    START_DATE: { column: 'start_date', type: 'date' },
    END_DATE: { column: 'end_date', type: 'date' },
    TOTAL_CONTRACT_VALUE: { column: 'total_contract_value', type: 'bigint' },
  },
  defaultOrder: { field: 'START_DATE', direction: 'DESC' },
  filters: {
    status: { column: 'status', type: 'text' },
    legalEntity: { column: 'legal_entity_id', type: 'text' },
    startDate: { column: 'start_date', type: 'date' },
    endDate: { column: 'end_date', type: 'date' },
  },
}

export const opportunityList: ListSpec<Opportunity> = {
  name: 'opportunities',
  table: opportunities,
  parent: null,
  sortKeys: {
    EXPECTED_CLOSE_DATE: { column: 'expected_close_date', type: 'date' },
    AMOUNT: { column: 'amount', type: 'bigint' },
  },
  defaultOrder: { field: 'EXPECTED_CLOSE_DATE', direction: 'DESC' },
  filters: {
    stage: { column: 'stage', type: 'text' },
    expectedCloseDate: { column: 'expected_close_date', type: 'date' },
  },
}

/** The same list below each customer. */
export const ofCustomer = <State extends { readonly id: string }>(
  list: ListSpec<State>,
): ListSpec<State> => ({
  ...list,
  name: `Customer.${list.name}`,
  parent: 'customer_id',
})

/** Longest search: nobody types more, and each word costs a look into the index. */
const MAX_SEARCH = { words: 10, characters: 200 } as const

/** Customers in whose names, addresses or outside ids every word occurs; BAD_USER_INPUT for a long search. */
export function customerSearch(search: string): Condition[] {
  const words = search.split(/\s+/).filter((part) => part !== '')
  if (words.length > MAX_SEARCH.words || search.length > MAX_SEARCH.characters) {
    throw publicError(
      'BAD_USER_INPUT',
      `A search has at most ${MAX_SEARCH.words} words and ${MAX_SEARCH.characters} characters.`,
    )
  }
  return words.map((part) => ({
    // In small letters by the same rules as the column is.
    sql: (parameter) => `t.search LIKE lower(${parameter})`,
    value: `%${part.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
  }))
}

const NO_CONTRACTS: ContractSummary = { active: 0, suspended: 0, nextEndDate: null }

/** For each customer, its contracts counted; in the order of the ids. */
export async function readContractSummaries(
  db: Queryable,
  customerIds: readonly string[],
): Promise<ContractSummary[]> {
  const rows = await db.rows<ContractSummary & { customerId: string }>({
    name: 'crm contract summaries',
    text: `SELECT customer_id AS "customerId",
        count(*) FILTER (WHERE status = 'ACTIVE')::int AS active,
        count(*) FILTER (WHERE status = 'SUSPENDED')::int AS suspended,
        min(end_date) FILTER (WHERE status = 'ACTIVE' AND NOT auto_renew) AS "nextEndDate"
      FROM crm.contract WHERE customer_id = ANY($1) GROUP BY customer_id`,
    values: [customerIds],
  })
  const byCustomer = new Map(rows.map((row) => [row.customerId, row]))
  return customerIds.map((id) => byCustomer.get(id) ?? NO_CONTRACTS)
}

/** A line with what it takes from its contract: the currency, and where its billing periods are counted from. */
export type ContractLineOf = ContractLine & { readonly currency: string; readonly anchor: Temporal.PlainDate }

/** The lines of a contract with what they take from it. */
export function linesOf(contract: Contract): ContractLineOf[] {
  const { currency, lines } = contract
  const anchor = anchorOf(contract)
  return lines.map((line) => ({ ...line, currency, anchor }))
}

/** Contract lines with what they take from their contract; null for an unknown id; in the order of the ids. */
export async function readContractLines(
  db: Queryable,
  lineIds: readonly string[],
): Promise<(ContractLineOf | null)[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'crm contracts by line',
    text: `SELECT ${contracts.select} FROM crm.contract t WHERE jsonb_path_query_array(t.lines, '$[*].id') ?| $1`,
    values: [lineIds],
  })
  const lines = rows.map(contracts.read).flatMap(linesOf)
  const byId = new Map(lines.map((line) => [line.id, line]))
  return lineIds.map((id) => byId.get(id) ?? null)
}

/** Whether anything was ever recorded. */
export async function hasCustomers(db: Queryable): Promise<boolean> {
  const rows = await db.rows({ text: 'SELECT 1 FROM crm.customer LIMIT 1', values: [] })
  return rows.length > 0
}
