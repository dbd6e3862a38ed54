-- Sealed entries are checked 64 tiles at a time: one statement cannot hash a million of them within its time.
CREATE FUNCTION erp.entries_not_as_sealed(sealed_period_id text, first_tile int) RETURNS SETOF text
LANGUAGE sql STABLE AS $$
  WITH tile AS MATERIALIZED (
    SELECT number, first_sequence, hashes FROM erp.seal_tile
    WHERE period_id = sealed_period_id AND number >= first_tile AND number < first_tile + 64
  ), part AS MATERIALIZED (
    SELECT s.legal_entity_id, s.period, next.first_sequence AS next_sequence,
      -- What was put before the first entry or behind the last one of a part moves the others, or is one too many.
      CASE WHEN first_tile = 0 THEN 0 ELSE (SELECT min(first_sequence) FROM tile) END AS first_sequence,
      CASE WHEN next.number IS NULL THEN (SELECT sum(length(hashes)) / 32 FROM tile) END AS entry_count
    FROM erp.period_seal s
    LEFT JOIN erp.seal_tile next ON next.period_id = s.period_id AND next.number = first_tile + 64
    WHERE s.period_id = sealed_period_id AND s.version = 1
  ), placed AS (
    SELECT content.*, row_number() OVER (ORDER BY sequence) - 1 AS place
    FROM (
      SELECT c.id, c.sequence, c.content FROM part JOIN erp.sealed_content c
        ON c.legal_entity_id = part.legal_entity_id AND c.period = part.period
        AND c.sequence >= part.first_sequence AND c.sequence < coalesce(part.next_sequence, 9223372036854775807)
      ORDER BY c.sequence LIMIT (SELECT entry_count FROM part)
    ) AS content
  )
  SELECT p.id FROM placed p LEFT JOIN tile t ON t.number = first_tile + p.place / 256
  WHERE substring(t.hashes FROM 32 * (p.place % 256)::int + 1 FOR 32) IS DISTINCT FROM erp.leaf_hash(p.content)
$$;

-- All of them, for a person with psql; by period and first tile, a part of them.
CREATE OR REPLACE VIEW erp.entry_not_as_sealed AS
  SELECT offender AS id, t.period_id, t.number AS first_tile
  FROM erp.seal_tile t CROSS JOIN LATERAL erp.entries_not_as_sealed(t.period_id, t.number) AS offender
  WHERE t.number % 64 = 0;
