import { ChatAnswerDocument, type ChatAnswerMutation } from '../generated/graphql.ts';

export interface Question {
  /** The chat's name, [A-Za-z0-9_-]{1,128}; the same again goes on with it. */
  readonly sessionId: string;
  readonly message: string;
  /** Makes it safe to ask again: the same id is not sent twice. */
  readonly messageId?: string;
}

export interface Answered {
  readonly status: number;
  readonly body: object;
}

interface Caller {
  readonly url: string;
  /** Handed on: the gateway knows by it whose chats these are. */
  readonly authorization: string | undefined;
}

interface Response {
  readonly data?: ChatAnswerMutation | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string };
  }[];
}

type Turn = NonNullable<NonNullable<ChatAnswerMutation['sendMessage']>['finishedTurn']>;

const statusOf: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  SESSION_BUSY: 409,
};

/** Waits for the agent's answer. */
export async function answer(caller: Caller, question: Question): Promise<Answered> {
  const { sessionId, message: prompt, messageId: clientMessageId } = question;
  const variables = {
    session: { sessionId, ifExists: 'RESUME' },
    message: { sessionId, prompt, ...(clientMessageId && { clientMessageId }) },
  };
  try {
    return told(sessionId, await post(caller, variables));
  } catch {
    return { status: 503, body: { error: { code: 'UNREACHABLE' } } };
  }
}

async function post({ url, authorization }: Caller, variables: object): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify({ query: ChatAnswerDocument.toString(), variables }),
  });
  return (await response.json()) as Response;
}

function told(sessionId: string, { data, errors }: Response): Answered {
  const [problem] = errors ?? [];
  if (problem) return refused(problem.extensions?.code ?? 'BAD_USER_INPUT', problem.message);
  return ended(sessionId, data?.sendMessage?.finishedTurn);
}

function ended(sessionId: string, turn: Turn | null | undefined): Answered {
  if (turn?.state === 'COMPLETED')
    return { status: 200, body: { sessionId, content: turn.reply?.content ?? null } };
  if (turn?.error) return { status: 502, body: { error: turn.error } };
  // Still at work: asked again with the same messageId, it is waited for again.
  return { status: 504, body: { error: { code: turn?.state ?? 'RUNNING' } } };
}

function refused(code: string, message: string): Answered {
  return { status: statusOf[code] ?? 502, body: { error: { code, message } } };
}
