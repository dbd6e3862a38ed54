-- What several workflows may need in an outside system is made there under the effect key of the first that asked.
CREATE TABLE operations.outside_claim (
  system text NOT NULL,
  subject text NOT NULL,
  effect_key text NOT NULL,
  PRIMARY KEY (system, subject)
);
