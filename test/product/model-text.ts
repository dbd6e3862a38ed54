/** Texts of workflow models as somebody writes them who says a rule in another way. */
import { readFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'

interface Gate {
  readonly name: string
}

interface Route {
  readonly name: string
}

interface EventRule {
  readonly name: string
  readonly to: readonly string[]
}

interface ExceptionRule {
  readonly class: string
}

/** What a model says, with the rules that all of them share. */
export interface ModelText {
  readonly masters: readonly object[]
  readonly flows: object
  readonly gates: readonly Gate[]
  readonly routes: readonly Route[]
  readonly events: readonly EventRule[]
  readonly exceptions: readonly ExceptionRule[]
}

/** The file of a model, or of the rules that models share. */
export const modelFile = (name: string): string =>
  readFileSync(new URL(`../../schema/${name}.yaml`, import.meta.url), 'utf8')

/** A model with all that it includes, and some of it said in another way. */
export function changedModel(name: string, change: (text: ModelText) => object): string {
  const [own, shared] = [`models/${name}`, 'rules/shared'].map((file) => parse(modelFile(file)) as ModelText)
  const masters = [...(own?.masters ?? []), ...(shared?.masters ?? [])]
  const whole = { ...shared, ...own, include: undefined, masters } as ModelText
  return stringify({ ...whole, ...change(whole) })
}
