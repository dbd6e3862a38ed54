-- An endpoint gets what is recorded once it is there: history that is published later is not for it.
ALTER TABLE operations.webhook_endpoint ADD COLUMN created_at timestamptz;
UPDATE operations.webhook_endpoint SET created_at = secret_made_at;
ALTER TABLE operations.webhook_endpoint ALTER COLUMN created_at SET NOT NULL;
