-- A turn changes no indexed column: with room on its page, the row is written beside itself and no index is touched.
ALTER TABLE operations.workflow SET (fillfactor = 50);
-- What a node holds it knows by id.
DROP INDEX operations.workflow_held_by_idx;
