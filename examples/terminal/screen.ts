import { createInterface, emitKeypressEvents, type Interface } from 'node:readline';

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/** A line that is asked for. */
export interface Prompt {
  readonly words: string;
  /** Gets the line, even if something else is asked for by the time that it ends. */
  readonly take: (line: string) => void;
}

interface ScreenOptions {
  readonly onEscape: () => void;
  /** Ctrl-C, Ctrl-D, or the end of the input. */
  readonly onLeave: () => void;
}

const eraseLine = '\r\u001B[J';

/**
 * A terminal that is written to while its user types. As soon as a line is begun, what is to be written waits for
 * its end; so nobody's words are torn apart, and no place on the screen has to be computed.
 */
export class Screen {
  readonly #lines: Interface;
  #isLineStart = true;
  /** Whose line is typed next. */
  #prompt: Prompt = { words: '', take: () => undefined };
  /** Whether it is shown before anything is typed. */
  #isAsking = false;
  /** What stands before the line that is typed now. */
  #shown: Prompt | undefined;
  #waiting = '';
  /** Key of the line that was written last, while nothing stands below it. */
  #lastLine: string | undefined;

  constructor({ onEscape, onLeave }: ScreenOptions) {
    emitKeypressEvents(process.stdin);
    // Before readline's own listener: the line has to have a place before its first letter is shown.
    process.stdin.on('keypress', (_text: string | undefined, key: Key) => {
      if (key.name === 'escape') onEscape();
      else if (!key.ctrl && key.name !== 'return') this.#showPrompt();
    });
    this.#lines = createInterface({ input: process.stdin, output: process.stdout });
    this.#lines.on('line', (line) => {
      this.#lineEnded(line);
    });
    this.#lines.on('SIGINT', onLeave).on('close', onLeave);
  }

  /** Goes on behind what was written before. */
  write(text: string): void {
    if (text === '') return;
    if (this.#isTyping()) this.#waiting += text;
    else this.#put(text);
  }

  /**
   * A line of its own.
   * @param key of something that changes: a line with the same key that is still the last one is replaced
   */
  line(text: string, key?: string): void {
    this.startLine();
    const isTyping = this.#isTyping();
    const replaces = key !== undefined && key === this.#lastLine && !isTyping;
    if (replaces) this.#hidePrompt();
    this.write(
      `${replaces ? `\u001B[A${eraseLine}` : ''}${key === undefined ? text : oneRow(text)}\n`,
    );
    if (!isTyping) this.#lastLine = key;
  }

  /** What is written next begins a line. */
  startLine(): void {
    const written = this.#isTyping() ? this.#waiting : '';
    if (written === '' ? !this.#isLineStart : !written.endsWith('\n')) this.write('\n');
  }

  /** Asks for a line, again after whatever is written. */
  ask(prompt: Prompt): void {
    this.#expect(prompt, true);
  }

  /** Takes a line when one is typed, and asks for none. */
  offer(prompt: Prompt): void {
    this.#expect(prompt, false);
  }

  close(): void {
    this.#hidePrompt();
    this.#lines.removeAllListeners('close').close();
    process.stdout.write(this.#isLineStart ? '' : '\n');
  }

  #expect(prompt: Prompt, isAsking: boolean): void {
    this.#prompt = prompt;
    this.#isAsking = isAsking;
    if (this.#isTyping() || (isAsking && this.#shown === prompt)) return;
    this.#hidePrompt();
    if (isAsking) this.#showPrompt();
  }

  #isTyping(): boolean {
    return this.#shown !== undefined && this.#lines.line !== '';
  }

  #lineEnded(line: string): void {
    const { take } = this.#shown ?? this.#prompt;
    this.#shown = undefined;
    this.#isLineStart = true;
    this.#lastLine = undefined;
    const waiting = this.#waiting;
    this.#waiting = '';
    this.write(waiting);
    take(line);
    if (this.#isAsking) this.#showPrompt();
  }

  #put(text: string): void {
    this.#hidePrompt();
    process.stdout.write(text);
    this.#isLineStart = text.endsWith('\n');
    this.#lastLine = undefined;
    if (this.#isAsking) this.#showPrompt();
  }

  #showPrompt(): void {
    if (this.#shown) return;
    if (!this.#isLineStart) process.stdout.write('\n');
    this.#shown = this.#prompt;
    this.#isLineStart = true;
    this.#lines.setPrompt(this.#shown.words);
    this.#lines.prompt();
  }

  #hidePrompt(): void {
    if (!this.#shown) return;
    this.#shown = undefined;
    process.stdout.write(eraseLine);
  }
}

/** A line that is to be replaced must not be broken into two. */
function oneRow(text: string): string {
  const width = Math.max(process.stdout.columns, 40) - 1;
  const row = text.replaceAll(/\s+/g, ' ');
  return row.length > width ? `${row.slice(0, width - 1)}…` : row;
}
