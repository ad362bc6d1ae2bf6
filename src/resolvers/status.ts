import type { Profile } from '../copilot/profiles/profiles.ts';
import type { RuntimeStatus } from '../copilot/runtime/runtime.ts';
import type { CleanupReport } from '../copilot/sessions/session-cleanup.ts';
import { follow } from '../events/follow.ts';
import type { Context } from './context.ts';
import { isOperator } from './ownership.ts';

export const STATUS_ID = 'status:gateway';

export interface GatewayStatus {
  readonly version: string;
  readonly startedAt: Date;
  readonly draining: boolean;
  readonly openSessions: number | null;
  readonly activeSubscriptions: number | null;
  readonly lastCleanup: CleanupReport | null;
}

export interface ProfileProvider {
  readonly profile: string;
  readonly type: NonNullable<Profile['provider']>['type'];
  readonly host: string;
}

export interface RuntimeView extends RuntimeStatus {
  readonly providers: readonly ProfileProvider[] | null;
  readonly openSessions: number | null;
}

export interface Status {
  readonly gateway: GatewayStatus;
  readonly runtimes: readonly RuntimeView[];
  readonly healthy: boolean;
}

export function getStatus(context: Context): Status {
  const { gateway, profiles, runtime, sessions } = context.services;
  const isDetailed = isOperator(context);
  const isShuttingDown = gateway.drainController.signal.aborted;
  const { status } = runtime;
  const runtimeView = isDetailed
    ? {
        ...status,
        openSessions: sessions.attachedCount,
        providers: listProfileProviders(profiles),
      }
    : { ...status, openSessions: null, lastError: null, auth: null, providers: null };
  return {
    gateway: {
      version: gateway.version,
      startedAt: gateway.startedAt,
      draining: isShuttingDown,
      openSessions: isDetailed ? sessions.inUseCount : null,
      activeSubscriptions: isDetailed ? gateway.activeSubscriptions : null,
      lastCleanup: isDetailed ? sessions.cleanup.lastReport : null,
    },
    runtimes: [runtimeView],
    healthy: runtime.isConnected && !isShuttingDown,
  };
}

function listProfileProviders(profiles: readonly Profile[]): ProfileProvider[] {
  return profiles.flatMap(({ name: profile, provider }) =>
    provider === null
      ? []
      : [{ profile, type: provider.type, host: new URL(provider.baseUrl).host }],
  );
}

/** Delivers the current status first, so that a client which queried it before subscribing misses no change. */
export function followStatus(context: Context): AsyncIterable<Status> {
  const { statusChanges } = context.services.runtime;
  let sequence = -1;
  const read = (): Status | undefined => {
    if (statusChanges.sequence === sequence) return undefined;
    ({ sequence } = statusChanges);
    return getStatus(context);
  };
  return follow(statusChanges, read, { signal: context.signal });
}
