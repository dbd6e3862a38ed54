-- What is paid out is at the bank: charts of before payouts were recorded have no account for it, and no rule.

-- Ids are those under which the source of a chart states it from now on, as `platform/ids.ts` makes them.
CREATE FUNCTION erp.canonical_id(prefix text, system text, instance text, object_type text, external_id text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT prefix || '_' || substr(translate(encode(sha256(
    convert_to(system, 'UTF8') || '\x00' || convert_to(instance, 'UTF8') || '\x00'
    || convert_to(object_type, 'UTF8') || '\x00' || convert_to(external_id, 'UTF8')), 'base64'), '+/', '00'), 1, 22)
$$;

WITH sibling AS (
  SELECT DISTINCT ON (c.legal_entity_id) c.legal_entity_id, c.external_refs, ref
  FROM erp.ledger_account c
  LEFT JOIN LATERAL jsonb_array_elements(c.external_refs) AS ref ON ref->>'externalId' = c.code
  WHERE c.role = 'CASH_CLEARING'
    AND NOT EXISTS (SELECT FROM erp.ledger_account b WHERE b.legal_entity_id = c.legal_entity_id AND b.role = 'BANK')
  ORDER BY c.legal_entity_id, c.code
), numbered AS (
  SELECT s.*, (SELECT min(n) FROM generate_series(1000, 9999) AS n WHERE NOT EXISTS (
    SELECT FROM erp.ledger_account t WHERE t.legal_entity_id = s.legal_entity_id AND t.code = n::text))::text AS code
  FROM sibling s
)
INSERT INTO erp.ledger_account (id, version, recorded_at, external_refs, legal_entity_id, code, name, type, role)
  SELECT CASE WHEN ref IS NULL THEN erp.canonical_id('acc', 'revgraph', legal_entity_id, 'ledger_account', code)
      ELSE erp.canonical_id('acc', ref->>'system', ref->>'instance', ref->>'objectType', code) END,
    1, now(), CASE WHEN ref IS NULL THEN '[]' ELSE jsonb_build_array(ref || jsonb_build_object('externalId', code)) END,
    legal_entity_id, code, 'Bank', 'ASSET', 'BANK'
  FROM numbered;

WITH bank AS (
  SELECT b.legal_entity_id, min(b.code) AS code FROM erp.ledger_account b
  WHERE b.role = 'BANK' AND NOT EXISTS (SELECT FROM erp.account_rule r
    WHERE r.role = 'BANK' AND (r.legal_entity_id IS NULL OR r.legal_entity_id = b.legal_entity_id))
  GROUP BY b.legal_entity_id
), sibling AS (
  SELECT DISTINCT ON (b.legal_entity_id) b.*, ref FROM bank b
  LEFT JOIN erp.account_rule r ON r.role = 'CASH_CLEARING' AND r.legal_entity_id = b.legal_entity_id
  LEFT JOIN LATERAL jsonb_array_elements(r.external_refs) AS ref ON ref->>'externalId' = r.account_code
  ORDER BY b.legal_entity_id, r.account_code
)
INSERT INTO erp.account_rule (id, version, recorded_at, external_refs, role, account_code, legal_entity_id)
  SELECT CASE WHEN ref IS NULL THEN erp.canonical_id('arl', 'revgraph', legal_entity_id, 'account_rule', code)
      ELSE erp.canonical_id('arl', ref->>'system', ref->>'instance', ref->>'objectType', code) END,
    1, now(), CASE WHEN ref IS NULL THEN '[]' ELSE jsonb_build_array(ref || jsonb_build_object('externalId', code)) END,
    'BANK', code, legal_entity_id
  FROM sibling;

DROP FUNCTION erp.canonical_id;
