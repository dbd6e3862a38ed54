-- An invoice becomes overdue by the passing of days: what was noted of that is kept, so that it is told once.
ALTER TABLE billing.invoice ADD COLUMN overdue_since date;
CREATE INDEX ON billing.invoice (due_date) WHERE overdue_since IS NULL AND status IN ('OPEN', 'PARTIALLY_PAID');
