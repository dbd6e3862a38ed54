-- Figures of revenue are sums kept beside what they are sums of: reading them must not cost what was recorded.
CREATE INDEX metric_entry_by_day ON insight.projection_state
  (projection, generation, (state->>'on') COLLATE "C", key COLLATE "C") WHERE state ? 'amounts';

CREATE TABLE insight.metric_total (
  -- DAY and MONTH: of all customers together. CUSTOMER_MONTH: by customer.
  grain text NOT NULL CHECK (grain IN ('DAY', 'MONTH', 'CUSTOMER_MONTH')),
  -- The day, or the first day of the month.
  starts_on date NOT NULL,
  measure text NOT NULL,
  legal_entity_id text NOT NULL,
  currency text NOT NULL,
  -- Empty where the sum is of all customers, or what it sums up is nobody's.
  customer_id text NOT NULL,
  -- The projection whose states it sums up.
  projection text NOT NULL,
  -- Minor units of the currency.
  amount bigint NOT NULL,
  -- Minor units of the functional currency of the legal entity; zero for what is not in the books.
  functional bigint NOT NULL,
  PRIMARY KEY (grain, starts_on, measure, legal_entity_id, currency, customer_id)
);
-- What follows from events is made anew from them.
GRANT DELETE ON insight.metric_total TO revgraph_insight;

-- What each state adds to each measure on which day.
CREATE VIEW insight.metric_entry AS
  SELECT s.projection, s.key, (s.state->>'on') COLLATE "C" AS "on", m.measure,
    s.state->>'legalEntityId' AS legal_entity_id, s.state->>'currency' AS currency,
    coalesce(s.state->>'customerId', '') AS customer_id,
    s.state->>'sourceType' AS source_type, s.state->>'sourceId' AS source_id,
    (s.state->>'recordedAt')::timestamptz AS recorded_at, (m.amounts->>0)::bigint AS amount,
    (m.amounts->>1)::bigint AS functional
  FROM insight.projection_state s CROSS JOIN LATERAL jsonb_each(s.state->'amounts') AS m(measure, amounts)
  WHERE s.state ? 'amounts' AND s.projection = 'metrics-books'
    AND s.generation = coalesce((SELECT generation FROM insight.projection WHERE name = 'metrics-books'), 1);

CREATE VIEW insight.metric_rate AS
  SELECT s.key AS id, s.state->>'baseCurrency' AS base_currency, s.state->>'quoteCurrency' AS quote_currency,
    s.state->>'rate' AS rate, (s.state->>'date')::date AS date, s.state->>'source' AS source,
    (s.state->>'recordedAt')::timestamptz AS recorded_at
  FROM insight.projection_state s
  WHERE s.projection = 'metrics-reference' AND s.state ? 'rate'
    AND s.generation = coalesce((SELECT generation FROM insight.projection WHERE name = 'metrics-reference'), 1);

CREATE VIEW insight.metric_legal_entity AS
  SELECT s.key AS id, s.state->>'functionalCurrency' AS functional_currency, s.state->>'code' AS code,
    s.state->>'fiscalCalendar' AS fiscal_calendar, (s.state->>'fiscalYearStartMonth')::int AS fiscal_year_start_month
  FROM insight.projection_state s
  WHERE s.projection = 'metrics-reference' AND s.state ? 'functionalCurrency'
    AND s.generation = coalesce((SELECT generation FROM insight.projection WHERE name = 'metrics-reference'), 1);
