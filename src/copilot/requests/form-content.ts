import { Ajv, type ErrorObject, type SchemaObject } from 'ajv';
import { z } from 'zod';

import { createInputError } from '../../errors/common-errors.ts';

/** Limit of the schema as JSON; the schema of a form that a person fills in is smaller. */
const MAX_SCHEMA_CHARACTERS = 65_536;

export type FormContent = Record<string, string | number | boolean | string[]>;

const size = z.int().nonnegative().optional().catch(undefined);
const bound = z.number().optional().catch(undefined);
const stringList = z.array(z.string());
const choiceList = stringList.min(1);
const titledChoiceList = z.array(z.object({ const: z.string() })).min(1);

/** The field types of MCP elicitations; fields of other types accept any plain value. */
const formField = z.union([
  z.object({ type: z.literal('boolean') }),
  z.object({ type: z.enum(['number', 'integer']), minimum: bound, maximum: bound }),
  z.object({ type: z.literal('string'), enum: choiceList }),
  z
    .object({ type: z.literal('string'), oneOf: titledChoiceList })
    .transform(({ type, oneOf }) => ({ type, enum: oneOf.map((choice) => choice.const) })),
  z.object({
    type: z.literal('string'),
    minLength: size,
    maxLength: size,
    format: z.enum(['email', 'uri', 'date', 'date-time']).optional().catch(undefined),
  }),
  z.object({
    type: z.literal('array'),
    minItems: size,
    maxItems: size,
    items: z.union([
      z.object({ type: z.literal('string'), enum: choiceList }),
      z
        .object({ anyOf: titledChoiceList })
        .transform(({ anyOf }) => ({ type: 'string', enum: anyOf.map((choice) => choice.const) })),
    ]),
  }),
]);

const formSchema = z.object({
  properties: z.record(z.string(), z.unknown()).catch({}),
  required: stringList.catch([]),
});

const anyField: SchemaObject = {
  anyOf: [{ type: ['string', 'number', 'boolean'] }, { type: 'array', items: { type: 'string' } }],
};

const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

const formats = {
  email: /^[^\s@]+@[^\s@]+$/,
  uri: (text: string) => URL.canParse(text),
  date: (text: string) => DATE.test(text) && isCalendarDay(text),
  'date-time': (text: string) => TIME.test(text) && isCalendarDay(text.slice(0, 10)),
};

/**
 * Checks the content of a form against its schema, which the runtime does not do. Only the keywords that MCP defines
 * for forms are checked: the schema is untrusted, and other keywords of JSON Schema (patterns, references) could be
 * used to block the gateway.
 *
 * @throws {GatewayError} BAD_USER_INPUT when the content does not fit; the message names the field
 */
export function checkFormContent(
  content: unknown,
  requestedSchema: Readonly<Record<string, unknown>>,
): FormContent {
  if (JSON.stringify(requestedSchema).length > MAX_SCHEMA_CHARACTERS) {
    throw createInputError(
      'content',
      'the schema of the form is too large to check the content; use DECLINE or CANCEL',
    );
  }
  // A new instance each time: Ajv keeps every schema that it has compiled.
  const ajv = new Ajv({ strict: false, validateSchema: false, ownProperties: true, formats });
  const fits = ajv.compile<FormContent>(buildFormSchema(requestedSchema));
  if (fits(content)) return content;
  throw createInputError('content', describeContentProblem(fits.errors?.[0]));
}

function buildFormSchema(requestedSchema: unknown): SchemaObject {
  const { properties, required } = formSchema.parse(requestedSchema);
  const fields = Object.entries(properties).map(([name, definition]) => [
    name,
    formField.safeParse(definition).data ?? anyField,
  ]);
  return {
    type: 'object',
    properties: Object.fromEntries(fields) as object,
    required: required.filter((name) => Object.hasOwn(properties, name)),
    additionalProperties: false,
  };
}

function isCalendarDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

function describeContentProblem(error: ErrorObject | undefined): string {
  const path = error?.instancePath.slice(1);
  const extra = error?.params['additionalProperty'] as string | undefined;
  const named = extra === undefined ? '' : `: ${extra}`;
  return `${path ? `${path} ` : ''}${error?.message ?? 'does not fit'}${named}`;
}
