import { awaitFinishedTurn, sendMessage, type SentMessage } from '../resolvers/message.ts';
import { builder } from './builder.ts';
import { collectSelectedArguments } from './selected-arguments.ts';
import { TurnRef } from './turn.ts';

const MessageDeliveryRef = builder.enumType('MessageDelivery', {
  description: 'What to do while a turn runs. Without one, all are the same.',
  values: {
    ENQUEUE: { description: 'Wait for its own turn, behind what waits already.' },
    IMMEDIATE: {
      description:
        'Steer the running turn: the agent reads it at its next step, and it belongs to that turn, which is returned.',
    },
    REJECT_IF_BUSY: { description: 'Fail with SESSION_BUSY while a turn runs or waits.' },
    INTERRUPT: {
      description: 'Abort the running turn first. What waits keeps waiting, behind this message.',
    },
  } as const,
});

const AttachmentInputRef = builder.inputType('AttachmentInput', {
  description: 'A file to send along. There is no way to name one on the server.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'File name without a folder, 1 to 255 characters.',
    }),
    mimeType: t.string({
      required: true,
      description:
        'image/png, image/jpeg, image/gif, image/webp, application/pdf, text/*, application/json, application/xml or application/yaml; the content must be of it.',
    }),
    data: t.string({ required: true, description: 'The content in base64, with padding.' }),
  }),
});

const SendMessageInputRef = builder.inputType('SendMessageInput', {
  description: 'What to send.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Id of the session.' }),
    clientMessageId: t.id({
      description:
        "Sending the same id again returns the first send's turn instead of sending twice. 1 to 128 characters.",
    }),
    attachments: t.field({
      type: [AttachmentInputRef],
      description: 'Up to 20 files, together up to 8 MB (LIMIT_ATTACHMENT_BYTES) before base64.',
    }),
    delivery: t.field({
      type: MessageDeliveryRef,
      required: true,
      defaultValue: 'ENQUEUE',
      description: 'What to do while a turn runs.',
    }),
    prompt: t.string({
      required: true,
      description: 'What to say; not empty, up to 256 kB of UTF-8.',
    }),
  }),
});

const SendMessagePayloadRef = builder.objectRef<SentMessage>('SendMessagePayload').implement({
  description: 'The turn that the message starts, or that takes it up.',
  fields: (t) => ({
    turn: t.expose('turn', {
      type: TurnRef,
      description: 'As it was when the message had been taken.',
    }),
    cursor: t.expose('cursor', {
      type: 'Cursor',
      description:
        'Position just before this message: subscribe `after` it and nothing of the answer is missed.',
    }),
    finishedTurn: t.field({
      type: TurnRef,
      nullable: true,
      description:
        'Selecting this waits for the turn to end (sendAndWait) and gives it with reply and error; not ended when timeoutMs (1..600000) is up, or when the gateway shuts down. Works under @defer.',
      extensions: { waitsFor: 'timeoutMs' },
      args: {
        timeoutMs: t.arg.int({
          required: true,
          defaultValue: 60_000,
          description: 'How long to wait, in milliseconds.',
        }),
      },
      resolve: ({ turn }, { timeoutMs }, context) => awaitFinishedTurn(turn, timeoutMs, context),
    }),
  }),
});

builder.mutationField('sendMessage', (t) =>
  t.field({
    type: SendMessagePayloadRef,
    nullable: true,
    description: 'Queue a prompt. Returns at once; select `finishedTurn` to wait for the answer.',
    args: {
      input: t.arg({ type: SendMessageInputRef, required: true, description: 'What to send.' }),
    },
    resolve: (...[, { input }, context, info]) =>
      sendMessage(input, collectSelectedArguments(info, 'finishedTurn'), context),
  }),
);
