-- Subscriptions of ours that run: those whose next period is billed by us.
CREATE INDEX subscription_ours ON billing.subscription (contract_id)
  WHERE external_refs -> 0 ->> 'system' = 'revgraph' AND status IN ('TRIALING', 'ACTIVE', 'PAST_DUE', 'UNPAID');
