-- What is only expected later, such as the bill of a period that has not begun, is compared when its day comes.
ALTER TABLE operations.reconciliation_item ADD due_on date;
CREATE INDEX ON operations.reconciliation_item (due_on) WHERE due_on IS NOT NULL;
