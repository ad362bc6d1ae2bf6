import {
  AnswerDocument,
  type AskedFragment,
  DecideDocument,
  FillInDocument,
  type PermissionDecision,
} from '../generated/graphql.ts';
import { Form } from './form.ts';
import type { Gateway } from './gateway.ts';

/** Resolves with the outcome. */
export type Respond = () => Promise<string | undefined>;

/** One request, as its user sees it. */
export interface Card {
  readonly lines: readonly string[];
  /** What the next line is asked for with; null: nothing is asked for. */
  readonly words: string | null;
  /** 'MORE': one more line is needed. Undefined: it is no answer, and the question stands. */
  readonly take: (line: string) => Respond | 'MORE' | undefined;
}

interface CardOptions {
  readonly gateway: Gateway;
  readonly sessionId: string;
}

type Asked<T extends AskedFragment['__typename']> = Extract<AskedFragment, { __typename: T }>;

const decisions: Readonly<Record<string, PermissionDecision>> = {
  y: 'APPROVE_ONCE',
  s: 'APPROVE_FOR_SESSION',
  n: 'REJECT',
};

export function cardOf(request: AskedFragment, options: CardOptions): Card {
  switch (request.__typename) {
    case 'PermissionRequest':
      return permissionCard(request, options);
    case 'UserInputRequest':
      return questionCard(request, options);
    case 'ElicitationRequest':
      return formCard(request, options);
    case 'ClientToolCall':
      return toolCallCard(request);
  }
}

function permissionCard(
  request: Asked<'PermissionRequest'>,
  { gateway, sessionId }: CardOptions,
): Card {
  const { kind, summary, command, paths, urls, warning } = request;
  const session = request.canApproveForSession ? ', for the session (s)' : '';
  return {
    lines: [
      `[permission] ${kind.toLowerCase()}: ${summary}`,
      ...(command ? [`  $ ${command}`] : []),
      ...[...paths, ...urls].map((place) => `  ${place}`),
      ...(warning ? [`  ${warning}`] : []),
    ],
    words: `allow once (y)${session}, no (n)? `,
    take: (line) => {
      const [, letter = '', feedback = ''] = /^(\w)\S*\s*(.*)$/.exec(line) ?? [];
      const decision = decisions[letter.toLowerCase()];
      if (!decision) return undefined;
      const input = { sessionId, requestId: request.id, decision, ...(feedback && { feedback }) };
      return async () =>
        (await gateway.run(DecideDocument, { input })).respondToPermissionRequest?.outcome;
    },
  };
}

function questionCard(
  { id: requestId, question, choices }: Asked<'UserInputRequest'>,
  { gateway, sessionId }: CardOptions,
): Card {
  return {
    lines: [
      `[question] ${question}`,
      ...choices.map((choice, index) => `  ${index + 1}) ${choice}`),
    ],
    words: 'answer: ',
    take: (line) => {
      if (line === '' || line.startsWith('/')) return undefined;
      const input = { sessionId, requestId, answer: choices[Number(line) - 1] ?? line };
      return async () =>
        (await gateway.run(AnswerDocument, { input })).respondToUserInputRequest?.outcome;
    },
  };
}

function formCard(
  { id: requestId, message, mcpServer, url, requestedSchema }: Asked<'ElicitationRequest'>,
  { gateway, sessionId }: CardOptions,
): Card {
  const form = new Form(requestedSchema);
  return {
    lines: [
      `[form${mcpServer ? ` of ${mcpServer}` : ''}] ${message}`,
      ...(url ? [`  open ${url}`] : []),
      '  /decline and /cancel end it',
    ],
    get words() {
      return form.words;
    },
    take: (line) => {
      const filled = form.take(line);
      if (filled === undefined || filled === 'MORE') return filled;
      const input = { sessionId, requestId, ...filled };
      return async () =>
        (await gateway.run(FillInDocument, { input })).respondToElicitationRequest?.outcome;
    },
  };
}

/** A terminal has no tools: whichever client declared it, or knows it, has to run it. */
function toolCallCard({ toolName }: Asked<'ClientToolCall'>): Card {
  return {
    lines: [`[tool call] ${toolName ?? 'a tool'}: another client has to run it, this one cannot`],
    words: null,
    take: () => undefined,
  };
}
