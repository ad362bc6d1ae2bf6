/** A line of the audit log: who did what. It contains names only, never content. */
export interface AuditRecord {
  readonly audit: 'mutation' | 'permission';
  /** The name of the mutation, or the kind of the permission. */
  readonly what: string;
  /** The name that the owner uses for the session; null if the client sent nothing that can be such a name. */
  readonly session: string | null;
  readonly viewer: string;
  /** `ok`, a `RespondOutcome`, or the code of an error. */
  readonly outcome: string;
  readonly requestId: string;
  /** Permissions only; decisions of policies and expiries are written by the responder of the session. */
  readonly by?: 'viewer';
  readonly decision?: string;
  readonly permissionRequest?: string;
}
