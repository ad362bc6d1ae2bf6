import type { EventByType } from '../events/event.ts';
import type { QueuedMessage } from '../events/message.ts';
import { builder } from './builder.ts';
import { SessionEventRef } from './event.ts';

export const QueuedMessageRef = builder.objectRef<QueuedMessage>('QueuedMessage').implement({
  description: 'A message that waits for its turn.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id that the message will have.' }),
    prompt: t.exposeString('prompt', { description: 'As it was sent.' }),
    queuedAt: t.expose('queuedAt', { type: 'DateTime', description: 'When it was sent.' }),
  }),
});

builder.objectRef<EventByType<'queue.changed'>>('QueueChanged').implement({
  description: 'The queue after the change; the whole of it, oldest first.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    queuedMessages: t.expose('queuedMessages', {
      type: [QueuedMessageRef],
      description: 'What waits now.',
    }),
  }),
});
