import type { UnitOfWork } from '#platform/command.ts'
import type { Cause, Projection, StateChange } from './projection.ts'
import { readChanges } from './rebuild-store.ts'
import type { ProjectionDiff } from './replay-store.ts'

/** Changes that are read at a time. */
const PAGE = 1_000
/** Keys that a diff names: enough to see what is wrong. */
const NAMED = 20

/** How what was built differs from what was read; what follows from each change is done in the same transaction. */
export async function compare(
  unit: UnitOfWork,
  { name, changed }: Projection,
  generations: { readonly read: number; readonly built: number },
  cause: Cause,
): Promise<ProjectionDiff> {
  let diff: ProjectionDiff = { added: 0, changed: 0, removed: 0, keys: [] }
  for (let afterKey = ''; ;) {
    const wanted = { projection: name, ...generations, afterKey, limit: PAGE }
    const page = await readChanges(unit, unit.subgraph, wanted)
    const last = page.at(-1)
    if (last === undefined) return diff
    await changed?.(
      unit,
      page.map((change) => ({ ...change, cause })),
    )
    diff = withChanges(diff, page)
    afterKey = last.key
  }
}

function withChanges(diff: ProjectionDiff, changes: readonly StateChange[]): ProjectionDiff {
  const added = changes.filter(({ before }) => before === null).length
  const removed = changes.filter(({ after }) => after === null).length
  return {
    added: diff.added + added,
    changed: diff.changed + changes.length - added - removed,
    removed: diff.removed + removed,
    keys: [...diff.keys, ...changes.map(({ key }) => key)].slice(0, NAMED),
  }
}
