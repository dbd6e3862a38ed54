-- Every subgraph keeps the same four things beside its own: its events, what its sources stated, raw input, used keys.
CREATE TABLE %schema%.event (
  aggregate_id text NOT NULL,
  version int NOT NULL,
  aggregate text NOT NULL,
  type text NOT NULL,
  recorded_at timestamptz NOT NULL,
  correlation_id text NOT NULL,
  data jsonb NOT NULL,
  -- Given by the relay, gap-free, after commit; an event without it is in the outbox.
  position bigint UNIQUE,
  PRIMARY KEY (aggregate_id, version)
);
CREATE INDEX ON %schema%.event (recorded_at) WHERE position IS NULL;

CREATE TABLE %schema%.fact (
  aggregate_id text NOT NULL,
  source text NOT NULL,
  hash text NOT NULL,
  source_version bigint NOT NULL,
  PRIMARY KEY (aggregate_id, source)
);

CREATE TABLE %schema%.idempotency (
  caller text NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  result jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller, operation, key)
);
