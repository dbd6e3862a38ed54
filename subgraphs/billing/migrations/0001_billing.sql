-- Billing masters what is sold, billed and paid; an aggregate is one row, its parts are JSON in it, save allocations.
CREATE TABLE billing.product (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  sku text NOT NULL,
  name text NOT NULL,
  description text,
  family text,
  tax_code text,
  active boolean NOT NULL
);
CREATE INDEX ON billing.product (sku, id);
CREATE INDEX ON billing.product (name, id);

CREATE TABLE billing.price (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  product_id text NOT NULL,
  nickname text,
  currency text NOT NULL,
  unit_amount numeric,
  interval jsonb,
  usage text NOT NULL,
  tiers_mode text,
  tiers jsonb NOT NULL,
  active boolean NOT NULL
);
CREATE INDEX ON billing.price (product_id, currency, unit_amount);

CREATE TABLE billing.subscription (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  customer_id text NOT NULL,
  contract_id text,
  legal_entity_id text NOT NULL,
  status text NOT NULL,
  currency text NOT NULL,
  collection_method text NOT NULL,
  start_date date NOT NULL,
  current_period jsonb NOT NULL,
  cancel_at date,
  ended_on date,
  items jsonb NOT NULL
);
CREATE INDEX ON billing.subscription (customer_id, start_date, id);
CREATE INDEX ON billing.subscription (contract_id, start_date, id) WHERE contract_id IS NOT NULL;
CREATE INDEX ON billing.subscription (start_date, id);

CREATE TABLE billing.invoice (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  customer_id text NOT NULL,
  legal_entity_id text NOT NULL,
  contract_id text,
  subscription_id text,
  number text CHECK (number IS NOT NULL OR lifecycle = 'DRAFT'),
  lifecycle text NOT NULL,
  status text NOT NULL,
  currency text NOT NULL,
  collection_method text NOT NULL,
  issue_date date NOT NULL,
  due_date date NOT NULL CHECK (due_date >= issue_date),
  closed_on date,
  paid_on date,
  lines jsonb NOT NULL,
  tax_lines jsonb NOT NULL,
  subtotal bigint NOT NULL,
  tax bigint NOT NULL,
  total bigint NOT NULL CHECK (total = subtotal + tax),
  allocated bigint NOT NULL CHECK (allocated >= 0),
  credited bigint NOT NULL CHECK (credited >= 0),
  written_off bigint NOT NULL CHECK (written_off >= 0),
  balance bigint NOT NULL CHECK (balance >= 0),
  CHECK (status IN ('DRAFT', 'VOID') OR balance = total - allocated - credited - written_off),
  CHECK (status <> 'VOID' OR balance = 0)
);
CREATE INDEX ON billing.invoice (customer_id, issue_date, id);
CREATE INDEX ON billing.invoice (contract_id, issue_date, id) WHERE contract_id IS NOT NULL;
CREATE INDEX ON billing.invoice (issue_date, id);
CREATE INDEX ON billing.invoice (due_date, id);
CREATE INDEX ON billing.invoice (number) WHERE number IS NOT NULL;
-- What is owed now is a small part of what was ever billed.
CREATE INDEX ON billing.invoice (customer_id) WHERE status IN ('OPEN', 'PARTIALLY_PAID');

CREATE TABLE billing.payment (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  customer_id text,
  legal_entity_id text NOT NULL,
  outcome text NOT NULL,
  status text NOT NULL,
  currency text NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  fee bigint NOT NULL,
  method text NOT NULL,
  received_at timestamptz NOT NULL,
  received_on date NOT NULL,
  failure_code text,
  failure_message text,
  refunded bigint NOT NULL CHECK (refunded BETWEEN 0 AND amount),
  unapplied bigint NOT NULL CHECK (unapplied BETWEEN 0 AND amount)
);
CREATE INDEX ON billing.payment (customer_id, received_at, id) WHERE customer_id IS NOT NULL;
CREATE INDEX ON billing.payment (received_at, id);
CREATE INDEX ON billing.payment (customer_id) WHERE unapplied > 0;

