export type Role = 'user' | 'operator';

/** The authenticated caller. */
export interface Viewer {
  /** `viewer:` and the key of the viewer. */
  readonly id: string;
  readonly name: string | null;
  readonly roles: readonly Role[];
  /**
   * Owner of the sessions that the viewer creates, and of the only ones that the viewer can use: the viewer's id, or
   * null with AUTH=none.
   */
  readonly owner: string | null;
}

/** @param key unique among all callers, and never reassigned to another person */
export function createViewer(key: string, name: string | null, roles: readonly Role[]): Viewer {
  const id = `viewer:${key}`;
  return { id, name, roles, owner: id };
}

/** The viewer with AUTH=none: who can reach the loopback address is the developer who started the gateway. */
export const localViewer: Viewer = {
  id: 'viewer:local',
  name: null,
  roles: ['user', 'operator'],
  owner: null,
};
