import type { CatalogueStep, FlowCatalogue } from '#domain/workflow-model.ts'
import type { AnyFlow } from '../workflows/flow.ts'

/** Flows whose code is not there yet, as they are agreed on: models order their steps already. */
const agreedFlows: FlowCatalogue = {
  amendContract: [
    { name: 'checkPreview', system: 'CRM', kind: 'CHECK', needs: [], hasUndo: false, uses: ['LIMIT'] },
    { name: 'amendContract', system: 'CRM', kind: 'COMPENSATABLE', needs: ['checkPreview'], hasUndo: true },
    {
      name: 'amendSubscription',
      system: 'BILLING',
      kind: 'COMPENSATABLE',
      needs: ['amendContract'],
      hasUndo: true,
    },
    {
      name: 'issueAdjustment',
      system: 'BILLING',
      kind: 'PIVOT',
      needs: ['amendSubscription'],
      hasUndo: false,
      uses: ['TAX'],
    },
    {
      name: 'postAdjustment',
      system: 'ERP',
      kind: 'RETRIABLE',
      needs: ['issueAdjustment'],
      hasUndo: false,
      uses: ['ACCOUNT'],
    },
    { name: 'reviseSchedule', system: 'ERP', kind: 'RETRIABLE', needs: ['amendContract'], hasUndo: false },
    {
      name: 'completeAmendment',
      system: 'CRM',
      kind: 'RETRIABLE',
      needs: ['amendContract', 'issueAdjustment'],
      hasUndo: false,
    },
  ],
}

/** The steps of every flow, each in the order of its story: as the code has them, else as they are agreed on. */
export const catalogueOf = (flows: ReadonlyMap<string, AnyFlow<never>>): FlowCatalogue => ({
  ...agreedFlows,
  ...Object.fromEntries([...flows].map(([name, { steps }]) => [name, steps.map(stepOf)])),
})

function stepOf({ name, system, kind, needs, uses, undo }: AnyFlow<never>['steps'][number]): CatalogueStep {
  return { name, system, kind, needs, hasUndo: undo !== undefined, ...(uses && { uses }) }
}
