-- Workflows that wait for a person: who has to look, by when, how much money is at risk, and what was decided.
ALTER TABLE operations.workflow ADD money_at_risk jsonb;

-- One for a workflow: it is opened again where the workflow gets stuck again.
CREATE TABLE operations.exception (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  workflow_id text NOT NULL UNIQUE REFERENCES operations.workflow,
  customer_id text,
  legal_entity_id text,
  class text NOT NULL,
  code text NOT NULL,
  step text NOT NULL,
  field text,
  message text NOT NULL,
  status text NOT NULL CHECK (status IN ('OPEN', 'ASSIGNED', 'AWAITING_APPROVAL', 'IN_PROGRESS', 'RESOLVED')),
  owner text NOT NULL CHECK (owner IN ('SALES_OPERATIONS', 'FINANCE', 'PLATFORM')),
  assignee text,
  opened_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  deadline_hours int NOT NULL CHECK (deadline_hours > 0),
  escalate_to text NOT NULL CHECK (escalate_to IN ('SALES_OPERATIONS', 'FINANCE', 'PLATFORM')),
  escalations int NOT NULL,
  money_at_risk jsonb,
  -- Sorts amounts of all currencies by their number of major units; -1 where the amount is not known.
  risk_rank bigint NOT NULL,
  attempts int NOT NULL,
  decisions jsonb NOT NULL,
  edits jsonb NOT NULL,
  resolved_at timestamptz CHECK ((resolved_at IS NOT NULL) = (status = 'RESOLVED'))
);
CREATE INDEX ON operations.exception (risk_rank, id);
CREATE INDEX ON operations.exception (opened_at, id);
CREATE INDEX ON operations.exception (due_at) WHERE status NOT IN ('IN_PROGRESS', 'RESOLVED');

CREATE TABLE operations.approval (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('GATE', 'EDIT')),
  gate text NOT NULL,
  workflow_id text NOT NULL REFERENCES operations.workflow,
  customer_id text,
  -- Of what is approved: where the payload became another one, the approval says nothing of it.
  payload_hash text NOT NULL,
  money_at_risk jsonb,
  band text,
  approver text NOT NULL CHECK (approver IN ('SALES_OPERATIONS', 'FINANCE', 'PLATFORM')),
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('PENDING', 'APPROVED', 'REJECTED', 'EXPIRED', 'WITHDRAWN')),
  decided_by text,
  decided_at timestamptz CHECK ((decided_at IS NULL) = (status = 'PENDING')),
  reason text,
  due_at timestamptz NOT NULL,
  deadline_hours int NOT NULL CHECK (deadline_hours > 0),
  at_deadline text NOT NULL CHECK (at_deadline IN ('REJECT', 'ESCALATE', 'APPROVE')),
  escalate_to text CHECK (escalate_to IN ('SALES_OPERATIONS', 'FINANCE', 'PLATFORM')),
  -- Nobody approves what she asked for, whatever the code above this table says.
  CHECK (status <> 'APPROVED' OR decided_by IS DISTINCT FROM requested_by),
  -- Money is approved by a person, never by a deadline.
  CHECK (status <> 'APPROVED' OR decided_by IS NOT NULL OR money_at_risk IS NULL)
);
CREATE INDEX ON operations.approval (requested_at, id);
CREATE INDEX ON operations.approval (workflow_id) WHERE status = 'PENDING';
CREATE INDEX ON operations.approval (due_at) WHERE status = 'PENDING';
