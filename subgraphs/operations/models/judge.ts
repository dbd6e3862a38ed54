import { type LintFinding, type ModelRule } from '#domain/lint-finding.ts'
import { lintDocument } from '#domain/lint-model.ts'
import type { HashedModel } from '#domain/workflow-model.ts'
import type { ModelDesk } from './desk.ts'
import { readModel } from './library.ts'

/** What is wrong with a model, in its form or by its rules. */
export interface ModelFinding {
  /** FORM for what has not the form of a model. */
  readonly rule: ModelRule | 'FORM'
  readonly path: string
  readonly line: number | null
  readonly message: string
}

/** A model and what is wrong with it; null where the text has not the form of one. */
export interface JudgedModel {
  readonly model: HashedModel | null
  readonly findings: readonly ModelFinding[]
}

/** A text of a model, held against its form and then against every rule. */
export function judgeSource({ library, surroundings }: ModelDesk, source: string): JudgedModel {
  const read = readModel('source', source, library)
  if (read.problems) {
    return {
      model: null,
      findings: read.problems.map(({ path, line, message }) => ({ rule: 'FORM', path, line, message })),
    }
  }
  return { model: read.value, findings: lintDocument(read.value, surroundings).map(lintedFinding) }
}

/** A rule that is broken, as clients see it. */
export const lintedFinding = (finding: LintFinding): ModelFinding => ({ ...finding, line: null })
