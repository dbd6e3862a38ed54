-- What was taken in long ago is in the systems that keep it: the webhook that told of it is forgotten.
GRANT DELETE ON operations.inbound_webhook TO revgraph_operations;
CREATE INDEX ON operations.inbound_webhook (settled_at) WHERE status IN ('TAKEN', 'IGNORED');
