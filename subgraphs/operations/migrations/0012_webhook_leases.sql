-- How many attempts at an endpoint are under way is asked often, whatever waits for it.
CREATE INDEX ON operations.webhook_delivery (endpoint_id, leased_until) WHERE status = 'PENDING' AND lease IS NOT NULL;
