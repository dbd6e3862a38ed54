-- CRM masters who the customers are and what was agreed with them; an aggregate is one row, its parts are JSON in it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE FUNCTION crm.external_ids(external_refs jsonb) RETURNS text IMMUTABLE PARALLEL SAFE
  RETURN (SELECT coalesce(string_agg(ref ->> 'externalId', ' '), '') FROM jsonb_array_elements(external_refs) ref);

CREATE TABLE crm.customer (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  name text NOT NULL,
  legal_name text,
  status text NOT NULL,
  parent_id text,
  merged_into_id text,
  email text,
  domain text,
  tax_ids jsonb NOT NULL,
  address jsonb,
  region text,
  segment text,
  owner jsonb,
  currency text NOT NULL,
  -- What a search looks through: names, address, domain and the ids that other systems use.
  search text GENERATED ALWAYS AS (lower(
    name || ' ' || coalesce(legal_name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(domain, '') || ' ' ||
    crm.external_ids(external_refs)
  )) STORED
);
CREATE INDEX ON crm.customer (name, id);
CREATE INDEX ON crm.customer (recorded_at, id);
CREATE INDEX ON crm.customer (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX ON crm.customer USING gin (search gin_trgm_ops);

CREATE TABLE crm.contact (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  customer_id text NOT NULL,
  name text NOT NULL,
  email text,
  phone text,
  title text
);
CREATE INDEX ON crm.contact (customer_id, name);

CREATE TABLE crm.opportunity (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  customer_id text NOT NULL,
  name text NOT NULL,
  stage text NOT NULL,
  currency text NOT NULL,
  amount bigint NOT NULL,
  expected_close_date date NOT NULL,
  closed_on date,
  owner jsonb
);
CREATE INDEX ON crm.opportunity (customer_id, expected_close_date, id);
CREATE INDEX ON crm.opportunity (expected_close_date, id);

CREATE TABLE crm.quote (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  opportunity_id text NOT NULL,
  number text NOT NULL,
  status text NOT NULL,
  currency text NOT NULL,
  lines jsonb NOT NULL,
  valid_until date NOT NULL
);
CREATE INDEX ON crm.quote (opportunity_id, valid_until);

CREATE TABLE crm.contract (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  customer_id text NOT NULL,
  opportunity_id text,
  legal_entity_id text NOT NULL,
  number text NOT NULL,
  status text NOT NULL,
  currency text NOT NULL,
  signed_on date,
  start_date date NOT NULL,
  end_date date NOT NULL CHECK (end_date >= start_date),
  auto_renew boolean NOT NULL,
  renewal_of_id text,
  lines jsonb NOT NULL,
  total_contract_value bigint NOT NULL
);
CREATE INDEX ON crm.contract (customer_id, start_date, id);
CREATE INDEX ON crm.contract (start_date, id);
CREATE INDEX ON crm.contract (end_date, id);
CREATE INDEX ON crm.contract (opportunity_id) WHERE opportunity_id IS NOT NULL;
CREATE INDEX ON crm.contract USING gin (jsonb_path_query_array(lines, '$[*].id'));

CREATE TABLE crm.amendment (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  contract_id text NOT NULL,
  kind text NOT NULL,
  status text NOT NULL,
  effective_date date NOT NULL,
  reason text,
  currency text NOT NULL,
  contract_value_delta bigint NOT NULL
);
CREATE INDEX ON crm.amendment (contract_id, effective_date);
