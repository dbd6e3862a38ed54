-- Who closed a period last: the audit trail tells it. Of those that were closed before, nobody was noted.
ALTER TABLE erp.accounting_period ADD COLUMN closed_by text;
