import { findingIf, type LintFinding } from './lint-finding.ts'
import { masterRuleOf } from './foreign-write.ts'
import type { Carrying, MasterRule, ObjectCatalogue, SystemName, WorkflowModel } from './workflow-model.ts'

/** One master for every field that there is, and no value that comes back to where it was written. */
export function lintMasters({ masters }: WorkflowModel, objects: ObjectCatalogue): LintFinding[] {
  return [
    ...masters.flatMap((rule, index) => [
      ...lintKnown(rule, objects, `masters.${index}`),
      ...lintCarrying(rule, `masters.${index}`),
    ]),
    ...lintOnce(masters),
    ...lintTotal(masters, objects),
  ]
}

function lintKnown({ objects, fields }: MasterRule, known: ObjectCatalogue, path: string): LintFinding[] {
  return objects.flatMap((object) => {
    const own = known[object]
    if (own === undefined) return findingIf(true, 'MASTER_KNOWN', path, `There is no object ${object}`)
    if (fields === 'all') return []
    return fields.flatMap((field) =>
      findingIf(!own.includes(field), 'MASTER_KNOWN', path, `${object} has no field ${field}`),
    )
  })
}

function lintOnce(masters: readonly MasterRule[]): LintFinding[] {
  const named = masters.flatMap(({ objects, fields, master }, index) =>
    objects.flatMap((object) =>
      (fields === 'all' ? ['all'] : fields).map((field) => ({ field: `${object}.${field}`, master, index })),
    ),
  )
  return named.flatMap(({ field, master, index }, place) => {
    const first = named.slice(0, place).find((each) => each.field === field)
    if (first === undefined) return []
    const message = `${field} is mastered by ${first.master} already, and by ${master} here`
    return [{ rule: 'MASTER_ONCE' as const, path: `masters.${index}`, message }]
  })
}

function lintTotal(masters: readonly MasterRule[], objects: ObjectCatalogue): LintFinding[] {
  return Object.entries(objects).flatMap(([object, fields]) => {
    const orphans = fields.filter((field) => masterRuleOf(masters, object, field) === undefined)
    const message = `Nobody masters ${orphans.map((field) => `${object}.${field}`).join(', ')}`
    return findingIf(orphans.length > 0, 'MASTER_TOTAL', 'masters', message)
  })
}

/** A merged write goes to the master, and from there along the ways on which the value is carried. */
function lintCarrying(rule: MasterRule, path: string): LintFinding[] {
  const { master, foreign, mergedFrom, carried } = rule
  const isMerged = foreign === 'MERGE'
  const ways = [...carried, ...(isMerged ? mergedFrom.map((from) => ({ from, to: master })) : [])]
  const circle = ways.map(({ to }) => to).find((system) => reached(ways, system).has(system))
  const sources = new Set([master, ...reached(carried, master)])
  return [
    ...findingIf(
      circle !== undefined,
      'WRITE_CYCLE',
      path,
      `A value that ${circle} is given comes back to it`,
    ),
    ...carried.flatMap(({ from, to }) =>
      findingIf(
        !sources.has(from),
        'WRITE_SOURCE',
        path,
        `${to} is given what ${from} never had from ${master}`,
      ),
    ),
    ...findingIf(
      isMerged !== mergedFrom.length > 0,
      'WRITE_SOURCE',
      path,
      'MERGE names the systems whose writes are merged, and nothing else does',
    ),
  ]
}

/** The systems that a value gets to from one of them. */
function reached(ways: readonly Carrying[], start: SystemName): Set<SystemName> {
  const systems = new Set<SystemName>()
  const frontier = [start]
  for (const system of frontier) {
    for (const { from, to } of ways) {
      if (from !== system || systems.has(to)) continue
      systems.add(to)
      frontier.push(to)
    }
  }
  return systems
}
