-- Promises that days do not measure: projects, units and milestones are earned as they are delivered.
CREATE TABLE erp.delivery (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  external_refs jsonb NOT NULL,
  contract_line_id text NOT NULL UNIQUE,
  method text NOT NULL,
  satisfied_in text NOT NULL,
  steps jsonb NOT NULL
);
