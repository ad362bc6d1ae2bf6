import type { Profile } from '../copilot/profiles/profiles.ts';
import type { RuntimeStatus } from '../copilot/runtime/runtime.ts';
import type { CleanupReport } from '../copilot/sessions/session-cleanup.ts';
import { follow } from '../events/follow.ts';
import type { Context } from './context.ts';

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

export function getStatus({ services, viewer }: Context): Status {
  const { gateway, runtime, sessions } = services;
  const isOperator = viewer.roles.includes('operator');
  const { status } = runtime;
  const visible = isOperator
    ? {
        ...status,
        openSessions: sessions.attachedCount,
        providers: listProfileProviders(services.profiles),
      }
    : { ...status, openSessions: null, lastError: null, auth: null, providers: null };
  return {
    gateway: {
      version: gateway.version,
      startedAt: gateway.startedAt,
      draining: gateway.drainController.signal.aborted,
      openSessions: isOperator ? sessions.inUseCount : null,
      activeSubscriptions: isOperator ? gateway.activeSubscriptions : null,
      lastCleanup: isOperator ? sessions.cleanup.lastReport : null,
    },
    runtimes: [visible],
    healthy: runtime.isConnected && !gateway.drainController.signal.aborted,
  };
}

function listProfileProviders(profiles: readonly Profile[]): ProfileProvider[] {
  return profiles.flatMap(({ name: profile, provider }) =>
    provider === null
      ? []
      : [{ profile, type: provider.type, host: new URL(provider.baseUrl).host }],
  );
}

/** The status as it is, then at each change: whoever asked for it before subscribing has missed nothing. */
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
