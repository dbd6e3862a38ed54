-- What outside systems tell us of themselves, kept as it came before anything is made of it.
CREATE TABLE operations.inbound_webhook (
  -- Name of the connector whose system sent it.
  source text NOT NULL,
  webhook_id text NOT NULL,
  received_at timestamptz NOT NULL,
  body text NOT NULL,
  -- PENDING: to be taken. TAKEN: its facts are recorded. IGNORED: of a kind that says nothing to us. FAILED: given up.
  status text NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'TAKEN', 'IGNORED', 'FAILED')),
  attempts int NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL,
  settled_at timestamptz,
  -- Why it was ignored or failed, the last time.
  note text,
  PRIMARY KEY (source, webhook_id)
);
CREATE INDEX ON operations.inbound_webhook (due_at) WHERE status = 'PENDING';
