-- Projections can be built anew beside the state that is read, and events redelivered; who asked, and why, is kept.
CREATE TABLE %schema%.projection (
  name text PRIMARY KEY,
  -- The generation that is read; the next one is built beside it.
  generation int NOT NULL
);
CREATE TABLE %schema%.projection_state (
  projection text NOT NULL,
  generation int NOT NULL,
  key text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (projection, generation, key)
);

CREATE TABLE %schema%.replay (
  id text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('REBUILD_PROJECTION', 'REDELIVER')),
  consumer text NOT NULL,
  -- Events behind the one position up to the other.
  after bigint NOT NULL,
  through bigint NOT NULL,
  events_per_second int NOT NULL CHECK (events_per_second > 0),
  status text NOT NULL CHECK (status IN ('REQUESTED', 'RUNNING', 'DONE', 'CANCELLED', 'FAILED')),
  applied bigint NOT NULL DEFAULT 0,
  skipped bigint NOT NULL DEFAULT 0,
  -- Of a projection: states that were added, changed and removed by building it anew.
  diff jsonb,
  error text,
  reason text NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  cancelled_by text,
  ended_at timestamptz
);

-- Work of a subgraph that one node at a time does.
CREATE TABLE %schema%.duty (
  name text PRIMARY KEY,
  epoch bigint NOT NULL DEFAULT 0,
  leased_until timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO %schema%.duty (name) VALUES ('replays');
