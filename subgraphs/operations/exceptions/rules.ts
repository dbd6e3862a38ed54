import type { ExceptionRule } from '#domain/exception.ts'
import type { Workflow } from '#domain/workflow.ts'
import { modelFor, type ModelSetup } from '../models/model-for.ts'

/**
 * Who answers for the exceptions of a workflow, and by when: as the model that holds now for its company says. It
 * keeps the order of its steps, but who has to look is decided today. What the model does not name is owned by default.
 */
export const rulesByModel =
  (setup: ModelSetup) =>
  async ({ legalEntityId }: Pick<Workflow, 'legalEntityId'>): Promise<readonly ExceptionRule[]> => {
    const { value } = await modelFor(setup, legalEntityId)
    return value?.model.exceptions ?? []
  }
