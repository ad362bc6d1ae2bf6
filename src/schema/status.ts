import type { RuntimeAuth } from '../copilot/runtime/runtime.ts';
import type { CleanupReport } from '../copilot/sessions/session-cleanup.ts';
import type { GatewayStatus, RuntimeView, Status } from '../resolvers/status.ts';
import { followStatus, getStatus, STATUS_ID } from '../resolvers/status.ts';
import { builder } from './builder.ts';
import { NodeRef } from './node.ts';
import { ProfileProviderRef } from './provider.ts';

export const RuntimeStateRef = builder.enumType('RuntimeState', {
  description: 'The state of the connection between the gateway and a runtime.',
  values: {
    CONNECTING: {
      description: 'The runtime is being started, or the gateway is connecting to it.',
    },
    CONNECTED: { description: 'The runtime is connected and responds.' },
    LOST: {
      description:
        'The connection was lost or the runtime does not respond. The gateway reconnects automatically.',
    },
  } as const,
});

const RuntimeAuthRef = builder.objectRef<RuntimeAuth>('RuntimeAuth').implement({
  description: 'The GitHub account of the server, with which the runtime is signed in.',
  fields: (t) => ({
    isAuthenticated: t.exposeBoolean('isAuthenticated', {
      description: 'Whether the runtime is signed in to a GitHub account.',
    }),
    authType: t.exposeString('authType', {
      nullable: true,
      description:
        'How the runtime is signed in, as named by the runtime, or null if it is unknown.',
    }),
    login: t.exposeString('login', {
      nullable: true,
      description:
        'The login of the account. Null if it is unknown, as for an account that was set by token.',
    }),
    host: t.exposeString('host', {
      nullable: true,
      description: 'The host of the GitHub instance, or null if it is unknown.',
    }),
    message: t.exposeString('message', {
      nullable: true,
      description: 'What the runtime reports about the sign-in, for display, or null if nothing.',
    }),
  }),
});

const RuntimeRef = builder.objectRef<RuntimeView>('Runtime').implement({
  description: 'A headless GitHub Copilot runtime, which runs the sessions of the gateway.',
  fields: (t) => ({
    id: t.id({
      description: 'The ID of the runtime: `runtime:` followed by its name.',
      resolve: (runtime) => `runtime:${runtime.name}`,
    }),
    state: t.expose('state', {
      type: RuntimeStateRef,
      description: 'The current state of the connection to the runtime.',
    }),
    version: t.exposeString('version', {
      nullable: true,
      description: 'The version of the runtime, or null until it has first connected.',
    }),
    protocolVersion: t.exposeInt('protocolVersion', {
      nullable: true,
      description:
        'The version of the protocol between the gateway and the runtime, or null until it has first connected.',
    }),
    latencyMs: t.exposeFloat('latencyMs', {
      nullable: true,
      description:
        'The round-trip time of the latest ping, in milliseconds, or null while the runtime is not connected.',
    }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the runtime last responded, or null until it has first connected.',
    }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description:
        'Why the connection was lost. Null while the runtime is connected, and for viewers who are not operators.',
    }),
    openSessions: t.exposeInt('openSessions', {
      nullable: true,
      description:
        'The number of sessions that are loaded in the runtime. Null for viewers who are not operators.',
    }),
    auth: t.expose('auth', {
      type: RuntimeAuthRef,
      nullable: true,
      description:
        'The GitHub account of the runtime. Null if it is unknown, and for viewers who are not operators.',
    }),
    providers: t.expose('providers', {
      type: [ProfileProviderRef],
      nullable: true,
      description:
        'The model providers that profiles use instead of GitHub, without keys. Null for viewers who are not operators.',
    }),
  }),
});

const CleanupReportRef = builder.objectRef<CleanupReport>('CleanupReport').implement({
  description:
    'The result of one cleanup sweep, which deletes sessions without recent activity (setting SESSION_TTL). Many sessions take several sweeps.',
  fields: (t) => ({
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      description: 'The time at which the sweep ended.',
    }),
    examined: t.exposeInt('examined', {
      description:
        'The number of sessions that the sweep examined because they were without activity for long enough.',
    }),
    deleted: t.exposeInt('deleted', {
      description:
        'The number of sessions that were deleted or, in a dry run, would have been deleted. The other examined sessions are in use.',
    }),
    dryRun: t.exposeBoolean('dryRun', {
      description: 'Whether the sweep was a dry run, which counts the sessions and deletes none.',
    }),
    nextAt: t.expose('nextAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the next sweep is due, or null while no runtime is connected.',
    }),
  }),
});

const GatewayStatusRef = builder.objectRef<GatewayStatus>('GatewayStatus').implement({
  description: 'The state of the gateway process, which serves this API.',
  fields: (t) => ({
    version: t.exposeString('version', { description: 'The version of the gateway.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      description: 'The time at which the gateway started.',
    }),
    draining: t.exposeBoolean('draining', {
      description:
        'Whether the gateway is shutting down: it ends subscriptions and accepts no new operations.',
    }),
    openSessions: t.exposeInt('openSessions', {
      nullable: true,
      description:
        'The number of sessions that the gateway holds in memory. Null for viewers who are not operators.',
    }),
    activeSubscriptions: t.exposeInt('activeSubscriptions', {
      nullable: true,
      description:
        'The number of open subscriptions of all clients. Null for viewers who are not operators.',
    }),
    lastCleanup: t.expose('lastCleanup', {
      type: CleanupReportRef,
      nullable: true,
      description:
        'The result of the latest cleanup sweep. Null before the first sweep, and for viewers who are not operators.',
    }),
  }),
});

const StatusRef = builder.objectRef<Status>('Status').implement({
  description: 'The status of the gateway and of the runtimes that it uses.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description:
        'The ID of the status. It is always `status:gateway`, so that a client cache stores one object.',
      resolve: () => STATUS_ID,
    }),
    gateway: t.expose('gateway', {
      type: GatewayStatusRef,
      description: 'The state of the gateway process.',
    }),
    runtimes: t.expose('runtimes', {
      type: [RuntimeRef],
      description: 'The runtimes that the gateway uses.',
    }),
    healthy: t.exposeBoolean('healthy', {
      description:
        'Whether sessions can be used: a runtime is connected and the gateway is not shutting down.',
    }),
  }),
});

builder.queryField('status', (t) =>
  t.field({
    type: StatusRef,
    nullable: true,
    description: 'The status of the gateway and of the runtimes that it uses.',
    resolve: (_root, _args, context) => getStatus(context),
  }),
);

builder.subscriptionField('statusChanged', (t) =>
  t.field({
    type: StatusRef,
    description:
      'Delivers the status of the gateway: the current status first, then the new status after each change of a connection or of the health. There is no cursor: after a disconnect, subscribe again. Fails with SHUTTING_DOWN.',
    subscribe: (_root, _args, context) => followStatus(context),
    resolve: (status) => status,
  }),
);
