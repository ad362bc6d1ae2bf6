import { isAbsolute } from 'node:path';

import { z } from 'zod';

import { duration, httpUrl } from './formats.ts';

/** The value of an environment variable; undefined when it is not set. */
export type VariableLookup = (variable: string) => string | undefined;

const TOOL_PATTERN = /^(builtin|mcp|custom):(\*|[A-Za-z0-9_.-]+)$/;
const NAME_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;
/** Names of variables and headers whose values must not be in the file. */
const SECRET_NAME = /authorization|cookie|token|key|secret|password/i;

const name = z.string().regex(NAME_PATTERN, 'must be 1 to 64 of the characters A-Z a-z 0-9 _ -');
const text = z.string().min(1, 'must not be empty');
const path = text.refine(isAbsolute, 'must be an absolute path');
const effort = z.enum(['LOW', 'MEDIUM', 'HIGH', 'XHIGH', 'MAX']);
const permissionKind = z.enum([
  'SHELL',
  'WRITE',
  'READ',
  'MCP',
  'CUSTOM_TOOL',
  'URL',
  'MEMORY',
  'HOOK',
  'OTHER',
]);

const model = z
  .union([
    text.transform((modelName) => ({ name: modelName })),
    z.strictObject({
      name: text,
      displayName: text.optional().describe('Name that is shown to users; by default the name.'),
      vision: z.boolean().optional().describe('Whether the model accepts images.'),
      contextWindow: z
        .int()
        .positive()
        .optional()
        .describe('Size of the context window in tokens.'),
      reasoningEfforts: z
        .array(effort)
        .optional()
        .describe('Accepted reasoning efforts; by default all.'),
      defaultReasoningEffort: effort.optional(),
    }),
  ])
  .describe(
    "A model's name, or its name and properties. The properties are used with a provider only.",
  );

const workingDirectory = z
  .union([
    z.enum(['fresh', 'runtime']),
    z.strictObject({ shared: path }).transform(({ shared }) => shared),
  ])
  .describe(
    "fresh: a new directory for each session, deleted with the session; runtime: the runtime's own working directory; shared: this directory, for all sessions.",
  );

const permissions = z.strictObject({
  mode: z
    .enum(['ask', 'reject'])
    .default('ask')
    .describe(
      'What happens to a tool call that needs permission: the client is asked, or the call is rejected.',
    ),
  allow: z
    .array(permissionKind)
    .default([])
    .describe('Kinds of permission that are granted without asking.'),
});

const systemMessage = z.strictObject({
  mode: z
    .enum(['append', 'replace'])
    .default('append')
    .describe("Whether the content is added to the runtime's own system message, or replaces it."),
  content: text,
});

function createSecretFormat(lookup: VariableLookup) {
  const variable = z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable');
  return z
    .strictObject({ env: variable })
    .transform(({ env }, context) => {
      const value = lookup(env);
      if (value !== undefined) return value;
      context.addIssue(`the environment variable ${env} is not set`);
      return z.NEVER;
    })
    .describe('A secret: the name of the environment variable that holds it.');
}

/** Texts by the name of a header or an environment variable. */
function createNamedTextsFormat(secret: ReturnType<typeof createSecretFormat>) {
  const value = z.union([
    z.string().transform((plain) => ({ value: plain, isReference: false })),
    secret.transform((referred) => ({ value: referred, isReference: true })),
  ]);
  return z
    .record(text, value)
    .superRefine((values, context) => {
      for (const [key, { isReference }] of Object.entries(values)) {
        if (isReference || !SECRET_NAME.test(key)) continue;
        const message = 'must be a reference such as { "env": "NAME" }';
        context.addIssue({ code: 'custom', path: [key], message });
      }
    })
    .transform((values) =>
      Object.fromEntries(Object.entries(values).map(([key, { value: plain }]) => [key, plain])),
    );
}

function createMcpServerFormat(secret: ReturnType<typeof createSecretFormat>) {
  return z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('stdio'),
      command: text.describe("A program on the runtime's machine."),
      args: z.array(z.string()).default([]),
      env: createNamedTextsFormat(secret)
        .prefault({})
        .describe("Added to the program's environment."),
    }),
    z.strictObject({
      type: z.literal('http'),
      url: httpUrl,
      headers: createNamedTextsFormat(secret).prefault({}).describe('Sent with each request.'),
    }),
  ]);
}

