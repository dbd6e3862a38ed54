-- Who carries on for a customer that was merged: what one owes speaks against the other.
CREATE VIEW insight.customer_merge AS
  SELECT key AS id, state->>'mergedIntoId' AS merged_into_id FROM insight.projection_state
  WHERE projection = 'standing-merges' AND state->>'mergedIntoId' IS NOT NULL
    AND generation = coalesce((SELECT generation FROM insight.projection WHERE name = 'standing-merges'), 1);
CREATE INDEX ON insight.projection_state ((state->>'mergedIntoId'))
  WHERE projection = 'standing-merges' AND state->>'mergedIntoId' IS NOT NULL;
