-- What is to be collected is looked for again and again, among few invoices of ours that are open.
CREATE INDEX ON billing.invoice (id)
  WHERE external_refs -> 0 ->> 'system' = 'revgraph' AND status IN ('OPEN', 'PARTIALLY_PAID');
CREATE INDEX ON billing.dunning (invoice_id) WHERE status IN ('ACTIVE', 'PAUSED');
