import { randomUUID } from 'node:crypto';

import { DEFAULT_PROFILE_NAME } from '../copilot/profiles/profiles.ts';
import type { NewSession } from '../copilot/sessions/new-session.ts';
import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { createOrResume } from '../copilot/sessions/sessions.ts';
import type { SessionUpdate } from '../copilot/sessions/update-session.ts';
import { createInputError } from '../errors/common-errors.ts';
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

interface ResumeSessionInput {
  readonly sessionId: string;
  readonly model?: Maybe<string>;
  readonly reasoningEffort?: Maybe<ReasoningEffort>;
  readonly continuePendingWork: boolean;
  readonly gitHubToken?: Maybe<string>;
  readonly provider?: Maybe<ProviderInput>;
}

export interface CreateSessionResult {
  readonly session: SessionSnapshot;
  readonly created: boolean;
}

const MAX_INSTRUCTIONS_BYTES = 32_768;

export async function createSession(
  input: CreateSessionInput,
  context: Context,
): Promise<CreateSessionResult> {
  validateCreateInput(input, context);
  const { sessions } = context.services;
  const session = await toNewSession(input, context);
  const create = async (): Promise<CreateSessionResult> => {
    if (input.ifExists === 'RESUME') return createOrResume(session, sessions);
    return { session: await sessions.create(session), created: true };
  };
  return (await sessions.findRecordUnchecked(session.id))
    ? create()
    : createWithinLimits(context, create);
}

async function toNewSession(
  { sessionId, ifExists: _ifExists, ...input }: CreateSessionInput,
  context: Context,
): Promise<NewSession> {
  return {
    id: await allocateSessionId(sessionId ?? randomUUID(), context),
    owner: context.viewer.owner,
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
    cloud: validateCloud(input.cloud, { ...input, sessionId }),
  };
}

export async function resumeSession(
  input: ResumeSessionInput,
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  if (input.model === '') throw createInputError('model', 'must not be empty');
  validateAccount(input);
  const { sessionId, ...options } = input;
  const provider = validateProvider(input.provider);
  const id = await requireOwnedSession(sessionId, context);
  return { session: await context.services.sessions.resume(id, { ...options, provider }) };
}

export async function deleteSession(
  { sessionId }: { sessionId: string },
  context: Context,
): Promise<{ deletedSessionId: string }> {
  await context.services.sessions.delete(await requireOwnedSession(sessionId, context));
  return { deletedSessionId: sessionId };
}

export async function disconnectSession(
  { sessionId }: { sessionId: string },
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  const id = await requireOwnedSession(sessionId, context);
  return { session: await context.services.sessions.disconnect(id) };
}

function validateCreateInput(input: CreateSessionInput, { services }: Context): void {
  if (input.sessionId != null) validateSessionName(input.sessionId);
  if (input.model === '') throw createInputError('model', 'must not be empty');
  requireProfile(input.profile ?? DEFAULT_PROFILE_NAME, services.profiles);
  if (input.title != null) validateTitle(input.title);
  validateByteLength('instructions', input.instructions ?? '', MAX_INSTRUCTIONS_BYTES);
  validateLabels(input.labels ?? []);
  validateAccount(input);
  if (input.provider != null && input.model == null) {
    throw createInputError('model', 'needed with a provider of your own');
  }
}

/** The runtime takes only one of the two. */
function validateAccount({
  gitHubToken,
  provider,
}: Pick<CreateSessionInput, 'gitHubToken' | 'provider'>): void {
  if (gitHubToken == null) return;
  validateGitHubToken(gitHubToken);
  if (provider != null) throw createInputError('provider', 'takes no gitHubToken beside it');
}

interface UpdateSessionInput extends SessionUpdate {
  readonly sessionId: string;
}

export async function updateSession(
  { sessionId, ...update }: UpdateSessionInput,
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  if (update.model === '') throw createInputError('model', 'must not be empty');
  if (update.title != null) validateTitle(update.title);
  validateLabels(update.labels ?? []);
  const id = await requireOwnedSession(sessionId, context);
  return { session: await context.services.sessions.update(id, update) };
}

export async function updateSessionCredentials(
  { sessionId, gitHubToken }: { readonly sessionId: string; readonly gitHubToken: string },
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  validateGitHubToken(gitHubToken);
  const id = await requireOwnedSession(sessionId, context);
  return { session: await context.services.sessions.updateCredentials(id, gitHubToken) };
}

export async function setSessionRemote(
  { sessionId, mode }: { readonly sessionId: string; readonly mode: RemoteMode },
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  const id = await requireOwnedSession(sessionId, context);
  return { session: await context.services.sessions.setRemoteMode(id, mode) };
}

interface ForkSessionInput {
  readonly sessionId: string;
  readonly beforeMessageId?: string | null | undefined;
  readonly title?: string | null | undefined;
}

export async function forkSession(
  { sessionId, beforeMessageId = null, title = null }: ForkSessionInput,
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  if (title !== null) validateTitle(title);
  const id = await requireOwnedSession(sessionId, context);
  const { sessions } = context.services;
  const fork = () => sessions.fork(id, { beforeMessageId, title });
  return { session: await createWithinLimits(context, fork) };
}
