-- Who did what, each record bound by its hash to all before it; what was before and after is in the events themselves.
CREATE TABLE operations.audit_record (
  id text PRIMARY KEY,
  -- From 1, without gaps.
  sequence bigint NOT NULL UNIQUE CHECK (sequence > 0),
  -- The event that tells of it.
  source text NOT NULL,
  aggregate_id text NOT NULL,
  event_version int NOT NULL,
  action text NOT NULL,
  actor text NOT NULL,
  correlation_id text NOT NULL,
  happened_at timestamptz NOT NULL,
  hash text NOT NULL,
  UNIQUE (source, aggregate_id, event_version)
);
CREATE INDEX ON operations.audit_record (aggregate_id, sequence);
CREATE INDEX ON operations.audit_record (actor, sequence);

CREATE FUNCTION operations.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was done stays as it was recorded' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER unchanged BEFORE UPDATE OR DELETE ON operations.audit_record
  FOR EACH STATEMENT EXECUTE FUNCTION operations.refuse_change();

-- Replays are told about as well.
ALTER TABLE operations.replay_order ADD version int NOT NULL DEFAULT 1, ADD recorded_at timestamptz,
  ADD cancelled_by text, ADD cancel_reason text;
UPDATE operations.replay_order SET recorded_at = requested_at;
ALTER TABLE operations.replay_order ALTER version DROP DEFAULT, ALTER recorded_at SET NOT NULL;
