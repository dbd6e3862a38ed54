-- A figure is opened down to its entries from the books or from movements: each by its own index, in the order of days.
DROP VIEW insight.metric_entry;
CREATE VIEW insight.book_entry AS
  SELECT s.projection, s.key, (s.state->>'on') COLLATE "C" AS "on", m.measure COLLATE "C" AS measure,
    s.state->>'legalEntityId' AS legal_entity_id, s.state->>'currency' AS currency,
    coalesce(s.state->>'customerId', '') AS customer_id,
    s.state->>'sourceType' AS source_type, s.state->>'sourceId' AS source_id,
    (s.state->>'recordedAt')::timestamptz AS recorded_at, (m.amounts->>0)::bigint AS amount,
    (m.amounts->>1)::bigint AS functional
  FROM insight.projection_state s CROSS JOIN LATERAL jsonb_each(s.state->'amounts') AS m(measure, amounts)
  WHERE s.state ? 'amounts' AND s.projection = 'metrics-books'
    AND s.generation = coalesce((SELECT generation FROM insight.projection WHERE name = 'metrics-books'), 1);

CREATE VIEW insight.movement_entry AS
  SELECT projection, group_key || ' ' || to_char(place, 'FM0000000000') AS key, "on", measure COLLATE "C" AS measure,
    legal_entity_id, currency, customer_id, source_type, source_id, NULL::timestamptz AS recorded_at, amount,
    0::bigint AS functional
  FROM insight.metric_movement;
