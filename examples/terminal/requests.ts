import type { AskedFragment, RequestResolution } from '../generated/graphql.ts';
import { type Card, cardOf, type Respond } from './card.ts';
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

/** What the agent asks this and all other clients; the oldest is asked first. */
export class Requests {
  readonly #options: RequestsOptions;
  /** Undefined: only others can answer. */
  readonly #open = new Map<string, Prompt | undefined>();
  readonly #answeredHere = new Set<string>();

  constructor(options: RequestsOptions) {
    this.#options = options;
  }

  get prompt(): Prompt | undefined {
    return [...this.#open].find(([id, prompt]) => prompt && !this.#answeredHere.has(id))?.[1];
  }

  add(request: AskedFragment): void {
    if (this.#open.has(request.id)) return;
    const card = cardOf(request, this.#options);
    for (const line of card.lines) this.#options.say(line);
    this.#ask(request.id, card);
  }

  resolved(requestId: string, resolution: RequestResolution): void {
    const wasOpen = this.#open.delete(requestId);
    if (!wasOpen || this.#answeredHere.has(requestId)) return;
    this.#options.say(endOf(resolution));
    this.#options.changed();
  }

  #ask(requestId: string, card: Card): void {
    const take = (line: string): void => {
      this.#take(requestId, card, line.trim());
    };
    const { words } = card;
    this.#open.set(requestId, words === null ? undefined : { words, take });
    this.#options.changed();
  }

  #take(requestId: string, card: Card, line: string): void {
    const { say, command } = this.#options;
    const isOpen = this.#open.has(requestId);
    const respond = isOpen ? card.take(line) : undefined;
    if (respond === 'MORE') this.#ask(requestId, card);
    else if (respond) void this.#send(requestId, card, respond);
    else if (line.startsWith('/')) command(line);
    else if (!isOpen) say(`[nobody asks that any more; "${line}" was not sent]`);
  }

  async #send(requestId: string, card: Card, respond: Respond): Promise<void> {
    const { say, changed } = this.#options;
    this.#answeredHere.add(requestId);
    changed();
    try {
      const outcome = await respond();
      if (outcome === 'ALREADY_RESOLVED')
        say('[too late: it was answered already, or time was up]');
      this.#open.delete(requestId);
    } catch (error) {
      this.#answeredHere.delete(requestId);
      say(`[not sent: ${error instanceof Error ? error.message : String(error)}]`);
      if (this.#open.has(requestId)) this.#ask(requestId, card);
    }
    changed();
  }
}

function endOf(resolution: RequestResolution): string {
  if (resolution === 'EXPIRED') return '[nobody answered in time: refused]';
  if (resolution === 'CANCELLED') return '[it is not asked any more]';
  if (resolution === 'BY_POLICY') return "[the profile's policy decided]";
  const words = resolution.toLowerCase().replaceAll('_', ' ');
  return `[another client was first: ${words}]`;
}
