-- A contract says where its billing periods are counted from, and keeps what is left of it while it is suspended.
ALTER TABLE crm.contract
  ADD COLUMN billing_anchor date,
  ADD COLUMN suspension jsonb;
