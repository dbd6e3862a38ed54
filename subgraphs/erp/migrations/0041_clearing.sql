-- What is in clearing is asked for with each payout: without an index that reads all lines of the books.
CREATE INDEX ON erp.journal_line (legal_entity_id, currency)
  INCLUDE (debit, credit, functional_debit, functional_credit) WHERE role = 'CASH_CLEARING';
