import type { Admission } from '../admission/admission.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { SharedHistories } from '../copilot/history/shared-histories.ts';
import type { Profile } from '../copilot/profiles/profiles.ts';
import type { Runtime } from '../copilot/runtime/runtime.ts';
import type { SessionReader } from '../copilot/sessions/session-reader.ts';
import type { Sessions } from '../copilot/sessions/sessions.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
import type { AuditRecord } from './audit-record.ts';

/** The process, as `status` shows it. */
export interface GatewayState {
  readonly version: string;
  readonly startedAt: Date;
  /** Aborted when the gateway begins to drain. */
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
  /** Milliseconds since 1970; null: never. */
  readonly at: number | null;
  readonly error: GatewayError;
}

/** What every resolver gets, whatever the transport. */
export interface Context {
  readonly correlationId: string;
  readonly viewer: Viewer;
  /** From where, as far as limits are concerned. */
  readonly ip: string;
  /** When a stream of its own must end, for its client to come back. */
  readonly streamDeadlines: readonly StreamDeadline[];
  /** Aborted when the operation has ended or its client has left. */
  readonly signal: AbortSignal;
  /** Where the client's transport says that it stopped: replaces the argument `after`. */
  readonly resumeAfter: string | null;
  /** Of the value that a subscription gives now, for the transport to send along. */
  readonly lastEvent: { cursor: string | null };
  /** What the fields of the operation read together. */
  readonly histories: SharedHistories;
  readonly services: Services;
}
