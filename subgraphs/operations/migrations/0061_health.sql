-- What failed is a small part of what ever happened, and asked for often.
CREATE INDEX ON operations.exception (class) WHERE status <> 'RESOLVED';
CREATE INDEX ON operations.webhook_delivery (recorded_at) WHERE status = 'FAILED';
CREATE INDEX ON operations.inbound_webhook (received_at) WHERE status = 'FAILED';
CREATE INDEX ON operations.workflow (accepted_at, id) WHERE ended_at IS NULL;
