export type Role = 'user' | 'operator';

/** The authenticated caller. */
export interface Viewer {
  /** `viewer:` and the name of the viewer. */
  readonly id: string;
  readonly name: string | null;
  readonly roles: readonly Role[];
}
