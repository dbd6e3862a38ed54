-- Exchange gains and losses change the functional currency alone: such a line is nothing in the currency of its entry.
ALTER TABLE erp.journal_line
  DROP CONSTRAINT journal_line_check,
  ADD CONSTRAINT one_side CHECK (debit = 0 OR credit = 0),
  ADD CONSTRAINT one_functional_side CHECK (functional_debit = 0 OR functional_credit = 0),
  ADD CONSTRAINT not_empty CHECK (debit + credit + functional_debit + functional_credit > 0);
