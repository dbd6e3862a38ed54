-- What a workflow had a system do is found by the workflow; nothing else is, so that imports pay nothing for it.
CREATE INDEX ON %schema%.event (correlation_id) WHERE correlation_id LIKE 'wfl\_%';
