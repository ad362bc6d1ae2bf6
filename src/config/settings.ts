import { z } from 'zod';

import { authSettings } from './auth.ts';
import { httpSettings } from './http.ts';
import { limitSettings } from './limits.ts';
import { runtimeSettings } from './runtime.ts';
import { sessionSettings } from './sessions.ts';
import { trustedDocumentsSettings } from './trusted-documents.ts';

declare module 'zod' {
  interface GlobalMeta {
    /** The default in words, if it depends on other settings. */
    readonly documentedDefault?: string;
  }
}

/**
 * All settings, by the sections of docs/settings.md. A setting is defined in one place, the file of its topic: the
 * zod schema has its format, its default (`prefault`) and its description. The default of a setting that depends on
 * other settings is computed in `to...Config`, and described in words (`documentedDefault`).
 */
export const settingSections = {
  Server: httpSettings,
  'Runtime and models': runtimeSettings,
  Callers: { ...authSettings, ...trustedDocumentsSettings },
  'Sessions and turns': sessionSettings,
  Limits: limitSettings,
} as const satisfies Readonly<Record<string, z.ZodRawShape>>;

export const settingsFormat = z.object({
  ...settingSections.Server,
  ...settingSections['Runtime and models'],
  ...settingSections.Callers,
  ...settingSections['Sessions and turns'],
  ...settingSections.Limits,
});

export type SettingName = keyof typeof settingsFormat.shape;

/** Names that are rejected rather than ignored: an operator who sets one relies on it, often for safety. */
export const unavailableSettings: readonly string[] = ['METRICS_PORT'];

export interface SettingDocumentation {
  readonly name: SettingName;
  /** The default as an environment variable, in words if it depends on other settings, or `-` for none. */
  readonly default: string;
  readonly description: string;
}

export const settings: readonly SettingDocumentation[] = (
  Object.keys(settingsFormat.shape) as SettingName[]
).map((name) => {
  const schema: z.ZodType = settingsFormat.shape[name];
  const { documentedDefault, description = '' } = schema.meta() ?? {};
  return { name, default: documentedDefault ?? findDefault(schema) ?? '-', description };
});

function findDefault(schema: z.ZodType): string | undefined {
  return schema instanceof z.ZodPrefault ? String(schema.def.defaultValue) : undefined;
}
