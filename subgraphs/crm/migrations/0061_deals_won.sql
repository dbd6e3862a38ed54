-- How processes get on is asked of the deals that were won lately.
CREATE INDEX ON crm.opportunity (closed_on, id) WHERE stage = 'WON';
