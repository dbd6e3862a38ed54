-- ERP keeps the books: entities, accounts and periods as stated, and a journal that only grows and always balances.
CREATE TABLE erp.legal_entity (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  country text NOT NULL,
  functional_currency text NOT NULL,
  time_zone text NOT NULL,
  fiscal_calendar text NOT NULL,
  fiscal_year_start_month int NOT NULL CHECK (fiscal_year_start_month BETWEEN 1 AND 12),
  -- How many journal entries it has. Whoever posts or closes holds the lock of this row: numbers have no gaps.
  journal_length bigint NOT NULL DEFAULT 0
);

CREATE TABLE erp.ledger_account (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  legal_entity_id text NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  role text NOT NULL,
  UNIQUE (legal_entity_id, role),
  UNIQUE (legal_entity_id, code)
);

CREATE TABLE erp.accounting_period (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  legal_entity_id text NOT NULL,
  period text NOT NULL,
  range jsonb NOT NULL,
  status text NOT NULL,
  UNIQUE (legal_entity_id, period)
);

CREATE TABLE erp.fx_rate (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  base_currency text NOT NULL,
  quote_currency text NOT NULL,
  rate numeric NOT NULL CHECK (rate > 0),
  date date NOT NULL,
  source text NOT NULL
);
CREATE INDEX ON erp.fx_rate (base_currency, quote_currency, date DESC, id);

CREATE TABLE erp.credit_profile (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  customer_id text NOT NULL UNIQUE,
  currency text NOT NULL,
  credit_limit bigint,
  on_hold boolean NOT NULL,
  hold_reason text
);

CREATE TABLE erp.journal_entry (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  legal_entity_id text NOT NULL,
  sequence bigint NOT NULL,
  number text NOT NULL,
  source_type text NOT NULL,
  source_id text NOT NULL,
  purpose text NOT NULL,
  discriminator text NOT NULL,
  date date NOT NULL,
  period text NOT NULL,
  original_period text NOT NULL,
  status text NOT NULL,
  reversal_of_id text,
  customer_id text,
  contract_id text,
  currency text NOT NULL,
  functional_currency text NOT NULL,
  description text NOT NULL,
  -- What happened is posted at most once.
  UNIQUE (source_id, purpose, discriminator),
  UNIQUE (legal_entity_id, sequence)
);
CREATE INDEX ON erp.journal_entry (date, id);
CREATE INDEX ON erp.journal_entry (number, id);
CREATE INDEX ON erp.journal_entry (reversal_of_id) WHERE reversal_of_id IS NOT NULL;

-- What balances are summed from: it repeats what they are summed by.
CREATE TABLE erp.journal_line (
  entry_id text NOT NULL,
  line_number int NOT NULL,
  account_id text NOT NULL,
  role text NOT NULL,
  debit bigint NOT NULL CHECK (debit >= 0),
  credit bigint NOT NULL CHECK (credit >= 0),
  functional_debit bigint NOT NULL CHECK (functional_debit >= 0),
  functional_credit bigint NOT NULL CHECK (functional_credit >= 0),
  legal_entity_id text NOT NULL,
  customer_id text,
  currency text NOT NULL,
  date date NOT NULL,
  PRIMARY KEY (entry_id, line_number),
  CHECK ((debit = 0) <> (credit = 0))
);
CREATE INDEX ON erp.journal_line (customer_id, role, currency) INCLUDE (debit, credit);

-- One check for all lines of a statement, so that a million lines cost one: an entry's lines come together.
CREATE FUNCTION erp.refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  offender text;
BEGIN
  SELECT i.entry_id INTO offender
  FROM inserted i LEFT JOIN erp.journal_entry e ON e.id = i.entry_id
  GROUP BY i.entry_id
  HAVING sum(i.debit) <> sum(i.credit) OR sum(i.functional_debit) <> sum(i.functional_credit) OR count(e.id) = 0
  LIMIT 1;
  IF offender IS NOT NULL THEN
    RAISE EXCEPTION 'journal entry % does not balance or does not exist', offender USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER balanced AFTER INSERT ON erp.journal_line
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION erp.refuse_unbalanced();

CREATE FUNCTION erp.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is never changed: correct it by an entry that mirrors it'
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER unchanged BEFORE UPDATE OR DELETE ON erp.journal_line
  FOR EACH STATEMENT EXECUTE FUNCTION erp.refuse_change();
CREATE TRIGGER kept BEFORE DELETE ON erp.journal_entry
  FOR EACH STATEMENT EXECUTE FUNCTION erp.refuse_change();
-- That it was mirrored, and where other systems have it, is all that may be added to an entry.
CREATE TRIGGER unchanged BEFORE UPDATE ON erp.journal_entry FOR EACH ROW
  WHEN (
    to_jsonb(OLD) - '{version,recorded_at,status,external_refs}'::text[]
    IS DISTINCT FROM to_jsonb(NEW) - '{version,recorded_at,status,external_refs}'::text[]
  )
  EXECUTE FUNCTION erp.refuse_change();

-- A performance obligation and its schedule: one row, because an obligation has one.
CREATE TABLE erp.revenue_schedule (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  obligation_id text NOT NULL UNIQUE,
  contract_id text,
  customer_id text NOT NULL,
  legal_entity_id text NOT NULL,
  description text NOT NULL,
  method text NOT NULL,
  currency text NOT NULL,
  allocated_price bigint NOT NULL,
  service_period jsonb NOT NULL
);
CREATE INDEX ON erp.revenue_schedule (contract_id) WHERE contract_id IS NOT NULL;

-- Months of schedules, each in the version that planned it. A revision supersedes what is planned, not what is posted.
CREATE TABLE erp.schedule_entry (
  schedule_id text NOT NULL,
  period text NOT NULL,
  version int NOT NULL,
  amount bigint NOT NULL CHECK (amount <> 0),
  status text NOT NULL,
  journal_entry_id text,
  -- The version that planned the month anew; null while the entry is in force.
  superseded_by int,
  PRIMARY KEY (schedule_id, period, version),
  CHECK ((status = 'PLANNED') = (journal_entry_id IS NULL)),
  CHECK (superseded_by IS NULL OR status = 'PLANNED')
);
CREATE UNIQUE INDEX ON erp.schedule_entry (schedule_id, period) WHERE superseded_by IS NULL;
-- What a period run looks through.
CREATE INDEX ON erp.schedule_entry (schedule_id, period) WHERE superseded_by IS NULL AND status = 'PLANNED';

-- The newest version that the books met of each document or contract: an older one, read before it, comes too late.
CREATE TABLE erp.source (
  id text PRIMARY KEY,
  version int NOT NULL
);

-- Sources without entries, by their ids, and why they have none: blocked with a reason, or nothing to post.
CREATE TABLE erp.posting_note (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  source_id text NOT NULL UNIQUE,
  source_type text NOT NULL,
  status text NOT NULL,
  reason text CHECK ((reason IS NOT NULL) = (status = 'BLOCKED'))
);
CREATE INDEX ON erp.posting_note (source_id) WHERE status = 'BLOCKED';
