-- What two systems do not hold alike for long waits for a person as a stuck workflow does.
ALTER TABLE operations.exception ALTER workflow_id DROP NOT NULL, ADD break_id text UNIQUE,
  ADD CHECK ((workflow_id IS NULL) <> (break_id IS NULL));

-- The finding that an exception tells of; null while none is open.
ALTER TABLE operations.reconciliation_item ADD told_at timestamptz;
CREATE INDEX ON operations.reconciliation_item (found_at) WHERE told_at IS DISTINCT FROM found_at;

-- How comparing went: each row is what a node compared until nothing was left.
CREATE TABLE operations.reconciliation_run (
  id text PRIMARY KEY,
  began_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL,
  -- Items that were due, and what was read of the systems for them.
  compared bigint NOT NULL,
  facts_read bigint NOT NULL,
  -- Breaks that were not there before, that have another cause now, and that are gone.
  found bigint NOT NULL,
  changed bigint NOT NULL,
  gone bigint NOT NULL,
  -- The first of these.
  changes jsonb NOT NULL
);
CREATE INDEX ON operations.reconciliation_run (began_at, id);
-- It is no record of what happened in the business.
GRANT DELETE ON operations.reconciliation_run TO revgraph_operations;
