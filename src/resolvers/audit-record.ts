/** What somebody did: names only, no content. */
export interface AuditRecord {
  readonly audit: 'mutation' | 'permission';
  /** A root field, or the kind of a permission. */
  readonly what: string;
  /** As its owner calls it; null when the client said nothing that could be a name. */
  readonly session: string | null;
  readonly viewer: string;
  /** `ok`, what became of an answer, or the code of an error. */
  readonly outcome: string;
  readonly requestId: string;
  /** Of a permission. */
  readonly by?: 'viewer';
  readonly decision?: string;
  readonly permissionRequest?: string;
}
