-- What the systems hold of the same things is compared as they tell of it; what came of it is kept, and counted.
CREATE TABLE operations.reconciliation_item (
  rule text NOT NULL,
  key text NOT NULL,
  id text NOT NULL GENERATED ALWAYS AS ('brk_' || md5(rule || ' ' || key)) STORED UNIQUE,
  -- A system told something new of it: to be compared.
  is_due boolean NOT NULL,
  -- MATCHED or BREAK; null while it was never compared, or no system holds anything of it any more.
  status text CHECK (status IN ('MATCHED', 'BREAK')),
  -- Months that it concerns, as ISO 8601 has them; empty and null for all.
  first_period text NOT NULL DEFAULT '',
  last_period text,
  -- Of a break.
  cause text,
  since date,
  found_at timestamptz,
  content jsonb,
  CHECK ((coalesce(status, '') = 'BREAK') = (cause IS NOT NULL)),
  PRIMARY KEY (rule, key)
);
CREATE INDEX ON operations.reconciliation_item (rule, key) WHERE is_due;
CREATE INDEX ON operations.reconciliation_item (rule, since, id) WHERE status = 'BREAK';

-- How many items begin, and less how many have ended, with a month: the sum up to a month are those that concern it.
CREATE TABLE operations.reconciliation_tally (
  rule text NOT NULL,
  period text NOT NULL,
  matched bigint NOT NULL,
  broken bigint NOT NULL,
  PRIMARY KEY (rule, period)
);

-- Up to when all that was told is compared.
CREATE TABLE operations.reconciliation_state (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  as_of timestamptz
);

-- What each system holds, by the keys that two systems share: of the states that are read, not of those being built.
CREATE VIEW operations.reconciliation_fact AS
  SELECT key AS aggregate_id, state FROM operations.projection_state s
  WHERE generation = coalesce((SELECT generation FROM operations.projection p WHERE p.name = s.projection), 1)
    AND projection IN ('reconciliation-crm', 'reconciliation-billing', 'reconciliation-erp');
CREATE INDEX ON operations.projection_state USING gin ((state->'keys'));
