-- A proposal that was accepted names the workflow that takes it over. That may get stuck, and has an exception as well.
ALTER TABLE operations.exception DROP CONSTRAINT exception_workflow_id_key;
CREATE INDEX ON operations.exception (workflow_id);
