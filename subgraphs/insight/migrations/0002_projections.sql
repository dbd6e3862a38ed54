-- What standing rests on becomes the states of projections, one a source: so it can be built anew from the events.
INSERT INTO insight.projection_state (projection, generation, key, state)
  SELECT CASE split_part(id, '_', 1)
      WHEN 'cus' THEN 'standing-crm' WHEN 'ctr' THEN 'standing-crm' WHEN 'cpr' THEN 'standing-erp'
      ELSE 'standing-billing' END,
    1, id, jsonb_build_object('customerId', nullif(customer_id, ''), 'content', content)
  FROM insight.standing_fact
  UNION ALL SELECT 'standing-erp', 1, id, jsonb_build_object('timeZone', time_zone) FROM insight.legal_entity;
DROP TABLE insight.standing_fact, insight.legal_entity;

-- The states that are read, not those of a generation that is being built.
CREATE VIEW insight.standing_state AS
  SELECT key AS id, state FROM insight.projection_state s
  WHERE generation = coalesce((SELECT generation FROM insight.projection p WHERE p.name = s.projection), 1);
CREATE VIEW insight.standing_fact AS
  SELECT id, state->>'customerId' AS customer_id, state->'content' AS content FROM insight.standing_state
  WHERE state->'content' <> 'null';
CREATE VIEW insight.legal_entity AS
  SELECT id, state->>'timeZone' AS time_zone FROM insight.standing_state WHERE state ? 'timeZone';
CREATE INDEX ON insight.projection_state ((state->>'customerId')) WHERE state->'content' <> 'null';
CREATE INDEX ON insight.projection_state (projection) WHERE state ? 'timeZone';
