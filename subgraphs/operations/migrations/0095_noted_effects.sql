-- Whether our own stores have what was made: from then on nobody takes it back by saying that it was voided.
ALTER TABLE operations.effect ADD noted boolean NOT NULL DEFAULT false;
