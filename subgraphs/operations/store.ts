import { type Invariant, keptInvariant } from '#platform/invariant.ts'

/** What must hold between the systems. These queries see every schema; only checks run them. */
export const crossInvariants: readonly Invariant[] = [
  keptInvariant('crm', { customer: 'customer', contract: 'contract', amendment: 'amendment' }),
  {
    name: '4 receivables',
    statement: 'open invoices less unapplied cash equal the receivables account, by customer and currency',
    offenders: `
      WITH owed AS (
        SELECT customer_id, currency, sum(amount) AS amount FROM (
          SELECT customer_id, currency, balance AS amount FROM billing.invoice WHERE status NOT IN ('DRAFT', 'VOID')
          UNION ALL SELECT customer_id, currency, -unapplied FROM billing.payment
        ) AS document GROUP BY 1, 2
      ), booked AS (
        SELECT line.customer_id, entry.currency, sum(line.debit - line.credit) AS amount
        FROM erp.journal_line line
        JOIN erp.journal_entry entry ON entry.id = line.entry_id
        JOIN erp.ledger_account account ON account.id = line.account_id
        WHERE account.role = 'RECEIVABLES' GROUP BY 1, 2
      )
      SELECT concat_ws(' ', coalesce(owed.customer_id, booked.customer_id, 'nobody'),
        coalesce(owed.currency, booked.currency)) AS id
      FROM owed FULL JOIN booked
        ON booked.customer_id IS NOT DISTINCT FROM owed.customer_id AND booked.currency = owed.currency
      WHERE coalesce(owed.amount, 0) <> coalesce(booked.amount, 0)`,
  },
  {
    name: '9 documents',
    statement:
      'the books have met every document of billing as it is now: it has an entry, or a note that says why not',
    offenders: `
      SELECT id FROM (
        SELECT id, version FROM billing.invoice
        UNION ALL SELECT id, version FROM billing.payment
        UNION ALL SELECT id, version FROM billing.credit_note
        UNION ALL SELECT id, version FROM billing.refund
        UNION ALL SELECT id, version FROM billing.dispute
      ) AS document
      WHERE NOT EXISTS (SELECT FROM erp.source s WHERE s.id = document.id AND s.version = document.version)
        OR NOT EXISTS (SELECT FROM erp.journal_entry WHERE source_id = document.id)
        AND NOT EXISTS (SELECT FROM erp.posting_note WHERE source_id = document.id AND status <> 'MET')`,
  },
  {
    name: '2 allocations',
    statement: 'the allocated prices of a signed contract sum to its value',
    offenders: `
      SELECT contract.id FROM crm.contract
      LEFT JOIN erp.revenue_schedule schedule ON schedule.contract_id = contract.id
      WHERE contract.status <> 'DRAFT'
      GROUP BY contract.id
      HAVING coalesce(sum(schedule.allocated_price), 0) <> contract.total_contract_value`,
  },
  {
    name: '10 contract lines',
    statement:
      'recurring contract lines equal subscription items in quantity, price and dates, where both exist',
    offenders: `
      WITH line AS (
        SELECT l->>'id' AS id, l->>'quantity' AS quantity, l->>'unitPrice' AS unit_price,
          l->'servicePeriod'->>'start' AS start_date, l->'servicePeriod'->>'end' AS end_date
        FROM crm.contract, jsonb_array_elements(lines) AS l
        WHERE l->'interval' <> 'null'::jsonb
      ), item AS (
        SELECT i->>'contractLineId' AS id, i->>'quantity' AS quantity, i->>'unitPrice' AS unit_price,
          i->>'startDate' AS start_date, i->>'endDate' AS end_date
        FROM billing.subscription, jsonb_array_elements(items) AS i
        WHERE i->'contractLineId' <> 'null'::jsonb
      )
      SELECT line.id FROM line JOIN item USING (id)
      WHERE (line.quantity, line.unit_price, line.start_date, line.end_date)
        IS DISTINCT FROM (item.quantity, item.unit_price, item.start_date, coalesce(item.end_date, line.end_date))`,
  },
  {
    name: '10 obligations',
    statement: 'every line of a signed contract has a revenue schedule over its service period',
    offenders: `
      SELECT l->>'id' AS id
      FROM crm.contract, jsonb_array_elements(lines) AS l
      LEFT JOIN erp.revenue_schedule schedule ON schedule.id = 'rs_' || (l->>'id')
      WHERE status <> 'DRAFT' AND schedule.service_period IS DISTINCT FROM l->'servicePeriod'`,
  },
]
