import { randomUUID } from 'node:crypto';

import { DEFAULT_PROFILE_NAME } from '../copilot/profiles/profiles.ts';
import type { NewSession } from '../copilot/sessions/new-session.ts';
import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { SessionUpdate } from '../copilot/sessions/update-session.ts';
import { createInputError } from '../errors/common-errors.ts';
import type { SessionId } from '../events/ids.ts';
import type { Label, ReasoningEffort, RemoteMode } from '../store/session-store.ts';
import type { Context } from './context.ts';
import { type ClientToolInput, validateClientTools } from './input/client-tools.ts';
import { type CloudInput, validateCloud } from './input/cloud.ts';
import {
  requireProfile,
  validateByteLength,
  validateGitHubToken,
  validateLabels,
  validateSessionName,
  validateTitle,
} from './input/fields.ts';
import { type ProviderInput, validateProvider } from './input/provider.ts';
import { createWithinLimits } from './limits.ts';
import { allocateSessionId, requireOwnedSession } from './ownership.ts';

type Maybe<T> = T | null | undefined;

interface SessionInput {
  readonly sessionId: string;
}

interface CreateSessionInput {
  readonly sessionId?: Maybe<string>;
  readonly ifExists: 'FAIL' | 'RESUME';
  readonly remote: RemoteMode;
  readonly profile?: Maybe<string>;
  readonly model?: Maybe<string>;
  readonly reasoningEffort?: Maybe<ReasoningEffort>;
  readonly title?: Maybe<string>;
  readonly instructions?: Maybe<string>;
  readonly labels?: Maybe<readonly Label[]>;
  readonly gitHubToken?: Maybe<string>;
  readonly clientTools?: Maybe<readonly ClientToolInput[]>;
  readonly provider?: Maybe<ProviderInput>;
  readonly cloud?: Maybe<CloudInput>;
}

interface ResumeSessionInput extends SessionInput {
  readonly model?: Maybe<string>;
  readonly reasoningEffort?: Maybe<ReasoningEffort>;
  readonly continuePendingWork: boolean;
  readonly gitHubToken?: Maybe<string>;
  readonly provider?: Maybe<ProviderInput>;
}

interface UpdateSessionInput extends SessionInput, SessionUpdate {}

interface UpdateCredentialsInput extends SessionInput {
  readonly gitHubToken: string;
}

interface SetRemoteInput extends SessionInput {
  readonly mode: RemoteMode;
}

interface ForkSessionInput extends SessionInput {
  readonly beforeMessageId?: Maybe<string>;
  readonly title?: Maybe<string>;
}

export interface SessionResult {
  readonly session: SessionSnapshot;
}

export interface CreateSessionResult extends SessionResult {
  readonly created: boolean;
}

const MAX_INSTRUCTIONS_BYTES = 32_768;

export async function createSession(
  input: CreateSessionInput,
  context: Context,
): Promise<CreateSessionResult> {
  validateCreateInput(input, context);
  const { sessions } = context.services;
  const { id, exists } = await allocateSessionId(input.sessionId ?? randomUUID(), context);
  const session = buildNewSession(id, input, context);
  const create = async (): Promise<CreateSessionResult> => {
    if (input.ifExists === 'RESUME') return sessions.createOrResume(session);
    return { session: await sessions.create(session), created: true };
  };
  return exists ? create() : createWithinLimits(context, create);
}

export async function resumeSession(
  { sessionId, ...options }: ResumeSessionInput,
  context: Context,
): Promise<SessionResult> {
  validateModelName(options.model);
  validateAccount(options);
  const provider = validateProvider(options.provider);
  const owned = await requireOwnedSession(sessionId, context);
  return { session: await context.services.sessions.resume(owned, { ...options, provider }) };
}

export async function deleteSession(
  { sessionId }: SessionInput,
  context: Context,
): Promise<{ deletedSessionId: string }> {
  await context.services.sessions.delete(await requireOwnedSession(sessionId, context));
  return { deletedSessionId: sessionId };
}

export async function disconnectSession(
  { sessionId }: SessionInput,
  context: Context,
): Promise<SessionResult> {
  const owned = await requireOwnedSession(sessionId, context);
  return { session: await context.services.sessions.disconnect(owned) };
}

export async function updateSession(
  { sessionId, ...update }: UpdateSessionInput,
  context: Context,
): Promise<SessionResult> {
  validateModelName(update.model);
  if (update.title != null) validateTitle(update.title);
  validateLabels(update.labels ?? []);
  const owned = await requireOwnedSession(sessionId, context);
  return { session: await context.services.sessions.update(owned, update) };
}

export async function updateSessionCredentials(
  { sessionId, gitHubToken }: UpdateCredentialsInput,
  context: Context,
): Promise<SessionResult> {
  validateGitHubToken(gitHubToken);
  const owned = await requireOwnedSession(sessionId, context);
  return { session: await context.services.sessions.updateCredentials(owned, gitHubToken) };
}

export async function setSessionRemote(
  { sessionId, mode }: SetRemoteInput,
  context: Context,
): Promise<SessionResult> {
  const owned = await requireOwnedSession(sessionId, context);
  return { session: await context.services.sessions.setRemoteMode(owned, mode) };
}

export async function forkSession(
  { sessionId, beforeMessageId = null, title = null }: ForkSessionInput,
  context: Context,
): Promise<SessionResult> {
  if (title !== null) validateTitle(title);
  const owned = await requireOwnedSession(sessionId, context);
  const { sessions } = context.services;
  const fork = () => sessions.fork(owned, { beforeMessageId, title });
  return { session: await createWithinLimits(context, fork) };
}

function buildNewSession(
  id: SessionId,
  { ifExists: _ifExists, ...input }: CreateSessionInput,
  { viewer }: Context,
): NewSession {
  return {
    id,
    owner: viewer.owner,
    profile: input.profile ?? DEFAULT_PROFILE_NAME,
    model: input.model ?? null,
    reasoningEffort: input.reasoningEffort ?? null,
    title: input.title ?? null,
    instructions: input.instructions ?? null,
    labels: input.labels ?? [],
    gitHubToken: input.gitHubToken ?? null,
    clientTools: validateClientTools(input.clientTools ?? []),
    provider: validateProvider(input.provider),
    remote: input.remote,
    cloud: validateCloud(input.cloud, input),
  };
}

function validateCreateInput(input: CreateSessionInput, { services }: Context): void {
  if (input.sessionId != null) validateSessionName(input.sessionId);
  validateModelName(input.model);
  requireProfile(input.profile ?? DEFAULT_PROFILE_NAME, services.profiles);
  if (input.title != null) validateTitle(input.title);
  validateByteLength('instructions', input.instructions ?? '', MAX_INSTRUCTIONS_BYTES);
  validateLabels(input.labels ?? []);
  validateAccount(input);
  if (input.provider != null && input.model == null) {
    throw createInputError('model', 'must be given together with provider');
  }
}

function validateModelName(model: Maybe<string>): void {
  if (model === '') throw createInputError('model', 'must not be empty');
}

/** The runtime accepts either a GitHub token or a model provider. */
function validateAccount({
  gitHubToken,
  provider,
}: Pick<CreateSessionInput, 'gitHubToken' | 'provider'>): void {
  if (gitHubToken == null) return;
  validateGitHubToken(gitHubToken);
  if (provider != null) {
    throw createInputError('provider', 'must not be given together with gitHubToken');
  }
}