function createProviderFormat(secret: ReturnType<typeof createSecretFormat>) {
  return z.strictObject({
    type: z.enum(['openai', 'azure', 'anthropic']).default('openai'),
    baseUrl: httpUrl,
    apiKey: secret.optional(),
    bearerToken: secret.optional().describe('Sent instead of the API key.'),
    wireApi: z.enum(['completions', 'responses']).optional(),
    azureApiVersion: text.optional(),
  });
}

const allowances = {
  allowsOwnProvider: z
    .boolean()
    .default(false)
    .describe('Whether clients may supply a model provider for a session.'),
  allowsCloud: z
    .boolean()
    .default(false)
    .describe('Whether sessions may run on GitHub-hosted compute.'),
  allowsRemote: z
    .boolean()
    .default(false)
    .describe('Whether sessions may be shared on GitHub, which then stores their content.'),
};

function createProfileFormat(lookup: VariableLookup) {
  const secret = createSecretFormat(lookup);
  return z.strictObject({
    description: text.optional().describe('Description that is shown to users.'),
    provider: createProviderFormat(secret)
      .optional()
      .describe(
        'Model provider; by default the one of PROVIDER_BASE_URL, else the GitHub account.',
      ),
    models: z
      .array(model)
      .min(1, 'must name at least one')
      .optional()
      .describe('Models that sessions may use; by default all models of the account.'),
    defaultModel: text
      .optional()
      .describe('Model of sessions that name none; by default the first of models.'),
    tools: z
      .array(
        z.string().regex(TOOL_PATTERN, 'must be builtin:, mcp: or custom: and a tool name or *'),
      )
      .default([])
      .describe(
        'Tools that the agent may use: builtin:, mcp: or custom: (tools of the client) and a name or *.',
      ),
    mcpServers: z.record(name, createMcpServerFormat(secret)).prefault({}),
    systemMessage: systemMessage.optional(),
    workingDirectory: workingDirectory.prefault('fresh'),
    permissions: permissions.default({ mode: 'ask', allow: [] }),
    requestTimeout: duration
      .prefault('10m')
      .describe('How long a request waits for the response of a client, such as 30s or 10m.'),
    ...allowances,
  });
}

/** Creates the format of the whole file, which names the variables of secrets and contains no secret. */
export function createProfilesFormat(lookup: VariableLookup) {
  return z.strictObject({
    $schema: z.string().optional().describe('URL or path of this schema.'),
    profiles: z
      .record(name, createProfileFormat(lookup).superRefine(addContradictions))
      .refine((profiles) => 'default' in profiles, 'must contain a profile named default'),
  });
}

export type ProfileConfig = z.output<ReturnType<typeof createProfileFormat>>;

function addContradictions(given: ProfileConfig, context: z.RefinementCtx): void {
  const names = given.models?.map((known) => known.name) ?? [];
  const servers = Object.keys(given.mcpServers);
  const rules: [key: keyof ProfileConfig, isBroken: boolean, message: string][] = [
    [
      'models',
      given.provider !== undefined && names.length === 0 && given.defaultModel === undefined,
      'required with provider',
    ],
    [
      'defaultModel',
      given.defaultModel !== undefined && names.length > 0 && !names.includes(given.defaultModel),
      'must be one of models',
    ],
    [
      'mcpServers',
      servers.length > 0 && !given.tools.some((tool) => tool.startsWith('mcp:')),
      'no tool of these servers can be used: tools has no mcp: pattern',
    ],
    [
      'tools',
      given.tools.some((tool) => tool.startsWith('mcp:') && !isServerPattern(tool, servers)),
      'mcp: patterns must be mcp:* or mcp:<server>-<tool> with the name of one of mcpServers',
    ],
  ];
  for (const [key, isBroken, message] of rules) {
    if (isBroken) context.addIssue({ code: 'custom', path: [key], message });
  }
}

function isServerPattern(pattern: string, servers: readonly string[]): boolean {
  if (pattern === 'mcp:*') return servers.length > 0;
  return servers.some((server) => pattern.startsWith(`mcp:${server}-`));
}
