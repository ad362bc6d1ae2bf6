import type { PatchFragment } from '../generated/graphql.ts';

/** Where the texts are shown. */
interface Output {
  write(text: string): void;
  line(text: string): void;
  startLine(): void;
}

interface Text {
  content: string;
  /** How much of it stands on the screen. */
  shown: string;
}

/** The agent's messages, by id, as their patches come in. */
export class Texts {
  readonly #output: Output;
  readonly #open = new Map<string, Text>();
  readonly #whole = new Set<string>();
  /** Whose text was written last. */
  #current: string | undefined;

  constructor(output: Output) {
    this.#output = output;
  }

  /** A message that is whole. */
  add(messageId: string, content: string): void {
    this.#whole.add(messageId);
    if (content !== '') this.#output.line(content);
  }

  patch({ messageId, offset, text, state }: PatchFragment): void {
    if (this.#whole.has(messageId)) return;
    const message = this.#open.get(messageId) ?? { content: '', shown: '' };
    this.#open.set(messageId, message);
    message.content = message.content.slice(0, offset) + text;
    if (state === 'DISCARDED') this.#retract(messageId, message);
    else this.#show(messageId, message);
    if (state === 'COMPLETE') this.#end(messageId);
  }

  #show(messageId: string, message: Text): void {
    const { content, shown } = message;
    if (content === shown) return;
    if (this.#current !== messageId) this.#output.startLine();
    this.#current = messageId;
    if (content.startsWith(shown)) this.#output.write(content.slice(shown.length));
    else this.#showAgain(content, shown);
    message.shown = content;
  }

  /** What was written cannot be changed: the line that is another one now is written again, and what follows it. */
  #showAgain(content: string, shown: string): void {
    let same = 0;
    while (same < shown.length && content[same] === shown[same]) same++;
    this.#output.line('\n[corrected:]');
    this.#output.write(content.slice(content.lastIndexOf('\n', same - 1) + 1));
  }

  #retract(messageId: string, { shown }: Text): void {
    if (shown !== '') this.#output.line('[the text above is withdrawn]');
    this.#open.delete(messageId);
  }

  #end(messageId: string): void {
    this.#open.delete(messageId);
    this.#whole.add(messageId);
    this.#output.startLine();
  }
}
