import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

import type { Random } from './random.ts';

/** Ids, cursors and texts that operations are made of. */
export interface Words {
  word(name: string, random: Random): string;
}

const DEPTH = 5;
/** Nobody waits for a turn here. */
const WAIT = 'timeoutMs';

/** Documents that the schema allows, most of the time. */
export class Documents {
  readonly #schema: GraphQLSchema;
  readonly #words: Words;

  constructor(schema: GraphQLSchema, words: Words) {
    this.#schema = schema;
    this.#words = words;
  }

  /** One operation of a random kind. */
  operation(random: Random): string {
    const kind = random.of(['query', 'query', 'query', 'mutation', 'subscription'] as const);
    const roots = {
      query: this.#schema.getQueryType(),
      mutation: this.#schema.getMutationType(),
      subscription: this.#schema.getSubscriptionType(),
    };
    const fields = Object.values(roots[kind]?.getFields() ?? {});
    const count = kind === 'query' ? 1 + random.below(3) : 1;
    const chosen = Array.from({ length: count }, (_, index) => {
      const alias = count > 1 || random.chance(0.1) ? `a${index}: ` : '';
      return alias + this.#field(random.of(fields), random, 0);
    });
    return `${kind} ${random.chance(0.5) ? 'Fuzz' : ''} { ${chosen.join(' ')} }`;
  }

  #field(field: GraphQLField<unknown, unknown>, random: Random, depth: number): string {
    const given = field.args.filter(
      ({ name, type }) => isNonNullType(type) || name === WAIT || random.chance(0.4),
    );
    const args = given.map((arg) => `${arg.name}: ${this.#argument(arg, random)}`);
    const head = args.length === 0 ? field.name : `${field.name}(${args.join(', ')})`;
    return head + this.#selection(field.type, random, depth);
  }

  #selection(type: GraphQLOutputType, random: Random, depth: number): string {
    const named = getNamedType(type);
    if (!isCompositeType(named)) return '';
    return ` { ${this.#fieldsOf(named, random, depth).join(' ')} }`;
  }

  #fieldsOf(type: GraphQLCompositeType, random: Random, depth: number): string[] {
    const parts = ['__typename'];
    if (depth >= DEPTH) return parts;
    if (isAbstractType(type) && random.chance(0.7)) {
      const possible = random.of(this.#schema.getPossibleTypes(type));
      const inner = this.#fieldsOf(possible, random, depth + 1).join(' ');
      parts.push(`... on ${possible.name} { ${inner} }`);
    }
    const fields = isObjectType(type) || 'getFields' in type ? Object.values(type.getFields()) : [];
    const wanted = fields.filter(() => random.chance(depth < 2 ? 0.4 : 0.2));
    return [...parts, ...wanted.map((field) => this.#field(field, random, depth + 1))];
  }

  #argument({ name, type }: GraphQLArgument, random: Random): string {
    if (name === WAIT) return random.of(['1', '50', '0', '600001']);
    return random.chance(0.03) ? this.#wrong(random) : this.#value(name, type, random);
  }

  #value(name: string, type: GraphQLInputType, random: Random): string {
    if (isNonNullType(type)) return this.#value(name, type.ofType, random);
    if (random.chance(0.05)) return 'null';
    if (isListType(type)) {
      return `[${random.some(3, () => this.#value(name, type.ofType, random)).join(', ')}]`;
    }
    if (isEnumType(type)) return random.of(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => isNonNullType(field.type) || random.chance(0.3),
      );
      return `{ ${fields.map((field) => `${field.name}: ${this.#value(field.name, field.type, random)}`).join(', ')} }`;
    }
    return this.#scalar(name, type.name, random);
  }

  #scalar(name: string, type: string, random: Random): string {
    switch (type) {
      case 'Boolean':
        return random.of(['true', 'false']);
      case 'Int':
        return random.of(['0', '1', '2', '50', '100', '101', '-1', '2147483647']);
      case 'Float':
        return random.of(['0', '1.5', '-1e300']);
      case 'DateTime':
        return random.of(['"2020-01-01T00:00:00Z"', '"2999-01-01T00:00:00Z"', '"yesterday"']);
      case 'JSON':
        return random.of(['{}', '{ type: "object" }', '[1, "x"]', '"x"', 'null']);
      default:
        return JSON.stringify(this.#words.word(name, random));
    }
  }

  #wrong(random: Random): string {
    return random.of(['1', '"x"', '[]', '{}', 'true', 'NOPE', '$missing', '1e400', '[[[]]]']);
  }
}
