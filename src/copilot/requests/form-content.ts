import { Ajv, type ErrorObject, type SchemaObject } from 'ajv';
import { z } from 'zod';

import { GatewayError } from '../../errors/gateway-error.ts';

/** Of the schema, as JSON: more than a form that a person fills in. */
const MAX_SCHEMA_CHARACTERS = 65_536;

export type FormContent = Record<string, string | number | boolean | string[]>;

const size = z.int().nonnegative().optional().catch(undefined);
const bound = z.number().optional().catch(undefined);
const stringList = z.array(z.string());
const choiceList = stringList.min(1);
const titledChoiceList = z.array(z.object({ const: z.string() })).min(1);

/** What a field can be, as MCP says; another one may have any of these values. */
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
 * The runtime passes on what does not fit. Only what a form can say is checked: a schema comes from who knows where,
 * and all of JSON Schema (patterns, references) could be made to hold up the gateway.
 *
 * @throws Failure BAD_USER_INPUT that names the field
 */
export function checkFormContent(
  content: unknown,
  requestedSchema: Readonly<Record<string, unknown>>,
): FormContent {
  if (JSON.stringify(requestedSchema).length > MAX_SCHEMA_CHARACTERS) {
    throw createContentError(
      'the form is too large to be checked: only DECLINE and CANCEL are possible',
    );
  }
  // A new one each time, for it keeps what it has compiled.
  const ajv = new Ajv({ strict: false, validateSchema: false, ownProperties: true, formats });
  const fits = ajv.compile<FormContent>(buildFormSchema(requestedSchema));
  if (fits(content)) return content;
  throw createContentError(describeContentProblem(fits.errors?.[0]));
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
  const place = error?.instancePath.slice(1);
  const extra = error?.params['additionalProperty'] as string | undefined;
  const named = extra === undefined ? '' : `: ${extra}`;
  return `${place ? `${place} ` : ''}${error?.message ?? 'does not fit'}${named}`;
}

function createContentError(problem: string): GatewayError {
  return new GatewayError('BAD_USER_INPUT', `content: ${problem}`);
}
