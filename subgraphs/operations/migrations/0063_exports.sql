-- Files that clients had made of published views: kept for a day, so that any node goes on sending what was cut off.
CREATE TABLE operations.export (
  id text PRIMARY KEY,
  -- Whoever has it may read the file.
  token text NOT NULL UNIQUE,
  view text NOT NULL,
  format text NOT NULL,
  status text NOT NULL CHECK (status IN ('RUNNING', 'DONE', 'FAILED')),
  rows_total bigint,
  rows_written bigint NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  requested_at timestamptz NOT NULL,
  -- By PostgreSQL's clock: a node that died writes nothing more.
  touched_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON operations.export (requested_at);

CREATE TABLE operations.export_part (
  export_id text NOT NULL REFERENCES operations.export ON DELETE CASCADE,
  from_byte bigint NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (export_id, from_byte)
);
-- What it holds is held elsewhere.
GRANT DELETE ON operations.export TO revgraph_operations;
