import { fileURLToPath } from 'node:url';

/** The parts of an unexpected error that may be logged. Not its message, which may contain any content of a session. */
export interface SafeErrorDescription {
  /** Name of the error's class, or the type of a thrown value that is not an error. */
  readonly name: string;
  readonly code?: string;
  /** Stack frames, innermost first, as `function file:line:column`. */
  readonly at: readonly string[];
}

const MAX_FRAMES = 20;
const root = fileURLToPath(new URL('../..', import.meta.url));
const NAME = /^[A-Za-z_$][\w$]{0,63}$/;
const FUNCTION = /^[\w$.<>#[\] ]{1,100}$/;
const FRAME = /^ {4}at (?:(.+) \()?((?:file:|node:|\/)[^()\s]*:\d+:\d+)\)?$/;

export function describeSafely(error: unknown): SafeErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const { code } = error as NodeJS.ErrnoException;
  return {
    name: NAME.test(error.name) ? error.name : 'Error',
    ...(typeof code === 'string' && NAME.test(code) && { code }),
    at: extractFrames(error),
  };
}

/** Skips the message, which precedes the frames in the stack and may have lines that look like frames. */
function extractFrames({ message, stack = '' }: Error): string[] {
  const start = stack.indexOf(message);
  const lines = (start < 0 ? '' : stack.slice(start + message.length)).split('\n');
  return lines.flatMap((line) => parseFrame(line) ?? []).slice(0, MAX_FRAMES);
}

function parseFrame(line: string): string | undefined {
  const [, name = '', location] = FRAME.exec(line) ?? [];
  if (location === undefined) return undefined;
  return `${FUNCTION.test(name) ? `${name} ` : ''}${stripRoot(location)}`;
}

/** Removes the directories of the installation, which may have the name of a user or a customer. */
function stripRoot(location: string): string {
  const path = location.replace(/^file:\/\//, '');
  const inPackage = path.lastIndexOf('node_modules/');
  if (inPackage >= 0) return path.slice(inPackage);
  if (path.startsWith(root)) return path.slice(root.length);
  return path.startsWith('node:') ? path : path.slice(path.lastIndexOf('/') + 1);
}
