-- What tools of business intelligence may read: views whose columns stay, whatever becomes of the tables behind them.
CREATE VIEW bi.customer AS
  SELECT id, name, legal_name, status, region, segment, address->>'country' AS country, currency, parent_id
  FROM crm.customer;
COMMENT ON VIEW bi.customer IS 'Customers and prospects, one a row; addresses and people are left out.';

CREATE VIEW bi.contract AS
  SELECT c.id, c.number, c.customer_id, e.code AS legal_entity, c.status, c.currency, c.signed_on, c.start_date,
    c.end_date, c.auto_renew, bi.amount(c.total_contract_value, c.currency) AS total_contract_value
  FROM crm.contract c LEFT JOIN erp.legal_entity e ON e.id = c.legal_entity_id;
COMMENT ON VIEW bi.contract IS
  'Contracts, one a row. end_date is the first day that is no longer covered; the value is before tax, over the term.';

CREATE VIEW bi.invoice AS
  SELECT i.id, i.number, i.customer_id, e.code AS legal_entity, i.contract_id, i.status, i.currency, i.issue_date,
    i.due_date, i.paid_on, bi.amount(i.subtotal, i.currency) AS subtotal, bi.amount(i.tax, i.currency) AS tax,
    bi.amount(i.total, i.currency) AS total, bi.amount(i.balance, i.currency) AS balance
  FROM billing.invoice i LEFT JOIN erp.legal_entity e ON e.id = i.legal_entity_id;
COMMENT ON VIEW bi.invoice IS 'Invoices, one a row, with what is still owed (balance). Drafts have no number.';

CREATE VIEW bi.invoice_line AS
  SELECT i.id AS invoice_id, l->>'id' AS id, l->>'description' AS description, l->>'productId' AS product_id,
    l->>'contractLineId' AS contract_line_id, l->>'quantity' AS quantity, i.currency,
    bi.amount((l->>'amount')::bigint, i.currency) AS amount,
    bi.amount((l->>'discount')::bigint, i.currency) AS discount,
    (l->'servicePeriod'->>'start')::date AS service_start, (l->'servicePeriod'->>'end')::date AS service_end
  FROM billing.invoice i CROSS JOIN LATERAL jsonb_array_elements(i.lines) AS l;
COMMENT ON VIEW bi.invoice_line IS
  'Lines of invoices. The amount is after discount and before tax, negative for a credit; service_end is excluded.';

CREATE VIEW bi.payment AS
  SELECT p.id, p.customer_id, e.code AS legal_entity, p.status, p.method, p.currency, p.received_on,
    bi.amount(p.amount, p.currency) AS amount, bi.amount(p.fee, p.currency) AS fee,
    bi.amount(p.refunded, p.currency) AS refunded, bi.amount(p.unapplied, p.currency) AS unapplied
  FROM billing.payment p LEFT JOIN erp.legal_entity e ON e.id = p.legal_entity_id;
COMMENT ON VIEW bi.payment IS
  'Payments, one a row, with the fee of the processor and what settles no invoice (unapplied).';

CREATE VIEW bi.credit_note AS
  SELECT n.id, n.number, n.customer_id, e.code AS legal_entity, n.invoice_id, n.status, n.reason, n.currency,
    n.issued_on, bi.amount(n.net, n.currency) AS net, bi.amount(n.tax, n.currency) AS tax,
    bi.amount(n.amount, n.currency) AS amount
  FROM billing.credit_note n LEFT JOIN erp.legal_entity e ON e.id = n.legal_entity_id;
COMMENT ON VIEW bi.credit_note IS 'Credit notes, one a row; the amount is net and tax together.';

CREATE VIEW bi.journal_line AS
  SELECT j.number AS entry, l.line_number::bigint AS line, e.code AS legal_entity, j.date, j.period, j.original_period,
    a.code AS account, a.name AS account_name, l.role AS account_role, j.purpose, j.source_type, j.source_id,
    j.customer_id, j.contract_id, j.currency, bi.amount(l.debit, j.currency) AS debit,
    bi.amount(l.credit, j.currency) AS credit, j.functional_currency,
    bi.amount(l.functional_debit, j.functional_currency) AS functional_debit,
    bi.amount(l.functional_credit, j.functional_currency) AS functional_credit
  FROM erp.journal_line l JOIN erp.journal_entry j ON j.id = l.entry_id
  JOIN erp.legal_entity e ON e.id = j.legal_entity_id JOIN erp.ledger_account a ON a.id = l.account_id;
COMMENT ON VIEW bi.journal_line IS
  'Lines of the journal, in the currencies of document and books. original_period is that of the date.';

CREATE VIEW bi.monthly_metric AS
  SELECT m.starts_on AS month, e.code AS legal_entity, m.measure, m.currency,
    bi.amount(m.amount, m.currency) AS amount, e.functional_currency,
    bi.amount(m.functional, e.functional_currency) AS functional_amount
  FROM insight.metric_total m JOIN erp.legal_entity e ON e.id = m.legal_entity_id
  WHERE m.grain = 'MONTH' AND m.customer_id = '';
COMMENT ON VIEW bi.monthly_metric IS
  'Figures of revenue by month, legal entity, measure and currency, as revenueMetrics sums them up.';

CREATE VIEW bi.customer_standing AS
  SELECT id AS customer_id, level, nullif(currency, '') AS currency,
    CASE WHEN currency <> '' THEN bi.amount(receivables, currency) END AS receivables,
    CASE WHEN currency <> '' THEN bi.amount(overdue, currency) END AS overdue,
    CASE WHEN currency <> '' THEN bi.amount(annual_recurring_revenue, currency) END AS annual_recurring_revenue,
    nullif(renewal_on, '9999-12-31') AS renewal_date, as_of
  FROM insight.customer_standing;
COMMENT ON VIEW bi.customer_standing IS
  'How customers stand, with what is owed and recurs in a year: a row for each customer and currency.';
