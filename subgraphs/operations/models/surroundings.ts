/** What models are held against: the objects and events of the graph, and the steps that there is code for. */
import { readdirSync, readFileSync } from 'node:fs'
import type { LintSurroundings } from '#domain/lint-model.ts'
import type { FlowCatalogue, ObjectCatalogue } from '#domain/workflow-model.ts'
import { eventCatalogue } from '#schema/event-catalogue.ts'

/** Subgraphs whose objects have a master outside of the integration. */
const MASTERED = /^(crm|billing|erp)\.(\w+)\.v\d+\.json$/
/** What the graph itself says of every object. */
const OWN_FIELDS = new Set(['id', 'externalRefs', 'version', 'recordedAt'])
const STATES = new URL('../../../schema/events/states/', import.meta.url)

/** All that a model is held against, for the flows that there is code for. */
export const surroundingsOf = (flows: FlowCatalogue): LintSurroundings => ({
  flows,
  objects: readObjects(),
  eventTypes: eventCatalogue.map(({ type }) => type),
})

/** The canonical objects with their fields, as the schemas of their events have them. */
function readObjects(): ObjectCatalogue {
  const objects = readdirSync(STATES).flatMap((file): [string, string[]][] => {
    const object = MASTERED.exec(file)?.[2]
    if (object === undefined) return []
    const { properties } = JSON.parse(readFileSync(new URL(file, STATES), 'utf8')) as { properties: object }
    return [[object, Object.keys(properties).filter((field) => !OWN_FIELDS.has(field))]]
  })
  return Object.fromEntries(objects)
}
