-- Who stands badly, owes much or renews soon is found among all customers: so a line of each is kept, with indexes.
CREATE TABLE insight.customer_standing (
  -- The customer: one line for each currency in which something is owed or recurs, or one without a currency.
  id text NOT NULL,
  currency text NOT NULL,
  -- The line by which the customer is listed where no currency is asked for.
  is_first boolean NOT NULL,
  level text NOT NULL,
  -- 0 for the best.
  level_rank bigint NOT NULL,
  -- Minor units.
  receivables bigint NOT NULL,
  overdue bigint NOT NULL,
  annual_recurring_revenue bigint NOT NULL,
  -- The last day there is where no contract runs.
  renewal_on date NOT NULL,
  as_of date NOT NULL,
  PRIMARY KEY (id, currency)
);
GRANT DELETE ON insight.customer_standing TO revgraph_insight;
CREATE INDEX ON insight.customer_standing (level_rank, id) WHERE is_first;
CREATE INDEX ON insight.customer_standing (renewal_on, id) WHERE is_first;
CREATE INDEX ON insight.customer_standing (currency, level_rank, id);
CREATE INDEX ON insight.customer_standing (currency, renewal_on, id);
CREATE INDEX ON insight.customer_standing (currency, overdue, id);
CREATE INDEX ON insight.customer_standing (currency, annual_recurring_revenue, id);

-- Every change of standing, as its event told it.
CREATE VIEW insight.standing_change AS
  SELECT aggregate_id || '.' || version AS id, aggregate_id AS standing_id, version::bigint AS version, recorded_at,
    causation_id, data->>'customerId' AS customer_id, data->'before' AS before, data->'after' AS after,
    (data->>'asOf')::date AS as_of
  FROM insight.event WHERE aggregate = 'standing';

-- Everybody is looked at once more, for the lines.
UPDATE insight.review SET due_at = '-infinity' WHERE source = 'insight';
