-- A webhook that could not be taken in waits for a person: it is named by its connector (step) and its id.
ALTER TABLE operations.exception ADD webhook_id text, DROP CONSTRAINT exception_check1,
  ADD CONSTRAINT exception_of_one CHECK (num_nonnulls(workflow_id, break_id, webhook_id) = 1
    OR (class = 'FOREIGN_WRITE' AND break_id IS NULL AND webhook_id IS NULL));
-- Those that failed unseen are tried once more: what fails again is seen.
UPDATE operations.inbound_webhook SET status = 'PENDING', attempts = 0, settled_at = NULL WHERE status = 'FAILED';
