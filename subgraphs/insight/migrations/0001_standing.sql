-- A change of standing is noticed when it happens: so what it rests on is kept here, from the other subgraphs' events.
CREATE TABLE insight.standing_fact (
  -- The aggregate that the fact is about, in the version of the event that told of it.
  id text PRIMARY KEY,
  version int NOT NULL,
  -- Empty where the aggregate is nobody's.
  customer_id text NOT NULL,
  -- What standing needs to know of it; null where it has no part in standing any more, such as a paid invoice.
  content jsonb
);
CREATE INDEX ON insight.standing_fact (customer_id) WHERE content IS NOT NULL;

-- Where the days of a legal entity begin, from ERP.
CREATE TABLE insight.legal_entity (
  id text PRIMARY KEY,
  version int NOT NULL,
  time_zone text NOT NULL
);

-- When a customer's standing is to be looked at, and why: at once after an event, or when the next day begins.
CREATE TABLE insight.review (
  customer_id text NOT NULL,
  -- Who told of something; insight itself for the calendar. Each writes its own rows, so none waits for another.
  source text NOT NULL,
  due_at timestamptz NOT NULL,
  correlation_id text NOT NULL,
  causation_id text,
  PRIMARY KEY (customer_id, source)
);
CREATE INDEX ON insight.review (due_at) WHERE due_at < 'infinity';

-- The standing that was told last of each customer.
CREATE TABLE insight.standing (
  id text PRIMARY KEY,
  version int NOT NULL,
  recorded_at timestamptz NOT NULL,
  customer_id text NOT NULL UNIQUE,
  before jsonb,
  after jsonb NOT NULL,
  as_of date NOT NULL
);
