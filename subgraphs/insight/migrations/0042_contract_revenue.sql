-- What of revenue was earned under contracts is a measure of its own, so that what contracts still promise is a sum.
UPDATE insight.projection_state s
  SET state = jsonb_set(s.state, '{amounts,CONTRACT_REVENUE}', s.state->'amounts'->'RECOGNIZED_REVENUE')
  FROM erp.event e
  WHERE s.projection = 'metrics-books' AND s.state->'amounts' ? 'RECOGNIZED_REVENUE'
    AND e.aggregate_id = s.key AND e.version = 1 AND e.data->>'contractId' IS NOT NULL;

INSERT INTO insight.metric_total
    (grain, starts_on, measure, legal_entity_id, currency, customer_id, projection, amount, functional)
  SELECT grain, starts_on, measure, legal_entity_id, currency, part.customer, projection, sum(amount), sum(functional)
  FROM insight.book_entry e CROSS JOIN LATERAL (VALUES
    ('DAY', e."on"::date, ''),
    ('MONTH', date_trunc('month', e."on"::date)::date, ''),
    ('CUSTOMER_MONTH', date_trunc('month', e."on"::date)::date, e.customer_id)
  ) AS part(grain, starts_on, customer)
  WHERE measure = 'CONTRACT_REVENUE'
  GROUP BY 1, 2, 3, 4, 5, 6, 7;
