-- What workflows do in outside systems: the intent is kept before anything is sent, and what came of it after.
CREATE TABLE operations.effect (
  -- Name of the connector: which system, and which account or instance of it.
  system text NOT NULL,
  effect_key text NOT NULL,
  operation text NOT NULL,
  request_hash text NOT NULL,
  status text NOT NULL DEFAULT 'OPEN' CHECK (status IN ('OPEN', 'APPLIED', 'REFUSED', 'UNKNOWN')),
  -- How often it was refused and asked for again: each time under an idempotency key of its own.
  revision int NOT NULL DEFAULT 0,
  -- All instants are by PostgreSQL's clock, which is the same for every process.
  intended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  first_sent_at timestamptz,
  sent_until timestamptz,
  in_doubt_since timestamptz,
  due_at timestamptz NOT NULL DEFAULT '-infinity',
  settled_at timestamptz,
  external_id text,
  url text,
  details jsonb,
  refusal_code text,
  -- What was in the way the last time.
  message text,
  tries int NOT NULL DEFAULT 0,
  -- Who works on it, and until when nobody else does.
  lease text,
  leased_until timestamptz NOT NULL DEFAULT '-infinity',
  PRIMARY KEY (system, effect_key),
  CHECK ((external_id IS NOT NULL) = (status = 'APPLIED')),
  CHECK ((refusal_code IS NOT NULL) = (status = 'REFUSED')),
  CHECK (in_doubt_since IS NOT NULL OR status <> 'UNKNOWN'),
  CHECK (in_doubt_since IS NULL OR status IN ('OPEN', 'UNKNOWN'))
);
CREATE INDEX ON operations.effect (effect_key);
CREATE INDEX ON operations.effect (in_doubt_since) WHERE in_doubt_since IS NOT NULL;

-- Each time that an effect was sent or looked for. Without an end: the process died, or was overtaken, before.
CREATE TABLE operations.effect_try (
  system text NOT NULL,
  effect_key text NOT NULL,
  number int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('SEND', 'FIND')),
  began_at timestamptz NOT NULL,
  ended_at timestamptz,
  answer text,
  message text,
  PRIMARY KEY (system, effect_key, number),
  FOREIGN KEY (system, effect_key) REFERENCES operations.effect
);
