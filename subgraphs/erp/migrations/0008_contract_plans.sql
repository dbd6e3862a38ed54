-- Contracts are earned by their plans: what each promise is worth, and how each change was treated.
CREATE TABLE erp.contract_plan (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  contract_id text NOT NULL UNIQUE,
  currency text NOT NULL,
  anchor date NOT NULL,
  obligations jsonb NOT NULL,
  modifications jsonb NOT NULL
);

-- The catalogue as far as the books need it: what a product costs alone. Billing keeps it and states it to ERP as well.
CREATE TABLE erp.list_price (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  product_id text NOT NULL,
  currency text NOT NULL,
  unit_amount text,
  "interval" jsonb,
  usage text NOT NULL,
  tiers_mode text,
  tiers jsonb NOT NULL,
  active boolean NOT NULL
);
CREATE INDEX ON erp.list_price (product_id);
