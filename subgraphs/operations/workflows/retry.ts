import { DEFAULT_RETRY, retryBy, type RetryDecision, type Workflow } from '#domain/workflow.ts'
import { isPassing } from '#platform/database.ts'
import { fractionOf } from '#platform/jitter.ts'
import { modelFor, type ModelSetup } from '../models/model-for.ts'

/**
 * How a step that fails in a way that may pass is tried again: as the model that holds now for the workflow's company
 * says, so that in an outage it can be changed for what waits already. It is asked while systems are away: where it is
 * not known which companies there are, it is done as ever.
 */
export const retryByModel =
  (setup: ModelSetup) =>
  async ({ legalEntityId }: Pick<Workflow, 'legalEntityId'>): Promise<RetryDecision> => {
    const picked = await modelFor(setup, legalEntityId).catch((error: unknown) => {
      if (!isPassing(error)) throw error
      return null
    })
    return retryBy(picked?.value?.model.retry ?? DEFAULT_RETRY, fractionOf)
  }
