import { realpath } from 'node:fs/promises';

import type { CopilotSession } from '@github/copilot-sdk';

import { createSessionOrigin } from '../../events/event-factory.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import { type Profile, requireSessionProfile } from '../profiles/profiles.ts';
import { parseReasoningEffort } from '../runtime/sdk-values.ts';
import type { SessionServices } from '../services.ts';

interface AttachedSession {
  readonly sdkSession: CopilotSession;
  readonly record: SessionRecord;
}

interface RequestedSettings extends AttachedSession {
  readonly profile: Profile;
  /** Null: the runtime's own. */
  readonly workingDirectory: string | null;
}

type ReportedSettings = Awaited<ReturnType<typeof readReportedSettings>>;
type Tool = NonNullable<ReportedSettings['tools']>[number];

/** Says in the session's log which settings the runtime does not have as they were asked for. */
export async function reportDrift(
  attached: AttachedSession,
  { runtime, profiles, workspaces, logger: logger }: SessionServices,
  log: SessionLog,
): Promise<void> {
  try {
    const profile = requireSessionProfile(attached.record, profiles);
    const workingDirectory = await workspaces.ensureDirectory(attached.record);
    const asked = { ...attached, profile, workingDirectory };
    const settings = listDriftedSettings(
      asked,
      await runtime.call(() => readReportedSettings(asked)),
    );
    if (settings.length === 0) return;
    logger.warn({ sessionId: log.sessionId, settings }, 'settings drift');
    log.append(createSessionOrigin(), {
      type: 'session.warning',
      warningType: 'settings_drift',
      message: `The runtime does not have these settings as they were asked for: ${settings.join(', ')}.`,
      url: null,
    });
  } catch (error) {
    logger.debug({ err: error, sessionId: log.sessionId }, 'settings not verified');
  }
}

async function readReportedSettings({
  sdkSession: { rpc },
  workingDirectory: asked,
}: RequestedSettings) {
  const [model, snapshot, tools, mcp, realDirectory] = await Promise.all([
    rpc.model.getCurrent(),
    rpc.metadata.snapshot(),
    rpc.tools.getCurrentMetadata(),
    rpc.mcp.list(),
    // The runtime may name the folder that a link leads to.
    asked === null ? null : realpath(asked).catch(() => asked),
  ]);
  return { model, snapshot, tools: tools.tools, servers: mcp.servers, realDirectory };
}

/** Names of the settings; what was left to the runtime cannot differ. */
function listDriftedSettings(
  { record, profile, workingDirectory }: RequestedSettings,
  reports: ReportedSettings,
): string[] {
  const model = record.model ?? profile.defaultModel;
  const { reasoningEffort } = record;
  const directory = reports.snapshot.workingDirectory;
  const drifted: readonly [setting: string, isDrifted: boolean][] = [
    ['model', model !== null && reports.model.modelId !== model],
    [
      'reasoningEffort',
      reasoningEffort !== null &&
        parseReasoningEffort(reports.model.reasoningEffort) !== reasoningEffort,
    ],
    [
      'workingDirectory',
      workingDirectory !== null && ![workingDirectory, reports.realDirectory].includes(directory),
    ],
    ['tools', (reports.tools ?? []).some((tool) => !isAllowed(tool, profile.tools))],
    ['mcpServers', Object.keys(profile.mcpServers).some((name) => isMissing(name, reports))],
  ];
  return drifted.filter(([, isDrifted]) => isDrifted).map(([setting]) => setting);
}

/** The runtime does not say which tools are its own and which a client's. */
function isAllowed({ name, mcpServerName }: Tool, patterns: readonly string[]): boolean {
  const sources = mcpServerName === undefined ? ['builtin', 'custom'] : ['mcp'];
  return sources.some(
    (source) => patterns.includes(`${source}:*`) || patterns.includes(`${source}:${name}`),
  );
}

function isMissing(name: string, { servers }: ReportedSettings): boolean {
  const server = servers.find((candidate) => candidate.name === name);
  return server === undefined || ['failed', 'needs-auth', 'disabled'].includes(server.status);
}
