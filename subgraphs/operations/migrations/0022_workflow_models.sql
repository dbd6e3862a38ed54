-- Which workflow model holds for new workflows, and what each of them said when it was activated.
CREATE TABLE operations.workflow_model (
  hash text PRIMARY KEY,
  content jsonb NOT NULL
);

CREATE TABLE operations.model_activation (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  model text NOT NULL,
  model_version int NOT NULL,
  hash text NOT NULL REFERENCES operations.workflow_model,
  -- Null for all companies that have no activation of their own.
  legal_entity_id text,
  since timestamptz NOT NULL,
  actor text NOT NULL,
  reason text NOT NULL,
  -- Which of two of one instant came later.
  sequence bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX ON operations.model_activation (legal_entity_id, sequence DESC);
CREATE INDEX ON operations.model_activation (sequence DESC);
