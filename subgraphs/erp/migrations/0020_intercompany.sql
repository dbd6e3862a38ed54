-- Whose contract it is: where another legal entity bills it, both are posted to.
ALTER TABLE erp.contract_plan ADD COLUMN legal_entity_id text;
UPDATE erp.contract_plan p SET legal_entity_id = (
  SELECT s.legal_entity_id FROM erp.revenue_schedule s WHERE s.contract_id = p.contract_id
  ORDER BY s.recorded_at DESC, s.id LIMIT 1
);

-- Documents of which not just one entity owes what is due to just one other: then their sum over both is not zero.
CREATE VIEW erp.intercompany_apart AS
  WITH side AS (
    SELECT e.source_id, e.legal_entity_id, e.contract_id, l.customer_id, l.currency, l.role,
      sum(l.debit - l.credit) AS amount
    FROM erp.journal_line l JOIN erp.journal_entry e ON e.id = l.entry_id
    WHERE l.role IN ('DUE_FROM_AFFILIATES', 'DUE_TO_AFFILIATES') AND l.debit + l.credit > 0
    GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(l.debit - l.credit) <> 0
  )
  SELECT DISTINCT source_id AS id FROM side
  GROUP BY source_id, contract_id, customer_id, currency
  HAVING sum(amount) <> 0 OR count(*) <> 2 OR count(DISTINCT legal_entity_id) <> 2 OR count(DISTINCT role) <> 2;
