import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Memory that nothing refers to is given back at once. */
export const collectGarbage = exposedGc();

function exposedGc(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
