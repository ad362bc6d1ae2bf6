import { errorCodes } from '../../src/errors/error-codes.ts';
import { SECRET } from './world.ts';

/** What no caller may ever get. Undefined: the answer is as it should be. */
export function problemOf(answer: string, status?: number): string | undefined {
  if (answer.includes(SECRET)) return "another viewer's content";
  if (/\bat .+\.(ts|js):\d+/.test(answer) || answer.includes('node_modules')) return 'a stack';
  if (status !== undefined && status >= 500 && status !== 503) return `status ${status}`;
  return wrongCode(answer);
}

function wrongCode(answer: string): string | undefined {
  for (const [, code = ''] of answer.matchAll(/"code":"([^"]*)"/g)) {
    if (code === 'INTERNAL_SERVER_ERROR') return 'an error that was not foreseen';
    if (!(code in errorCodes)) return `an unknown code ${code}`;
  }
  return undefined;
}

/** Each error says what kind it is. */
export function isCoded(answer: string): boolean {
  try {
    const { errors } = JSON.parse(answer) as { errors?: { extensions?: { code?: unknown } }[] };
    return (errors ?? []).every(({ extensions }) => typeof extensions?.code === 'string');
  } catch {
    return true;
  }
}
