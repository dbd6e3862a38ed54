-- What a system wrote of another one's field can be taken over: so it is kept as it was written.
ALTER TABLE operations.exception ADD COLUMN proposal jsonb;
-- Those that wait, by what they are about, for its readers.
CREATE INDEX ON operations.exception (step, opened_at, id) WHERE class = 'FOREIGN_WRITE' AND status <> 'RESOLVED';
