import type { Viewer } from '../auth/viewer.ts';
import type { Context } from './context.ts';

export function getViewer({ viewer }: Context): Viewer {
  return viewer;
}
