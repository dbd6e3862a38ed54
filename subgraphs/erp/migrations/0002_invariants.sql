-- Each invariant of the books is a view of what breaks it, for `npm run check-books` and for a person with psql.
CREATE VIEW erp.unbalanced_entry AS
  SELECT e.id
  FROM erp.journal_entry e LEFT JOIN erp.journal_line l ON l.entry_id = e.id
  GROUP BY e.id
  HAVING count(l.entry_id) = 0
    OR sum(l.debit) <> sum(l.credit)
    OR sum(l.functional_debit) <> sum(l.functional_credit);

CREATE VIEW erp.schedule_off_price AS
  SELECT s.id
  FROM erp.revenue_schedule s
  LEFT JOIN erp.schedule_entry m ON m.schedule_id = s.id AND m.superseded_by IS NULL
  GROUP BY s.id
  HAVING coalesce(sum(m.amount), 0) <> s.allocated_price;

-- Customers for whom the account does not close: what documents put there, less the months that schedules posted.
CREATE VIEW erp.deferred_revenue_adrift AS
  WITH movement AS (
    SELECT customer_id, currency, credit - debit AS closing, 0 AS expected
    FROM erp.journal_line WHERE role = 'DEFERRED_REVENUE'
    UNION ALL
    SELECT l.customer_id, l.currency, 0, l.credit - l.debit
    FROM erp.journal_line l JOIN erp.journal_entry e ON e.id = l.entry_id
    WHERE l.role = 'DEFERRED_REVENUE' AND e.purpose <> 'REVENUE_RECOGNIZED'
    UNION ALL
    SELECT s.customer_id, s.currency, 0, -m.amount
    FROM erp.schedule_entry m JOIN erp.revenue_schedule s ON s.id = m.schedule_id
    WHERE m.status = 'POSTED'
  )
  SELECT DISTINCT customer_id AS id FROM movement
  GROUP BY customer_id, currency HAVING sum(closing) <> sum(expected);

-- Entries that came after their period was closed, or that are in no period at all.
CREATE VIEW erp.entry_in_closed_period AS
  SELECT e.id
  FROM erp.journal_entry e
  LEFT JOIN erp.accounting_period p ON p.legal_entity_id = e.legal_entity_id AND p.period = e.period
  LEFT JOIN erp.event posted ON posted.aggregate_id = e.id AND posted.version = 1
  WHERE p.id IS NULL OR (p.status = 'CLOSED' AND posted.recorded_at > p.recorded_at);

CREATE VIEW erp.reversal_not_mirror AS
  SELECT e.id
  FROM erp.journal_entry e LEFT JOIN erp.journal_entry o ON o.id = e.reversal_of_id
  WHERE e.reversal_of_id IS NOT NULL AND (
    o.status IS DISTINCT FROM 'REVERSED' OR EXISTS (
      SELECT FROM (SELECT * FROM erp.journal_line WHERE entry_id = e.id) l
      FULL JOIN (SELECT * FROM erp.journal_line WHERE entry_id = o.id) m USING (line_number)
      WHERE (l.account_id, l.debit, l.credit, l.functional_debit, l.functional_credit)
        IS DISTINCT FROM (m.account_id, m.credit, m.debit, m.functional_credit, m.functional_debit)
    )
  );

CREATE VIEW erp.entry_posted_twice AS
  SELECT min(id) AS id FROM erp.journal_entry GROUP BY source_id, purpose, discriminator HAVING count(*) > 1;

CREATE VIEW erp.journal_with_gap AS
  SELECT t.id
  FROM erp.legal_entity t LEFT JOIN erp.journal_entry e ON e.legal_entity_id = t.id
  GROUP BY t.id
  HAVING count(e.id) <> t.journal_length
    OR coalesce(max(e.sequence), 0) <> t.journal_length
    OR count(DISTINCT e.number) <> t.journal_length;
