-- An exception may also be a write of who does not master what it wrote: then it is of no workflow and of no break.
ALTER TABLE operations.exception DROP CONSTRAINT exception_check1,
  ADD CHECK (CASE WHEN workflow_id IS NULL AND break_id IS NULL THEN class = 'FOREIGN_WRITE'
    ELSE workflow_id IS NULL OR break_id IS NULL END);
