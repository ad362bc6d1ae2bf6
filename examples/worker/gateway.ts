import { setTimeout as sleep } from 'node:timers/promises';

import type { TypedDocumentString } from '../generated/graphql.ts';

interface Problem {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly retryable?: boolean };
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly Problem[];
}

const RETRY_MS = 1_000;
const GIVE_UP_MS = 300_000;

/** An operation cannot be carried out, however often it is tried. */
export class OperationFailed extends Error {
  /** One of `ErrorCode`, or UNREACHABLE when the gateway did not answer. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Over HTTP, again and again for five minutes while the gateway is away or asks to try later.
 * @throws OperationFailed
 */
export async function run<Data, Variables>(
  url: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  const body = JSON.stringify({ query: document.toString(), variables });
  for (;;) {
    const { data, errors } = await post<Data>(url, body);
    if (data && !errors) return data;
    const problem = errors?.[0] ?? noAnswer('no answer');
    if (!problem.extensions?.retryable || performance.now() > giveUpAt) throw failure(problem);
    await sleep(RETRY_MS);
  }
}

async function post<Data>(url: string, body: string): Promise<Answer<Data>> {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body });
    return (await response.json()) as Answer<Data>;
  } catch (error) {
    return { errors: [noAnswer(String(error))] };
  }
}

function failure({ message, extensions }: Problem): OperationFailed {
  return new OperationFailed(extensions?.code ?? 'BAD_USER_INPUT', message);
}

function noAnswer(message: string): Problem {
  return { message, extensions: { code: 'UNREACHABLE', retryable: true } };
}
