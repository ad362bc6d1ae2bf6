import type { Admission } from '../admission/admission.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { SharedHistories } from '../copilot/history/shared-histories.ts';
import type { Profile } from '../copilot/profiles/profiles.ts';
import type { Runtime } from '../copilot/runtime/runtime.ts';
import type { SessionReader } from '../copilot/sessions/session-reader.ts';
import type { Sessions } from '../copilot/sessions/sessions.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
import type { AuditRecord } from './audit-record.ts';

/** The state of the gateway process, for `Query.status`. */
export interface GatewayState {
  readonly version: string;
  readonly startedAt: Date;
  /** Aborted when the gateway begins to shut down. */
  readonly drainController: AbortController;
  activeSubscriptions: number;
}

export interface Services {
  readonly runtime: Runtime;
  readonly sessions: Sessions;
  readonly reader: SessionReader;
  readonly profiles: readonly Profile[];
  readonly gateway: GatewayState;
  readonly admission: Admission;
  readonly audit: (record: AuditRecord) => void;
  readonly limits: { readonly promptBytes: number; readonly attachmentBytes: number };
}

export interface StreamDeadline {
  /** Milliseconds since 1970; null if the stream has no deadline of this kind. */
  readonly at: number | null;
  readonly error: GatewayError;
}

/** The GraphQL context of one operation; it is the same for every transport. */
export interface Context {
  readonly correlationId: string;
  readonly viewer: Viewer;
  /** The IP address that limits are counted for. */
  readonly ip: string;
  /** The times at which a stream that has no socket of its own must end, so that its client reconnects. */
  readonly streamDeadlines: readonly StreamDeadline[];
  /** Aborted when the operation ends or its client disconnects. */
  readonly signal: AbortSignal;
  /** The cursor that the transport of a reconnecting client sent; it takes precedence over the argument `after`. */
  readonly resumeAfter: string | null;
  /** The cursor of the current value of a subscription, which the transport sends as its event id. */
  readonly lastEvent: { cursor: string | null };
  /** Histories that the fields of the operation share, so that each is read once. */
  readonly histories: SharedHistories;
  readonly services: Services;
}
