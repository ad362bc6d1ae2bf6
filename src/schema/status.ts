import type { RuntimeAuth } from '../copilot/runtime/runtime.ts';
import type { CleanupReport } from '../copilot/sessions/session-cleanup.ts';
import type { GatewayStatus, RuntimeView,Status } from '../resolvers/status.ts';
import { followStatus, getStatus, STATUS_ID } from '../resolvers/status.ts';
import { builder } from './builder.ts';
import { NodeRef } from './node.ts';
import { ProfileProviderRef } from './provider.ts';

export const RuntimeStateRef = builder.enumType('RuntimeState', {
  description: 'State of the connection to a runtime.',
  values: {
    CONNECTING: { description: 'Being started or connected to.' },
    CONNECTED: { description: 'Answers.' },
    LOST: { description: 'Went away or does not answer; it is tried again by itself.' },
  } as const,
});

const RuntimeAuthRef = builder.objectRef<RuntimeAuth>('RuntimeAuth').implement({
  description: 'The GitHub account that the runtime itself is signed in with.',
  fields: (t) => ({
    isAuthenticated: t.exposeBoolean('isAuthenticated', { description: 'Whether there is one.' }),
    authType: t.exposeString('authType', {
      nullable: true,
      description: "How, in the runtime's words.",
    }),
    login: t.exposeString('login', { nullable: true, description: 'Name of the account.' }),
    host: t.exposeString('host', { nullable: true, description: 'GitHub host.' }),
    message: t.exposeString('message', {
      nullable: true,
      description: "The runtime's own words about it.",
    }),
  }),
});

const RuntimeRef = builder.objectRef<RuntimeView>('Runtime').implement({
  description: 'A headless Copilot runtime.',
  fields: (t) => ({
    id: t.id({
      description: '`runtime:` and its name.',
      resolve: (runtime) => `runtime:${runtime.name}`,
    }),
    state: t.expose('state', { type: RuntimeStateRef, description: 'State of the connection.' }),
    version: t.exposeString('version', {
      nullable: true,
      description: 'Of the runtime, once it has answered.',
    }),
    protocolVersion: t.exposeInt('protocolVersion', {
      nullable: true,
      description: 'Of the protocol between gateway and runtime.',
    }),
    latencyMs: t.exposeFloat('latencyMs', {
      nullable: true,
      description:
        'Round trip of the latest ping, in milliseconds; null while it is not connected.',
    }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last answered.',
    }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'Why it was lost; null once it is back. For operators, else null.',
    }),
    openSessions: t.exposeInt('openSessions', {
      nullable: true,
      description: 'Sessions that are attached to it. For operators, else null.',
    }),
    auth: t.expose('auth', {
      type: RuntimeAuthRef,
      nullable: true,
      description: 'Its GitHub account. For operators, else null.',
    }),
    providers: t.expose('providers', {
      type: [ProfileProviderRef],
      nullable: true,
      description: 'Model providers of the profiles; no keys. For operators, else null.',
    }),
  }),
});

const CleanupReportRef = builder.objectRef<CleanupReport>('CleanupReport').implement({
  description: 'What one look for sessions without activity found. Long lists take several.',
  fields: (t) => ({
    finishedAt: t.expose('finishedAt', { type: 'DateTime', description: 'When it ended.' }),
    examined: t.exposeInt('examined', {
      description: 'Sessions that were without activity for long enough.',
    }),
    deleted: t.exposeInt('deleted', {
      description:
        'Those that were deleted or, in a dry run, would have been; the others are in use.',
    }),
    dryRun: t.exposeBoolean('dryRun', { description: 'Whether nothing was deleted on purpose.' }),
    nextAt: t.expose('nextAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the next one is due; null while no runtime is connected.',
    }),
  }),
});

const GatewayStatusRef = builder.objectRef<GatewayStatus>('GatewayStatus').implement({
  description: 'The gateway process.',
  fields: (t) => ({
    version: t.exposeString('version', { description: 'Of the gateway.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began to serve.' }),
    draining: t.exposeBoolean('draining', { description: 'Whether it is about to end.' }),
    openSessions: t.exposeInt('openSessions', {
      nullable: true,
      description: 'Sessions that are in use. For operators, else null.',
    }),
    activeSubscriptions: t.exposeInt('activeSubscriptions', {
      nullable: true,
      description: 'Subscriptions that are open, over all clients. For operators, else null.',
    }),
    lastCleanup: t.expose('lastCleanup', {
      type: CleanupReportRef,
      nullable: true,
      description:
        'Of sessions without activity; null before the first one. For operators, else null.',
    }),
  }),
});

const StatusRef = builder.objectRef<Status>('Status').implement({
  description: 'The gateway and its runtimes.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'The same for every status, so that a cache keeps one.',
      resolve: () => STATUS_ID,
    }),
    gateway: t.expose('gateway', { type: GatewayStatusRef, description: 'The gateway.' }),
    runtimes: t.expose('runtimes', { type: [RuntimeRef], description: 'The runtimes behind it.' }),
    healthy: t.exposeBoolean('healthy', {
      description:
        'Whether sessions can be served: a runtime is connected and the gateway is not draining.',
    }),
  }),
});

builder.queryField('status', (t) =>
  t.field({
    type: StatusRef,
    nullable: true,
    description: 'Connection and health of the gateway and its runtimes.',
    resolve: (_root, _args, context) => getStatus(context),
  }),
);

builder.subscriptionField('statusChanged', (t) =>
  t.field({
    type: StatusRef,
    description: 'The status as it is, then whenever a connection or the health changes.',
    subscribe: (_root, _args, context) => followStatus(context),
    resolve: (status) => status,
  }),
);
