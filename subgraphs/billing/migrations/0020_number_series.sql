-- Documents that we issue are numbered without gaps, so each series has a counter that is locked with its document.
ALTER TABLE billing.legal_entity ADD COLUMN code text;

-- ERP tells the codes with its next statement; until then, documents that were numbered by them show them.
UPDATE billing.legal_entity SET code = (
  SELECT split_part(number, '-', 1) FROM billing.invoice
  WHERE legal_entity_id = legal_entity.id AND number ~ '^[^-]+-\d{6}$' ORDER BY number DESC LIMIT 1
);

CREATE TABLE billing.number_series (
  legal_entity_id text NOT NULL,
  kind text NOT NULL,
  prefix text NOT NULL,
  last bigint NOT NULL CHECK (last > 0),
  PRIMARY KEY (legal_entity_id, kind)
);
