-- A replay that somebody asked for: what was counted, why and by whom, and the replays of the consumers that do it.
CREATE TABLE operations.replay_order (
  id text PRIMARY KEY,
  mode text NOT NULL,
  -- Hash of what was asked for, the same for a dry run and for what follows it.
  question text NOT NULL,
  is_dry_run boolean NOT NULL,
  event_count bigint NOT NULL,
  consumers jsonb NOT NULL,
  reason text NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL
);
CREATE INDEX ON operations.replay_order (question, requested_at);
