-- Rules choose accounts by event, entity, product family and region: an entity may have several accounts for a role.
CREATE TABLE erp.account_rule (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  role text NOT NULL,
  account_code text NOT NULL,
  purpose text,
  legal_entity_id text,
  product_family text,
  region text,
  valid_from date,
  valid_until date
);

-- Until now each account was the one for its role: so say these rules.
INSERT INTO erp.account_rule (id, version, recorded_at, external_refs, role, account_code, legal_entity_id)
  SELECT 'arl_' || id, 1, recorded_at, '[]', role, code, legal_entity_id FROM erp.ledger_account;
ALTER TABLE erp.ledger_account DROP CONSTRAINT ledger_account_legal_entity_id_role_key;

-- What rules ask of the catalogue and of customers; billing and CRM keep these, and state them to ERP as well.
CREATE TABLE erp.product_family (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  family text
);
CREATE TABLE erp.customer_region (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  region text
);

ALTER TABLE erp.revenue_schedule ADD COLUMN product_id text;
