-- Who spoke of a customer by `upsertCustomer` was not noted: it was the system of its first reference.
INSERT INTO crm.fact (aggregate_id, source, hash, source_version)
SELECT id, concat(external_refs->0->>'system', '/', external_refs->0->>'instance'), '', 0 FROM crm.customer AS customer
WHERE external_refs->0->>'system' <> 'revgraph' AND NOT EXISTS (SELECT FROM crm.fact WHERE aggregate_id = customer.id);
