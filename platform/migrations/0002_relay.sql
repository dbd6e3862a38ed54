-- Committed events get their place in one gap-free order: narrow rows of their own, so that no wide event is rewritten.
ALTER TABLE %schema%.event DROP COLUMN position;
ALTER TABLE %schema%.event ADD causation_id text, ADD traceparent text;

-- What is committed and not published yet. Its order is that of the aggregates' locks, hence of their versions.
CREATE TABLE %schema%.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  aggregate_id text NOT NULL,
  version int NOT NULL
);

-- Whoever writes an event, in whatever way, hands it to the relay: none can be forgotten.
CREATE FUNCTION %schema%.hand_to_relay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO %schema%.outbox (aggregate_id, version) SELECT aggregate_id, version FROM written ORDER BY version;
  RETURN NULL;
END $$;
CREATE TRIGGER hand_to_relay AFTER INSERT ON %schema%.event
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION %schema%.hand_to_relay();

-- The published order. Months are partitions (platform/log/months.ts), so that old ones can be let go.
CREATE TABLE %schema%.log (
  position bigint NOT NULL,
  aggregate_id text NOT NULL,
  version int NOT NULL,
  type text NOT NULL,
  published_at timestamptz NOT NULL DEFAULT clock_timestamp()
) PARTITION BY RANGE (published_at);

-- Who may publish: the one that raised the epoch last, until its lease runs out. The head is the last position given.
CREATE TABLE %schema%.relay (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch bigint NOT NULL DEFAULT 0,
  leased_until timestamptz NOT NULL DEFAULT '-infinity',
  head bigint NOT NULL DEFAULT 0,
  -- Events of earlier releases, which had no outbox, are yet to be published.
  has_history boolean NOT NULL
);
INSERT INTO %schema%.relay (has_history) SELECT EXISTS (SELECT FROM %schema%.event);
