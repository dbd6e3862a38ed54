-- Consumers keep their place in a log, and what they could not apply, in transactions of their own.
CREATE TABLE %schema%.consumer (
  name text NOT NULL,
  source text NOT NULL,
  -- Events are divided among the shares by their partition key; each share has a place of its own.
  share int NOT NULL,
  shares int NOT NULL,
  -- Every event of the share up to here is applied or set aside.
  position bigint NOT NULL,
  epoch bigint NOT NULL DEFAULT 0,
  leased_until timestamptz NOT NULL DEFAULT '-infinity',
  PRIMARY KEY (name, source, share)
);

-- Events that a consumer could not apply, and those of the same aggregates that wait behind them.
CREATE TABLE %schema%.dead_letter (
  consumer text NOT NULL,
  source text NOT NULL,
  position bigint NOT NULL,
  share int NOT NULL,
  aggregate_id text NOT NULL,
  -- FAILED and WAITING hold the aggregate; APPLIED and SKIPPED are settled.
  status text NOT NULL CHECK (status IN ('FAILED', 'WAITING', 'APPLIED', 'SKIPPED')),
  attempts int NOT NULL,
  error text,
  set_aside_at timestamptz NOT NULL,
  settled_at timestamptz,
  settled_by text,
  reason text,
  PRIMARY KEY (consumer, source, position)
);
CREATE INDEX ON %schema%.dead_letter (consumer, source, aggregate_id, position) WHERE status IN ('FAILED', 'WAITING');
