import type { AggregateEvents } from './event-catalogue.ts'
import { RECORDED } from './recorded.ts'

/** What is told of the work between the systems. */
export const operationsEvents: readonly AggregateEvents[] = [
  {
    subgraph: 'operations',
    aggregate: 'workflow',
    state: 'domain/workflow.ts#Workflow',
    description: 'A business process over several systems.',
    events: {
      accepted: 'It was accepted: from now on it ends, or a person has to do with it.',
      advanced: 'A step was begun, done or undone, or is to be tried again.',
      parked: 'It waits for a person: something went wrong.',
      compensated: 'All that it had done was taken back.',
      completed: 'All its steps are done.',
    },
  },
  {
    subgraph: 'operations',
    aggregate: 'approval',
    state: 'domain/approval.ts#Approval',
    description: 'What a person is asked to agree to before a workflow goes on.',
    events: {
      requested: 'The workflow waits for it.',
      approved: 'A person agreed; where no money is at stake, the deadline may.',
      rejected: 'A person did not agree.',
      escalated: 'Nobody decided in time: the next one decides.',
      expired: 'Nobody decided in time, which is a no.',
    },
  },
  {
    subgraph: 'operations',
    aggregate: 'exception',
    state: 'domain/exception.ts#RaisedException',
    description:
      'What waits for a person: a stuck workflow, a break between two systems, a foreign write, a failed webhook.',
    events: {
      opened: 'The workflow got stuck, the break lasts, or the webhook could not be taken in.',
      reopened: 'The workflow got stuck again, the break is there again, or the webhook failed once more.',
      assigned: 'Somebody has taken it, or let go of it.',
      takenUp: 'A person has the workflow go on, forwards or backwards, or the webhook taken in again.',
      changed: 'Something about it changed, such as an edit that waits for approval.',
      escalated: 'Its deadline passed: the next owner has it.',
      resolved:
        'The workflow ended, the systems hold the same again, the webhook was taken in, or a person closed it.',
    },
    addedLater: ['proposal', 'webhookId'],
  },
  {
    subgraph: 'operations',
    aggregate: 'webhookEndpoint',
    state: 'domain/webhook.ts#WebhookEndpoint',
    description: 'Where events are sent to as they happen.',
    events: {
      ...RECORDED,
      enabled: 'It is sent to again.',
      disabled: 'It is not sent to any more, for the reason that it gives.',
      secretRotated: 'It has a new secret.',
    },
    addedLater: ['system'],
  },
  {
    subgraph: 'operations',
    aggregate: 'replay',
    state: 'domain/replay.ts#ReplayOrder',
    description: 'That events are taken once more by those who keep note of them.',
    events: {
      counted: 'Somebody had it counted what it would come to.',
      requested: 'It begins, and it is kept who wanted it and why.',
      cancelled: 'What of it has not ended ends.',
    },
  },
  {
    subgraph: 'operations',
    aggregate: 'modelActivation',
    state: 'domain/model-activation.ts#ActivatedModel',
    description: 'That a workflow model holds for new workflows.',
    events: { activated: 'Somebody decided so, and why.' },
  },
]
