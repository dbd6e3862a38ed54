-- A step has effects under keys that begin with its own: they are looked up by that.
CREATE INDEX ON operations.effect (effect_key COLLATE "C");
