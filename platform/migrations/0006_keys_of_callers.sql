-- Keys are looked up by caller alone as well: one that was used for another operation is refused.
ALTER TABLE %schema%.idempotency DROP CONSTRAINT idempotency_pkey, ADD PRIMARY KEY (caller, key, operation);
