import {
  AnswerDocument,
  type AskedFragment,
  DecideDocument,
  type PermissionDecision,
  type RequestResolution,
} from '../generated/graphql.ts';
import type { Gateway } from './gateway.ts';
import type { Prompt } from './screen.ts';

interface RequestsOptions {
  readonly gateway: Gateway;
  readonly sessionId: string;
  readonly say: (line: string) => void;
  /** What is to be asked for now is another thing. */
  readonly changed: () => void;
  /** A line that begins with a slash. */
  readonly command: (line: string) => void;
}

type Permission = Extract<AskedFragment, { __typename: 'PermissionRequest' }>;
type Question = Extract<AskedFragment, { __typename: 'UserInputRequest' }>;
/** Resolves with the outcome. */
type Respond = () => Promise<string | undefined>;

const decisions: Readonly<Record<string, PermissionDecision>> = {
  y: 'APPROVE_ONCE',
  s: 'APPROVE_FOR_SESSION',
  n: 'REJECT',
};

/** What the agent asks this and all other clients; the oldest is asked first. */
export class Requests {
  readonly #options: RequestsOptions;
  readonly #open = new Map<string, Prompt>();
  readonly #answeredHere = new Set<string>();

  constructor(options: RequestsOptions) {
    this.#options = options;
  }

  get prompt(): Prompt | undefined {
    return [...this.#open].find(([id]) => !this.#answeredHere.has(id))?.[1];
  }

  add(request: AskedFragment): void {
    if (this.#open.has(request.id)) return;
    const { say, changed, command } = this.#options;
    for (const line of describe(request)) say(line);
    const take = (line: string): void => {
      if (line.startsWith('/')) command(line);
      else void this.#take(request, line.trim());
    };
    this.#open.set(request.id, { words: wordsFor(request), take });
    changed();
  }

  resolved(requestId: string, resolution: RequestResolution): void {
    const wasOpen = this.#open.delete(requestId);
    if (!wasOpen || this.#answeredHere.has(requestId)) return;
    this.#options.say(endOf(resolution));
    this.#options.changed();
  }

  async #take(request: AskedFragment, line: string): Promise<void> {
    const { say, changed } = this.#options;
    if (!this.#open.has(request.id)) {
      say(`[nobody asks that any more; "${line}" was not sent]`);
      return;
    }
    const respond = this.#answer(request, line);
    if (!respond) return;
    this.#answeredHere.add(request.id);
    changed();
    try {
      const outcome = await respond();
      if (outcome === 'ALREADY_RESOLVED')
        say('[too late: it was answered already, or time was up]');
      this.#open.delete(request.id);
    } catch (error) {
      this.#answeredHere.delete(request.id);
      say(`[not sent: ${error instanceof Error ? error.message : String(error)}]`);
    }
    changed();
  }

  /** Undefined: it is no answer, and the question stands. */
  #answer(request: AskedFragment, line: string): Respond | undefined {
    return request.__typename === 'PermissionRequest'
      ? this.#decision(request, line)
      : this.#words(request, line);
  }

  #decision(request: Permission, line: string): Respond | undefined {
    const [, letter = '', feedback = ''] = /^(\w)\S*\s*(.*)$/.exec(line) ?? [];
    const decision = decisions[letter.toLowerCase()];
    if (!decision) return undefined;
    const { gateway, sessionId } = this.#options;
    const input = { sessionId, requestId: request.id, decision, ...(feedback && { feedback }) };
    return async () =>
      (await gateway.run(DecideDocument, { input })).respondToPermissionRequest?.outcome;
  }

  #words(request: Question, line: string): Respond | undefined {
    if (line === '') return undefined;
    const answer = request.choices[Number(line) - 1] ?? line;
    const { gateway, sessionId } = this.#options;
    const input = { sessionId, requestId: request.id, answer };
    return async () =>
      (await gateway.run(AnswerDocument, { input })).respondToUserInputRequest?.outcome;
  }
}

function describe(request: AskedFragment): string[] {
  if (request.__typename === 'UserInputRequest') {
    const choices = request.choices.map((choice, index) => `  ${index + 1}) ${choice}`);
    return [`[question] ${request.question}`, ...choices];
  }
  const { kind, summary, command, paths, urls, warning } = request;
  return [
    `[permission] ${kind.toLowerCase()}: ${summary}`,
    ...(command ? [`  $ ${command}`] : []),
    ...[...paths, ...urls].map((place) => `  ${place}`),
    ...(warning ? [`  ${warning}`] : []),
  ];
}

function wordsFor(request: AskedFragment): string {
  if (request.__typename === 'UserInputRequest') return 'answer: ';
  const session = request.canApproveForSession ? ', for the session (s)' : '';
  return `allow once (y)${session}, no (n)? `;
}

function endOf(resolution: RequestResolution): string {
  if (resolution === 'EXPIRED') return '[nobody answered in time: refused]';
  if (resolution === 'CANCELLED') return '[it is not asked any more]';
  if (resolution === 'BY_POLICY') return "[the profile's policy decided]";
  const words = resolution.toLowerCase().replaceAll('_', ' ');
  return `[another client was first: ${words}]`;
}
