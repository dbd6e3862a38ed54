-- Business processes over several systems. A row is all there is to know of one: whoever holds it goes on from there.
CREATE TABLE operations.workflow (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  flow text NOT NULL,
  status text NOT NULL CHECK (status IN
    ('ACCEPTED', 'RUNNING', 'RETRYING', 'AWAITING_APPROVAL', 'EXCEPTION', 'COMPENSATING', 'COMPENSATED', 'COMPLETED')),
  model text NOT NULL,
  model_version int NOT NULL,
  subject text NOT NULL,
  customer_id text,
  legal_entity_id text,
  input jsonb NOT NULL,
  prepared jsonb NOT NULL,
  steps jsonb NOT NULL,
  due_at timestamptz,
  failure jsonb,
  requested_by text NOT NULL,
  traceparent text,
  accepted_at timestamptz NOT NULL,
  ended_at timestamptz CHECK ((ended_at IS NOT NULL) = (status IN ('COMPENSATED', 'COMPLETED'))),
  -- The order in which workflows of one subject were accepted, and are carried out.
  place bigint GENERATED ALWAYS AS IDENTITY,
  -- Grows whenever a node takes the workflow: what an earlier holder reports no longer counts.
  run int NOT NULL DEFAULT 0,
  -- The node that has it, and until when nobody else takes it: by PostgreSQL's clock.
  held_by text,
  leased_until timestamptz NOT NULL DEFAULT '-infinity'
);
-- Null for what has ended, waits for a person, or stands in line behind another workflow of its subject.
CREATE INDEX ON operations.workflow (due_at) WHERE due_at IS NOT NULL;
CREATE UNIQUE INDEX ON operations.workflow (subject, place) WHERE ended_at IS NULL;
CREATE INDEX ON operations.workflow (held_by) WHERE held_by IS NOT NULL;
CREATE INDEX ON operations.workflow (accepted_at, id);
CREATE INDEX ON operations.workflow (customer_id, accepted_at) WHERE customer_id IS NOT NULL;
