import type { ElicitationAction } from '../generated/graphql.ts';

interface Definition {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly oneOf?: readonly Choice[];
  readonly items?: { readonly enum?: readonly string[]; readonly anyOf?: readonly Choice[] };
}

interface Choice {
  readonly const: string;
  readonly title: string;
}

interface Schema {
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly required?: readonly string[];
}

export interface Filled {
  readonly action: ElicitationAction;
  readonly content?: Readonly<Record<string, unknown>>;
}

/** A form that is filled in line by line; what fits is for the gateway to say. */
export class Form {
  readonly #fields: readonly (readonly [name: string, definition: Definition])[];
  readonly #required: ReadonlySet<string>;
  #values: Record<string, unknown> = {};
  #next = 0;

  constructor(requestedSchema: unknown) {
    const { properties = {}, required = [] } = requestedSchema as Schema;
    this.#fields = Object.entries(properties);
    this.#required = new Set(required);
  }

  get words(): string {
    const field = this.#fields[this.#next];
    if (!field) return 'done (y), no (n)? ';
    const [name, definition] = field;
    const rest = this.#required.has(name) ? '' : ', or nothing';
    return `${definition.title ?? name} (${expected(definition)}${rest}): `;
  }

  /** 'MORE': the next line is asked for. Undefined: the line does not fit. */
  take(line: string): Filled | 'MORE' | undefined {
    if (line === '/cancel') return { action: 'CANCEL' };
    if (line === '/decline') return { action: 'DECLINE' };
    if (line.startsWith('/')) return undefined;
    const field = this.#fields[this.#next];
    if (!field) return confirmed(line);
    if (!this.#put(line, field)) return undefined;
    this.#next++;
    return this.#next < this.#fields.length ? 'MORE' : this.#end();
  }

  #put(line: string, [name, definition]: readonly [string, Definition]): boolean {
    if (line === '') return !this.#required.has(name);
    const value = valueOf(line, definition);
    if (value !== undefined) this.#values[name] = value;
    return value !== undefined;
  }

  /** From the first field on, should it be refused. */
  #end(): Filled {
    const content = this.#values;
    this.#values = {};
    this.#next = 0;
    return { action: 'ACCEPT', content };
  }
}

function confirmed(line: string): Filled | undefined {
  const letter = line.charAt(0).toLowerCase();
  if (letter === 'y') return { action: 'ACCEPT' };
  return letter === 'n' ? { action: 'DECLINE' } : undefined;
}

function expected(definition: Definition): string {
  const { type, description } = definition;
  const choices = choicesOf(definition);
  if (type === 'boolean') return 'y/n';
  if (type === 'array') return `some of ${choices.join(', ')}`;
  return choices.length > 0 ? choices.join(', ') : (description ?? type ?? 'text');
}

/** Undefined: it is none. */
function valueOf(line: string, definition: Definition): unknown {
  if (definition.type === 'boolean') return { y: true, n: false }[line.charAt(0).toLowerCase()];
  if (definition.type === 'array') return line.split(',').map((word) => word.trim());
  const isNumber = definition.type === 'number' || definition.type === 'integer';
  if (!isNumber) return line;
  const value = Number(line);
  return Number.isNaN(value) ? undefined : value;
}

function choicesOf({ enum: words, oneOf, items }: Definition): readonly string[] {
  const choices = oneOf ?? items?.anyOf;
  return words ?? items?.enum ?? choices?.map((choice) => choice.const) ?? [];
}
