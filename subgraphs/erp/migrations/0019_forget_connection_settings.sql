-- An import stated the settings of its connection, the key of the account among them, with the legal entity: no fact.
UPDATE erp.event SET data = data - '{apiKey,host,port,protocol}'::text[] WHERE aggregate = 'legalEntity';
