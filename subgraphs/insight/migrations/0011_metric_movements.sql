-- What follows from several states together, such as how a customer's recurring revenue moved, is kept as entries.
CREATE INDEX projection_state_by_group ON insight.projection_state
  (projection, generation, (state->'groups'->>0)) WHERE state ? 'groups';
CREATE INDEX projection_state_by_further_group ON insight.projection_state USING gin ((state->'groups'))
  WITH (fastupdate = off) WHERE jsonb_array_length(state->'groups') > 1;

CREATE TABLE insight.metric_movement (
  projection text NOT NULL,
  -- Whose states it follows from together: a customer, a contract, an invoice.
  group_key text NOT NULL,
  place int NOT NULL,
  -- The day, as the states of the books have it.
  "on" text COLLATE "C" NOT NULL,
  measure text NOT NULL,
  legal_entity_id text NOT NULL,
  currency text NOT NULL,
  customer_id text NOT NULL,
  source_type text NOT NULL,
  source_id text NOT NULL,
  amount bigint NOT NULL,
  PRIMARY KEY (projection, group_key, place)
);
CREATE INDEX ON insight.metric_movement (measure, "on");
GRANT DELETE ON insight.metric_movement TO revgraph_insight;

CREATE OR REPLACE VIEW insight.metric_entry AS
  SELECT s.projection, s.key, (s.state->>'on') COLLATE "C" AS "on", m.measure,
    s.state->>'legalEntityId' AS legal_entity_id, s.state->>'currency' AS currency,
    coalesce(s.state->>'customerId', '') AS customer_id,
    s.state->>'sourceType' AS source_type, s.state->>'sourceId' AS source_id,
    (s.state->>'recordedAt')::timestamptz AS recorded_at, (m.amounts->>0)::bigint AS amount,
    (m.amounts->>1)::bigint AS functional
  FROM insight.projection_state s CROSS JOIN LATERAL jsonb_each(s.state->'amounts') AS m(measure, amounts)
  WHERE s.state ? 'amounts' AND s.projection = 'metrics-books'
    AND s.generation = coalesce((SELECT generation FROM insight.projection WHERE name = 'metrics-books'), 1)
  UNION ALL
  SELECT projection, group_key || ' ' || place, "on", measure, legal_entity_id, currency, customer_id, source_type,
    source_id, NULL, amount, 0
  FROM insight.metric_movement;
