import { findToolSchemaProblem } from '../../copilot/requests/tool-schema.ts';
import { createInputError } from '../../errors/common-errors.ts';
import type { ClientTool } from '../../store/session-store.ts';
import { validateByteLength } from './fields.ts';

export interface ClientToolInput {
  readonly name: string;
  readonly description: string;
  readonly parameters?: unknown;
}

const MAX_TOOLS = 50;
const TOOL_NAME = /^[A-Za-z0-9_-]{1,64}$/;
const MAX_DESCRIPTION_CHARACTERS = 1_024;
const MAX_SCHEMA_BYTES = 16_384;
const MAX_TOOLS_BYTES = 65_536;

/** @throws {GatewayError} BAD_USER_INPUT */
export function validateClientTools(tools: readonly ClientToolInput[]): readonly ClientTool[] {
  if (tools.length > MAX_TOOLS) {
    throw createInputError('clientTools', `must have at most ${MAX_TOOLS} items`);
  }
  const checked = tools.map(validateTool);
  if (new Set(checked.map(({ name }) => name.toLowerCase())).size < checked.length) {
    throw createInputError('clientTools', 'names must be unique, regardless of case');
  }
  validateByteLength('clientTools', JSON.stringify(checked), MAX_TOOLS_BYTES);
  return checked;
}

function validateTool(
  { name, description, parameters }: ClientToolInput,
  index: number,
): ClientTool {
  const buildFieldPath = (field: string): string => `clientTools[${index}].${field}`;
  if (!TOOL_NAME.test(name)) {
    throw createInputError(
      buildFieldPath('name'),
      'must have 1 to 64 characters, each of A-Z a-z 0-9 _ -',
    );
  }
  if (description.trim() === '' || description.length > MAX_DESCRIPTION_CHARACTERS) {
    throw createInputError(
      buildFieldPath('description'),
      `must have 1 to ${MAX_DESCRIPTION_CHARACTERS} characters`,
    );
  }
  validateByteLength(buildFieldPath('parameters'), JSON.stringify(parameters), MAX_SCHEMA_BYTES);
  const problem = findToolSchemaProblem(parameters);
  if (problem !== undefined) throw createInputError(buildFieldPath('parameters'), problem);
  return { name, description, parameters: parameters as ClientTool['parameters'] };
}
