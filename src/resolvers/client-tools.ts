import { problemOfToolSchema } from '../copilot/requests/tool-schema.ts';
import type { ClientTool } from '../store/session-directory.ts';
import { badInput, checkBytes } from './input.ts';

export interface ClientToolInput {
  readonly name: string;
  readonly description: string;
  readonly parameters?: unknown;
}

const MAX_TOOLS = 50;
const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const MAX_DESCRIPTION_CHARACTERS = 1_024;
const MAX_SCHEMA_BYTES = 16_384;
const MAX_BYTES = 65_536;

/** @throws Failure BAD_USER_INPUT that names the field */
export function checkClientTools(tools: readonly ClientToolInput[]): readonly ClientTool[] {
  if (tools.length > MAX_TOOLS) throw badInput('clientTools', `must not be more than ${MAX_TOOLS}`);
  const checked = tools.map(checkTool);
  if (new Set(checked.map(({ name }) => name.toLowerCase())).size < checked.length) {
    throw badInput('clientTools', 'must have each name once, whatever its case');
  }
  checkBytes('clientTools', JSON.stringify(checked), MAX_BYTES);
  return checked;
}

function checkTool({ name, description, parameters }: ClientToolInput, index: number): ClientTool {
  const field = (part: string): string => `clientTools[${index}].${part}`;
  if (!NAME.test(name)) {
    throw badInput(field('name'), 'must be 1 to 64 of the characters A-Z a-z 0-9 _ -');
  }
  if (description.trim() === '' || description.length > MAX_DESCRIPTION_CHARACTERS) {
    throw badInput(field('description'), `must have 1 to ${MAX_DESCRIPTION_CHARACTERS} characters`);
  }
  checkBytes(field('parameters'), JSON.stringify(parameters), MAX_SCHEMA_BYTES);
  const problem = problemOfToolSchema(parameters);
  if (problem !== undefined) throw badInput(field('parameters'), problem);
  return { name, description, parameters: parameters as ClientTool['parameters'] };
}
