-- Under which effect key an entry goes to an outside ledger: that of the step that came first, whoever asks later.
CREATE TABLE erp.outside_entry (
  system text NOT NULL,
  entry_id text NOT NULL,
  effect_key text NOT NULL,
  PRIMARY KEY (system, entry_id)
);
