-- A customer shows what billing and ERP tell of it; a merge of two customers keeps what it moved, to be undone.
ALTER TABLE crm.customer ADD COLUMN billing_feedback jsonb;

CREATE TABLE crm.customer_merge (
  -- The customer that was found to be another one, and the version of it that says so.
  merged_id text NOT NULL,
  merged_version int NOT NULL,
  -- The one that carries on.
  survivor_id text NOT NULL,
  -- What each of them was, and the ids of what moved from the one to the other.
  moved jsonb NOT NULL,
  undone boolean NOT NULL DEFAULT false,
  PRIMARY KEY (merged_id, merged_version)
);
CREATE UNIQUE INDEX ON crm.customer_merge (merged_id) WHERE NOT undone;

CREATE INDEX ON crm.customer (merged_into_id) WHERE merged_into_id IS NOT NULL;
