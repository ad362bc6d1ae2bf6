export type Role = 'user' | 'operator';

/** The authenticated caller. */
export interface Viewer {
  /** `viewer:` and the name of the viewer. */
  readonly id: string;
  readonly name: string | null;
  readonly roles: readonly Role[];
  /** Whose the sessions are that it makes, and the only ones it can use: its id; null with AUTH=none. */
  readonly owner: string | null;
}

/** @param key unique among all who can call, and never given to another person */
export function createViewer(key: string, name: string | null, roles: readonly Role[]): Viewer {
  const id = `viewer:${key}`;
  return { id, name, roles, owner: id };
}

/** AUTH=none: whoever reaches the loopback address is the developer who started the gateway. */
export const localViewer: Viewer = {
  id: 'viewer:local',
  name: null,
  roles: ['user', 'operator'],
  owner: null,
};
