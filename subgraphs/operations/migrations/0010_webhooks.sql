-- Events go out to endpoints of other companies: who gets what, what was sent, and what came of each attempt.
CREATE TABLE operations.webhook_endpoint (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  url text NOT NULL,
  description text,
  event_types jsonb NOT NULL,
  status text NOT NULL CHECK (status IN ('ENABLED', 'DISABLED')),
  disabled_reason text CHECK ((disabled_reason IS NOT NULL) = (status = 'DISABLED')),
  secret_made_at timestamptz NOT NULL
);

-- Apart from their endpoint, whose whole state is told in events. A secret is forgotten once it is no longer used.
CREATE TABLE operations.webhook_secret (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  endpoint_id text NOT NULL REFERENCES operations.webhook_endpoint,
  made_at timestamptz NOT NULL,
  secret text,
  -- Null for the newest one.
  expires_at timestamptz
);
CREATE INDEX ON operations.webhook_secret (endpoint_id, id) WHERE secret IS NOT NULL;

-- One event for one endpoint.
CREATE TABLE operations.webhook_delivery (
  id text PRIMARY KEY DEFAULT 'whd_' || replace(gen_random_uuid()::text, '-', ''),
  endpoint_id text NOT NULL REFERENCES operations.webhook_endpoint,
  source text NOT NULL,
  position bigint NOT NULL,
  type text NOT NULL,
  aggregate_id text NOT NULL,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('PENDING', 'DELIVERED', 'FAILED')),
  -- Of the round of attempts that is under way or was the last one; a recovery begins another.
  attempts int NOT NULL DEFAULT 0,
  round_began_at timestamptz,
  next_attempt_at timestamptz NOT NULL,
  delivered_at timestamptz,
  -- Who sends it at the moment, and until when nobody else does: by PostgreSQL's clock.
  lease text,
  leased_until timestamptz NOT NULL DEFAULT '-infinity',
  UNIQUE (endpoint_id, source, position)
);
CREATE INDEX ON operations.webhook_delivery (endpoint_id, next_attempt_at) WHERE status = 'PENDING';
-- An earlier event of the same aggregate holds a later one.
CREATE INDEX ON operations.webhook_delivery (endpoint_id, aggregate_id, version) WHERE status = 'PENDING';
CREATE INDEX ON operations.webhook_delivery (endpoint_id, delivered_at) WHERE status = 'DELIVERED';
CREATE INDEX ON operations.webhook_delivery (recorded_at, id);

CREATE TABLE operations.webhook_attempt (
  delivery_id text NOT NULL REFERENCES operations.webhook_delivery,
  began_at timestamptz NOT NULL,
  duration_ms int NOT NULL,
  status int,
  error text,
  excerpt text NOT NULL,
  CHECK ((status IS NULL) = (error IS NOT NULL))
);
CREATE INDEX ON operations.webhook_attempt (delivery_id, began_at);
