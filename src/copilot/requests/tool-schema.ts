import { Ajv, type ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';

const DRAFT_07 = /^https?:\/\/json-schema\.org\/draft-07\/schema#?$/;
const DRAFT_2020 = /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/;
/** A model cannot be expected to fill in deeper structures, and a walk over them could exhaust the stack. */
const MAX_DEPTH = 32;

const options = { strict: false, validateFormats: false };
const draft07 = new Ajv(options);
const draft2020 = new Ajv2020(options);

/** Returns why the runtime or the model would reject a tool with these parameters; undefined when both accept them. */
export function findToolSchemaProblem(schema: unknown): string | undefined {
  if (!isObject(schema)) return 'must be a JSON Schema';
  if (isDeeperThan(MAX_DEPTH, schema)) return `must not be nested deeper than ${MAX_DEPTH} levels`;
  if (schema['type'] !== 'object') return 'must have "type": "object"';
  if (!isObject(schema['properties'])) return 'must have "properties"';
  const validator = findValidator(schema['$schema']);
  if (!validator) return 'must use JSON Schema draft-07 or 2020-12';
  // Validates against the meta-schema only; an untrusted schema is never compiled.
  return validator.validateSchema(schema) === true
    ? undefined
    : describeSchemaProblem(validator.errors?.[0]);
}

function findValidator(dialect: unknown): Ajv | Ajv2020 | undefined {
  if (dialect === undefined) return draft2020;
  if (typeof dialect !== 'string') return undefined;
  if (DRAFT_2020.test(dialect)) return draft2020;
  return DRAFT_07.test(dialect) ? draft07 : undefined;
}

function describeSchemaProblem(error: ErrorObject | undefined): string {
  return `is not a valid JSON Schema: ${error?.instancePath ?? ''} ${error?.message ?? 'does not fit'}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObjectOrList(value) && !Array.isArray(value);
}

function isObjectOrList(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Walks level by level, without recursion. */
function isDeeperThan(limit: number, value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.filter(isObjectOrList).flatMap((inner) => Object.values(inner));
  }
  return false;
}
