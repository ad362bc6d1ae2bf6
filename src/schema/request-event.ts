import type { EventByType } from '../events/event.ts';
import { toRequestId } from '../resolvers/ids.ts';
import { builder } from './builder.ts';
import { SessionEventRef } from './event.ts';
import { PendingRequestRef } from './request.ts';

builder.objectRef<EventByType<'request.pending'>>('RequestPending').implement({
  description: 'The agent asks for something, and waits.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    request: t.expose('request', { type: PendingRequestRef, description: 'What it asks for.' }),
  }),
});

const RequestResolutionRef = builder.enumType('RequestResolution', {
  description: 'How a request of the agent ended.',
  values: {
    APPROVED: { description: 'Permitted this once.' },
    APPROVED_FOR_SESSION: { description: 'Permitted for the rest of the session.' },
    REJECTED: { description: 'Refused by a person.' },
    ANSWERED: { description: 'Somebody gave the answer or the result.' },
    DECLINED: { description: 'Somebody chose not to answer.' },
    CANCELLED: { description: 'Dismissed by somebody, or the turn was aborted while it was open.' },
    EXPIRED: { description: 'Nobody answered in time.' },
    BY_POLICY: { description: "The profile's policy answered, nobody was asked." },
    WITHDRAWN: { description: 'The runtime could not restore it.' },
  } as const,
});

builder.objectRef<EventByType<'request.resolved'>>('RequestResolved').implement({
  description: 'A request of the agent is not waited for any more.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    requestId: t.id({
      description: 'Id of the request.',
      resolve: (event) => toRequestId(event.requestId),
    }),
    resolution: t.expose('resolution', {
      type: RequestResolutionRef,
      description: 'How it ended.',
    }),
    feedback: t.exposeString('feedback', {
      nullable: true,
      description: 'What the person or the policy said to the agent.',
    }),
  }),
});
