import { randomUUID } from 'node:crypto';

import { DEFAULT_PROFILE_NAME } from '../copilot/profiles/profiles.ts';
import type { NewSession } from '../copilot/sessions/new-session.ts';
import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { createOrResume } from '../copilot/sessions/sessions.ts';
import type { Label, ReasoningEffort, RemoteMode } from '../store/session-directory.ts';
import { validateClientTools, type ClientToolInput } from './client-tools.ts';
import { validateCloud, type CloudInput } from './cloud.ts';
import type { Context } from './context.ts';
import {
  createInputError,
  validateByteLength,
  validateGitHubToken,
  validateLabels,
  validateSessionName,
  validateTitle,
  requireProfile,
} from './input.ts';
import { allocateSessionId, requireOwnedSession } from './ownership.ts';
import { validateProvider, type ProviderInput } from './provider.ts';
import { createWithinLimits } from './session-limit.ts';

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
  return (await sessions.findRecordUnchecked(session.id)) ? create() : createWithinLimits(context, create);
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
