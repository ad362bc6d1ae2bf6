import { randomUUID } from 'node:crypto';

import { DEFAULT_PROFILE } from '../copilot/profiles/profiles.ts';
import type { NewSession } from '../copilot/sessions/new-session.ts';
import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { createOrResume } from '../copilot/sessions/sessions.ts';
import type { Label, ReasoningEffort, RemoteMode } from '../store/session-directory.ts';
import { checkClientTools, type ClientToolInput } from './client-tools.ts';
import { checkCloud, type CloudInput } from './cloud.ts';
import type { Context } from './context.ts';
import {
  badInput,
  checkBytes,
  checkGitHubToken,
  checkLabels,
  checkSessionId,
  checkTitle,
  profileNamed,
} from './input.ts';
import { newSessionId, ownedSession } from './ownership.ts';
import { checkProvider, type ProviderInput } from './provider.ts';
import { makeWithinLimit } from './session-limit.ts';

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

export interface CreatedSession {
  readonly session: SessionSnapshot;
  readonly created: boolean;
}

const MAX_INSTRUCTIONS_BYTES = 32_768;

export async function createSession(
  input: CreateSessionInput,
  context: Context,
): Promise<CreatedSession> {
  checkCreateInput(input, context);
  const { sessions } = context.services;
  const session = await newSession(input, context);
  const make = async (): Promise<CreatedSession> => {
    if (input.ifExists === 'RESUME') return createOrResume(session, sessions);
    return { session: await sessions.create(session), created: true };
  };
  return (await sessions.look(session.id)) ? make() : makeWithinLimit(context, make);
}

async function newSession(
  { sessionId, ifExists: _ifExists, ...input }: CreateSessionInput,
  context: Context,
): Promise<NewSession> {
  return {
    id: await newSessionId(sessionId ?? randomUUID(), context),
    owner: context.viewer.owner,
    profile: input.profile ?? DEFAULT_PROFILE,
    model: input.model ?? null,
    reasoningEffort: input.reasoningEffort ?? null,
    title: input.title ?? null,
    instructions: input.instructions ?? null,
    labels: input.labels ?? [],
    gitHubToken: input.gitHubToken ?? null,
    clientTools: checkClientTools(input.clientTools ?? []),
    provider: checkProvider(input.provider),
    remote: input.remote,
    cloud: checkCloud(input.cloud, { ...input, sessionId }),
  };
}

export async function resumeSession(
  input: ResumeSessionInput,
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  if (input.model === '') throw badInput('model', 'must not be empty');
  checkAccount(input);
  const { sessionId, ...options } = input;
  const provider = checkProvider(input.provider);
  const id = await ownedSession(sessionId, context);
  return { session: await context.services.sessions.resume(id, { ...options, provider }) };
}

export async function deleteSession(
  { sessionId }: { sessionId: string },
  context: Context,
): Promise<{ deletedSessionId: string }> {
  await context.services.sessions.delete(await ownedSession(sessionId, context));
  return { deletedSessionId: sessionId };
}

export async function disconnectSession(
  { sessionId }: { sessionId: string },
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  const id = await ownedSession(sessionId, context);
  return { session: await context.services.sessions.disconnect(id) };
}

function checkCreateInput(input: CreateSessionInput, { services }: Context): void {
  if (input.sessionId != null) checkSessionId(input.sessionId);
  if (input.model === '') throw badInput('model', 'must not be empty');
  profileNamed(input.profile ?? DEFAULT_PROFILE, services.profiles);
  if (input.title != null) checkTitle(input.title);
  checkBytes('instructions', input.instructions ?? '', MAX_INSTRUCTIONS_BYTES);
  checkLabels(input.labels ?? []);
  checkAccount(input);
  if (input.provider != null && input.model == null) {
    throw badInput('model', 'needed with a provider of your own');
  }
}

/** The runtime takes only one of the two. */
function checkAccount({
  gitHubToken,
  provider,
}: Pick<CreateSessionInput, 'gitHubToken' | 'provider'>): void {
  if (gitHubToken == null) return;
  checkGitHubToken(gitHubToken);
  if (provider != null) throw badInput('provider', 'takes no gitHubToken beside it');
}
