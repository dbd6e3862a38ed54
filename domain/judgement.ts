/** One test of an accounting standard and how it was answered, so that a person can follow a decision. */
export interface Judgement {
  /** Paragraph that asks: `606-10-25-12(a)`; IFRS 15 asks the same. */
  readonly paragraph: string
  readonly question: string
  readonly holds: boolean
}

/** A test with its answer. */
export function judge(paragraph: string, question: string, holds: boolean): Judgement {
  return { paragraph, question, holds }
}
