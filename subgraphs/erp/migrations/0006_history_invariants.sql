-- Invariants that look back: how deferred revenue rolled forward, and what was posted while a period was closed.
CREATE VIEW erp.roll_forward_broken AS
  WITH movement AS (
    SELECT l.legal_entity_id, l.currency, e.period, sum(l.credit - l.debit) AS change,
      sum(CASE WHEN e.purpose = 'REVENUE_RECOGNIZED' THEN 0 ELSE l.credit - l.debit END) AS documented
    FROM erp.journal_line l JOIN erp.journal_entry e ON e.id = l.entry_id
    WHERE l.role = 'DEFERRED_REVENUE' GROUP BY 1, 2, 3
  ), earned AS (
    SELECT s.legal_entity_id, s.currency, coalesce(e.period, m.period) AS period, sum(m.amount) AS amount
    FROM erp.schedule_entry m
    JOIN erp.revenue_schedule s ON s.id = m.schedule_id
    LEFT JOIN erp.journal_entry e ON e.id = m.journal_entry_id
    WHERE m.status = 'POSTED' GROUP BY 1, 2, 3
  ), closed AS (
    SELECT legal_entity_id, currency, period, coalesce(documented, 0) - coalesce(amount, 0) AS expected,
      sum(coalesce(change, 0)) OVER (PARTITION BY legal_entity_id, currency ORDER BY period) AS closing
    FROM movement FULL JOIN earned USING (legal_entity_id, currency, period)
  ), rolled AS (
    SELECT *, coalesce(lag(closing) OVER (PARTITION BY legal_entity_id, currency ORDER BY period), 0) AS opening
    FROM closed
  )
  SELECT concat_ws(' ', legal_entity_id, currency, period) AS id FROM rolled WHERE opening + expected <> closing;

-- Entries in no period, in one that was closed before they came, or in one that was closed then and reopened since.
CREATE OR REPLACE VIEW erp.entry_in_closed_period AS
  WITH told AS (
    SELECT p.id, t.data->>'status' AS status, t.recorded_at AS since,
      lead(t.recorded_at) OVER (PARTITION BY p.id ORDER BY t.version) AS until
    FROM erp.accounting_period p JOIN erp.event t ON t.aggregate_id = p.id
  )
  SELECT DISTINCT e.id
  FROM erp.journal_entry e
  LEFT JOIN erp.accounting_period p ON p.legal_entity_id = e.legal_entity_id AND p.period = e.period
  LEFT JOIN erp.event posted ON posted.aggregate_id = e.id AND posted.version = 1
  LEFT JOIN told ON told.id = p.id AND told.status = 'CLOSED'
    AND posted.recorded_at > told.since AND posted.recorded_at < told.until
  WHERE p.id IS NULL OR told.id IS NOT NULL OR (p.status = 'CLOSED' AND posted.recorded_at > p.recorded_at);

-- A late entry remembers the period of its date, which had been closed, and is posted in a later one.
CREATE VIEW erp.entry_misplaced AS
  SELECT e.id
  FROM erp.journal_entry e
  LEFT JOIN erp.accounting_period p ON p.legal_entity_id = e.legal_entity_id AND p.period = e.original_period
  WHERE p.id IS NULL
    OR e.date::text NOT BETWEEN p.range->>'start' AND p.range->>'end' OR e.date::text = p.range->>'end'
    OR e.period < e.original_period
    OR e.period > e.original_period AND NOT EXISTS (
      SELECT FROM erp.event c WHERE c.aggregate_id = p.id AND c.data->>'status' = 'CLOSED'
    );
