/** How long work stands still whose node is gone: a table of the campaign notes each time that another one takes it. */
import type { Database } from '#platform/database.ts'
import { HOLD_MS } from '#subgraphs/operations/workflow-store.ts'

/** What has to be in the store of operations before. */
export const NOTE_TAKINGS = `
  CREATE TABLE operations.campaign_taking (silent_since timestamptz NOT NULL, taken_at timestamptz NOT NULL);
  CREATE FUNCTION operations.note_taking() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
    INSERT INTO operations.campaign_taking
      VALUES (OLD.leased_until - interval '${HOLD_MS} milliseconds', clock_timestamp());
    RETURN NULL;
  END $$;
  CREATE TRIGGER note_taking AFTER UPDATE OF run ON operations.workflow
    FOR EACH ROW WHEN (OLD.held_by <> NEW.held_by) EXECUTE FUNCTION operations.note_taking()`

/**
 * From the last sign of life of the node that had a workflow, which is before its death, until another one had taken
 * it, in milliseconds, ascending.
 */
export async function takings(owner: Database): Promise<number[]> {
  const rows = await owner.rows<{ ms: number }>({
    text: `SELECT extract(epoch FROM taken_at - silent_since)::float8 * 1000 AS ms
      FROM operations.campaign_taking ORDER BY 1`,
    values: [],
  })
  return rows.map(({ ms }) => ms)
}
