-- Closing a period: what is held back knows its company and day, and a seal proves what was in it when it was closed.
ALTER TABLE erp.posting_note
  ADD COLUMN legal_entity_id text,
  ADD COLUMN date date;
CREATE INDEX ON erp.posting_note (legal_entity_id, date) WHERE status = 'BLOCKED';

ALTER TABLE erp.accounting_period
  ADD COLUMN seal_hash text,
  ADD COLUMN reopenings jsonb NOT NULL DEFAULT '[]';

CREATE INDEX ON erp.journal_entry (legal_entity_id, period, sequence);

-- A seal is the root of a Merkle tree (RFC 6962, 2.1) over the entries of a period in the order of their numbers, and
-- the hash of a statement that names it together with the seal before it, of whatever period of the legal entity.
CREATE TABLE erp.period_seal (
  period_id text NOT NULL,
  -- 1 for the first close, one more for each after it was reopened.
  version int NOT NULL,
  legal_entity_id text NOT NULL,
  -- Place among all seals of the legal entity, from 1.
  number int NOT NULL,
  period text NOT NULL,
  entry_count bigint NOT NULL,
  root bytea NOT NULL,
  previous_hash bytea,
  hash bytea NOT NULL,
  sealed_at timestamptz NOT NULL,
  PRIMARY KEY (period_id, version),
  UNIQUE (legal_entity_id, number)
);

CREATE FUNCTION erp.refuse_seal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a seal is never changed: reopen the period and close it again'
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER unchanged BEFORE UPDATE OR DELETE ON erp.period_seal
  FOR EACH STATEMENT EXECUTE FUNCTION erp.refuse_seal_change();

-- The hashes of up to 256 entries of a sealed period, one after the other: a full tile is a whole subtree. What is
-- posted into a reopened period comes after them, so that its next seal only adds to its tiles.
CREATE TABLE erp.seal_tile (
  period_id text NOT NULL,
  number int NOT NULL,
  -- Sequence of its first entry in the journal.
  first_sequence bigint NOT NULL,
  hashes bytea NOT NULL,
  root bytea NOT NULL,
  PRIMARY KEY (period_id, number)
);

CREATE FUNCTION erp.json_text(value text) RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT coalesce(to_json(value)::text, 'null') $$;

-- What of an entry is sealed: all that never changes, as canonical JSON (RFC 8785). Amounts are texts of digits.
CREATE VIEW erp.sealed_content AS
  SELECT e.id, e.legal_entity_id, e.period, e.sequence, concat(
    '{"contractId":', erp.json_text(e.contract_id),
    ',"currency":', erp.json_text(e.currency),
    ',"customerId":', erp.json_text(e.customer_id),
    ',"date":', erp.json_text(e.date::text),
    ',"description":', erp.json_text(e.description),
    ',"discriminator":', erp.json_text(e.discriminator),
    ',"functionalCurrency":', erp.json_text(e.functional_currency),
    ',"id":', erp.json_text(e.id),
    ',"legalEntityId":', erp.json_text(e.legal_entity_id),
    ',"lines":[', (
      SELECT string_agg(concat(
        '{"accountId":', erp.json_text(l.account_id),
        ',"credit":"', l.credit,
        '","currency":', erp.json_text(l.currency),
        ',"customerId":', erp.json_text(l.customer_id),
        ',"date":', erp.json_text(l.date::text),
        ',"debit":"', l.debit,
        '","functionalCredit":"', l.functional_credit,
        '","functionalDebit":"', l.functional_debit,
        '","legalEntityId":', erp.json_text(l.legal_entity_id),
        ',"role":', erp.json_text(l.role), '}'), ',' ORDER BY l.line_number)
      FROM erp.journal_line l WHERE l.entry_id = e.id
    ),
    '],"number":', erp.json_text(e.number),
    ',"originalPeriod":', erp.json_text(e.original_period),
    ',"period":', erp.json_text(e.period),
    ',"purpose":', erp.json_text(e.purpose),
    ',"reversalOfId":', erp.json_text(e.reversal_of_id),
    ',"sequence":"', e.sequence,
    '","sourceId":', erp.json_text(e.source_id),
    ',"sourceType":', erp.json_text(e.source_type), '}') AS content
  FROM erp.journal_entry e;

-- RFC 6962: a leaf is hashed behind the byte 0, an inner node behind the byte 1, so that none passes for the other.
CREATE FUNCTION erp.leaf_hash(content text) RETURNS bytea LANGUAGE sql IMMUTABLE AS
  $$ SELECT sha256('\x00'::bytea || convert_to(content, 'UTF8')) $$;

