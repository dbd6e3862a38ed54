-- An endpoint may be that of a system: the event rules of the workflow models send to it, and each delivery says which.
ALTER TABLE operations.webhook_endpoint ADD system text
  CHECK (system IN ('CRM', 'BILLING', 'ERP', 'TAX', 'PAYMENT', 'ANALYTICS'));
ALTER TABLE operations.webhook_delivery ADD rule text, ADD model text,
  ADD CHECK ((rule IS NULL) = (model IS NULL));
