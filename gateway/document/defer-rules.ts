import {
  type DirectiveNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'

import type { Limits } from '../limits.ts'

/** `@defer` stands where the specification allows it: graphql-js 16 does not know the directive's own rules. */
export function createDeferRule({ maxLabelChars }: Pick<Limits, 'maxLabelChars'>): ValidationRule {
  return (context) => {
    const labels = new Set<string>()
    return {
      Directive(directive) {
        if (directive.name.value !== 'defer') return
        const complaint = placeComplaint(context) ?? labelComplaint(directive, labels, maxLabelChars)
        if (complaint) context.reportError(new GraphQLError(complaint, { nodes: directive }))
      },
    }
  }
}

/** The fields of a mutation must run in order, and an event has only the one field. */
function placeComplaint(context: ValidationContext): string | undefined {
  const type = context.getParentType()
  const ordered = [OperationTypeNode.MUTATION, OperationTypeNode.SUBSCRIPTION]
  const root = ordered.find((operation) => type && context.getSchema().getRootType(operation) === type)
  return root && `Directive "@defer" cannot be used on the root of a ${root}.`
}

/** The label tells a client which part has come. */
function labelComplaint(
  { arguments: args = [] }: DirectiveNode,
  labels: Set<string>,
  maxChars: number,
): string | undefined {
  const label = args.find(({ name }) => name.value === 'label')?.value
  if (!label || label.kind === Kind.NULL) return undefined
  if (label.kind !== Kind.STRING) return 'The label of a directive "@defer" must be a string in the document.'
  if (label.value.length > maxChars)
    return `The label of a directive "@defer" has more than ${maxChars} characters.`
  if (labels.has(label.value)) return `The label "${label.value}" of a directive "@defer" is not unique.`
  labels.add(label.value)
  return undefined
}
