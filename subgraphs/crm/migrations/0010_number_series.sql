-- Contracts that are signed by command are numbered one after the other in each series, such as C-US.
CREATE TABLE crm.number_series (
  series text PRIMARY KEY,
  last int NOT NULL CHECK (last > 0)
);
