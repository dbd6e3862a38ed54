-- Subscriptions of ours that run: those whose next period is billed by us.
CREATE INDEX subscription_ours ON billing.subscription (contract_id)
  WHERE NOT jsonb_path_exists(external_refs, '$[*] ? (@.system != "revgraph")')
    AND status IN ('TRIALING', 'ACTIVE', 'PAST_DUE', 'UNPAID');