-- A part of the payment that is asked for from the invoice's side as well. Zero once the payment no longer names it.
CREATE TABLE billing.allocation (
  payment_id text NOT NULL REFERENCES billing.payment (id),
  id text NOT NULL,
  invoice_id text NOT NULL,
  amount bigint NOT NULL CHECK (amount >= 0),
  applied bigint NOT NULL CHECK (applied BETWEEN 0 AND amount),
  PRIMARY KEY (payment_id, id)
);
CREATE INDEX ON billing.allocation (invoice_id, payment_id);

-- Each payment once for each invoice that it was meant for.
CREATE VIEW billing.invoice_payment AS
  SELECT named.invoice_id, payment.*
  FROM (SELECT DISTINCT invoice_id, payment_id FROM billing.allocation WHERE amount > 0) AS named
  JOIN billing.payment ON payment.id = named.payment_id;

-- The allocations that an invoice took something of.
CREATE VIEW billing.settlement AS
  SELECT allocation.id, allocation.payment_id, allocation.invoice_id, allocation.applied, payment.currency,
    payment.received_at
  FROM billing.allocation JOIN billing.payment ON payment.id = allocation.payment_id
  WHERE allocation.applied > 0;

CREATE TABLE billing.credit_note (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  customer_id text NOT NULL,
  legal_entity_id text NOT NULL,
  invoice_id text NOT NULL,
  number text NOT NULL,
  status text NOT NULL,
  currency text NOT NULL,
  reason text,
  issued_on date NOT NULL,
  voided_on date,
  lines jsonb NOT NULL,
  tax_lines jsonb NOT NULL,
  net bigint NOT NULL,
  tax bigint NOT NULL,
  amount bigint NOT NULL CHECK (amount = net + tax)
);
CREATE INDEX ON billing.credit_note (customer_id, issued_on);
CREATE INDEX ON billing.credit_note (invoice_id, issued_on);

CREATE TABLE billing.refund (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  payment_id text NOT NULL,
  credit_note_id text,
  status text NOT NULL,
  currency text NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  reason text,
  refunded_on date NOT NULL,
  from_unapplied bigint NOT NULL CHECK (from_unapplied BETWEEN 0 AND amount)
);
CREATE INDEX ON billing.refund (payment_id, refunded_on);

CREATE TABLE billing.dispute (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  payment_id text NOT NULL,
  customer_id text,
  status text NOT NULL,
  currency text NOT NULL,
  amount bigint NOT NULL,
  funds_withdrawn boolean NOT NULL,
  reason text NOT NULL,
  opened_on date NOT NULL,
  evidence_due_on date,
  closed_on date
);
CREATE INDEX ON billing.dispute (payment_id, opened_on);
CREATE INDEX ON billing.dispute (customer_id, opened_on) WHERE customer_id IS NOT NULL;

CREATE TABLE billing.usage (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  subscription_id text NOT NULL,
  subscription_item_id text NOT NULL,
  quantity numeric NOT NULL,
  used_at timestamptz NOT NULL
);
CREATE INDEX ON billing.usage (subscription_id, used_at);

CREATE TABLE billing.dunning (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  invoice_id text NOT NULL,
  status text NOT NULL,
  attempts int NOT NULL,
  next_attempt_on date
);
CREATE INDEX ON billing.dunning (invoice_id, recorded_at);

-- What imports saw, the same content once. Its ids are compared byte by byte, so that reading in pages never skips one.
CREATE TABLE billing.raw_object (
  system text NOT NULL,
  instance text NOT NULL,
  object_type text NOT NULL,
  external_id text COLLATE "C" NOT NULL,
  content_hash text NOT NULL,
  source_version bigint NOT NULL,
  observed_at timestamptz NOT NULL,
  payload jsonb NOT NULL,
  PRIMARY KEY (system, instance, object_type, external_id, content_hash)
);

-- Where the days of a legal entity begin and end, as ERP states it: days past due are counted in it.
CREATE TABLE billing.legal_entity (
  id text PRIMARY KEY,
  time_zone text NOT NULL
);

-- Where an import is: the place at which it goes on, or what it is to bring and whether all of that is there.
CREATE TABLE billing.import_position (
  import text PRIMARY KEY,
  position jsonb
);
