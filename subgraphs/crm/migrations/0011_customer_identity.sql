-- A customer that arrives from another system is looked for by what that system calls it and by its tax ids.
CREATE INDEX ON crm.customer USING gin (external_refs jsonb_path_ops);
CREATE INDEX ON crm.customer USING gin (tax_ids jsonb_path_ops);
