-- Contracts that were signed here and are in force: those that the calendar changes.
CREATE INDEX contract_in_force ON crm.contract (id)
  WHERE NOT jsonb_path_exists(external_refs, '$[*] ? (@.system != "revgraph")')
    AND status IN ('SIGNED', 'ACTIVE', 'SUSPENDED');
