import { realpath } from 'node:fs/promises';

import { createSessionOrigin } from '../../events/event-factory.ts';
import type { SessionLog } from '../../events/session-log.ts';
import { type Profile, requireSessionProfile } from '../profiles/profiles.ts';
import { parseReasoningEffort } from '../runtime/sdk-values.ts';
import type { SessionServices } from '../services.ts';
import type { AttachedSession } from './sharing.ts';

interface RequestedSettings extends AttachedSession {
  readonly profile: Profile;
  /** Null: that of the runtime. */
  readonly workingDirectory: string | null;
}

type ReportedSettings = Awaited<ReturnType<typeof readReportedSettings>>;
type Tool = NonNullable<ReportedSettings['tools']>[number];

/** Compares the settings that the runtime reports with those of the session, and appends a warning that names the differences. */
export async function reportDrift(
  attached: AttachedSession,
  { runtime, profiles, workspaces, logger }: SessionServices,
  log: SessionLog,
): Promise<void> {
  try {
    const profile = requireSessionProfile(attached.record, profiles);
    const workingDirectory = await workspaces.ensureDirectory(attached.record);
    const requested = { ...attached, profile, workingDirectory };
    const settings = listDriftedSettings(
      requested,
      await runtime.call(() => readReportedSettings(requested)),
    );
    if (settings.length === 0) return;
    logger.warn({ sessionId: log.sessionId, settings }, 'settings drift');
    log.append(createSessionOrigin(), {
      type: 'session.warning',
      warningType: 'settings_drift',
      message: `The runtime uses other values for these settings: ${settings.join(', ')}.`,
      url: null,
    });
  } catch (error) {
    logger.debug({ err: error, sessionId: log.sessionId }, 'failed to verify settings');
  }
}

async function readReportedSettings({ sdkSession: { rpc }, workingDirectory }: RequestedSettings) {
  const [model, snapshot, tools, mcp, realDirectory] = await Promise.all([
    rpc.model.getCurrent(),
    rpc.metadata.snapshot(),
    rpc.tools.getCurrentMetadata(),
    rpc.mcp.list(),
    // The runtime may report the target of a symbolic link.
    workingDirectory === null ? null : realpath(workingDirectory).catch(() => workingDirectory),
  ]);
  return { model, snapshot, tools: tools.tools, servers: mcp.servers, realDirectory };
}

/** Returns the names of the settings that differ. A setting that is left to the runtime cannot differ. */
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

/** The runtime does not report which tools are built in and which are client tools. */
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