-- Nodes are paired level by level; the last one of an odd level goes up as it is, which is the tree of RFC 6962.
CREATE FUNCTION erp.merkle_root(hashes bytea[]) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  nodes bytea[] := hashes;
  size int := coalesce(cardinality(hashes), 0);
BEGIN
  IF size = 0 THEN RETURN sha256(''); END IF;
  WHILE size > 1 LOOP
    FOR pair IN 1 .. size / 2 LOOP
      nodes[pair] := sha256('\x01'::bytea || nodes[2 * pair - 1] || nodes[2 * pair]);
    END LOOP;
    IF size % 2 = 1 THEN nodes[size / 2 + 1] := nodes[size]; END IF;
    size := (size + 1) / 2;
  END LOOP;
  RETURN nodes[1];
END $$;

-- What a seal says, as canonical JSON; its hash is the SHA-256 of that.
CREATE FUNCTION erp.seal_statement(
  legal_entity_id text, period text, version int, entry_count bigint, root bytea, previous_hash bytea,
  sealed_at timestamptz
) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat(
    '{"entryCount":"', entry_count,
    '","legalEntityId":', erp.json_text(legal_entity_id),
    ',"period":', erp.json_text(period),
    ',"previousHash":', erp.json_text(encode(previous_hash, 'hex')),
    ',"root":"', encode(root, 'hex'),
    '","sealedAt":"', to_char(sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    '","version":"', version, '"}')
$$;

-- The hashes of a tile's first entries, as an array.
CREATE FUNCTION erp.tile_hashes(hashes bytea, size int) RETURNS bytea[] LANGUAGE sql IMMUTABLE AS $$
  SELECT array_agg(substring(hashes FROM 32 * place + 1 FOR 32) ORDER BY place)
  FROM generate_series(0, size - 1) AS place
$$;

-- The root over the first entries of a sealed period, of the hashes that were taken when it was closed.
CREATE FUNCTION erp.sealed_root(sealed_period_id text, size bigint) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT erp.merkle_root(array_agg(
    erp.merkle_root(erp.tile_hashes(hashes, least(256, size - 256 * number)::int)) ORDER BY number))
  FROM erp.seal_tile WHERE period_id = sealed_period_id AND 256 * number < size
$$;

-- Entries of a sealed period that are not what they were when it was closed.
CREATE VIEW erp.entry_not_as_sealed AS
  WITH sealed AS (
    SELECT period_id, legal_entity_id, period, max(entry_count) AS entry_count
    FROM erp.period_seal GROUP BY period_id, legal_entity_id, period
  ), placed AS (
    SELECT e.id, s.period_id, s.entry_count,
      row_number() OVER (PARTITION BY e.legal_entity_id, e.period ORDER BY e.sequence) - 1 AS place
    FROM erp.journal_entry e JOIN sealed s USING (legal_entity_id, period)
  )
  SELECT p.id
  FROM placed p JOIN erp.sealed_content c ON c.id = p.id
  LEFT JOIN erp.seal_tile t ON t.period_id = p.period_id AND t.number = p.place / 256
  WHERE p.place < p.entry_count
    AND substring(t.hashes FROM 32 * (p.place % 256)::int + 1 FOR 32) IS DISTINCT FROM erp.leaf_hash(c.content);

-- Seals that are not what they were, or do not follow the one before; closed periods that hold another number of
-- entries than were sealed, or have no seal.
CREATE VIEW erp.seal_broken AS
  WITH seal AS (
    SELECT s.*, lag(s.hash) OVER chain AS preceding, row_number() OVER chain AS place,
      row_number() OVER (PARTITION BY s.period_id ORDER BY s.version DESC) = 1 AS is_newest
    FROM erp.period_seal s WINDOW chain AS (PARTITION BY s.legal_entity_id ORDER BY s.number)
  )
  SELECT concat_ws(' ', period_id, 'seal', version) AS id FROM seal
  WHERE number <> place OR previous_hash IS DISTINCT FROM preceding
    OR root IS DISTINCT FROM erp.sealed_root(period_id, entry_count)
    OR hash <> sha256(convert_to(
      erp.seal_statement(legal_entity_id, period, version, entry_count, root, previous_hash, sealed_at), 'UTF8'))
  UNION ALL
  SELECT p.id FROM erp.accounting_period p LEFT JOIN seal ON seal.period_id = p.id AND is_newest
  WHERE p.seal_hash IS DISTINCT FROM encode(seal.hash, 'hex')
    OR p.status = 'CLOSED' AND (seal.hash IS NULL OR seal.entry_count <> (
      SELECT count(*) FROM erp.journal_entry e
      WHERE e.legal_entity_id = p.legal_entity_id AND e.period = p.period));
