-- What was used in a month and not billed is asked for by month.
CREATE INDEX ON billing.usage (used_at);
