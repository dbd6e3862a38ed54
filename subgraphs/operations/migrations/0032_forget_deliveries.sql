-- The log of deliveries is no record of what happened in the business: what was settled long ago is forgotten.
GRANT DELETE ON operations.webhook_delivery, operations.webhook_attempt TO revgraph_operations;
CREATE INDEX ON operations.webhook_delivery (recorded_at) WHERE status <> 'PENDING';
