-- Figures are told apart by what CRM says of customers now: their region and segment are joined when they are read.
CREATE VIEW insight.metric_customer AS
  SELECT key AS id, state->>'region' AS region, state->>'segment' AS segment
  FROM insight.projection_state
  WHERE projection = 'metrics-customers'
    AND generation = coalesce((SELECT generation FROM insight.projection WHERE name = 'metrics-customers'), 1);
