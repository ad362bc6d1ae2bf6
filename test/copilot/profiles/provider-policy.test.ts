import { describe, expect, it } from 'vitest';

import { loadConfig } from '../../../src/config/config.ts';
import { createProfiles } from '../../../src/copilot/profiles/profiles.ts';
import { checkOwnProvider } from '../../../src/copilot/profiles/provider-policy.ts';
import { GatewayError } from '../../../src/errors/gateway-error.ts';

/** Returns null when the URL is allowed, else the code of the error. */
function checkUrl(baseUrl: string, env: NodeJS.ProcessEnv): string | null {
  const config = loadConfig(env);
  const [profile] = createProfiles(config);
  if (!profile) throw new Error('there is always a profile');
  try {
    checkOwnProvider({ baseUrl }, { ...profile, allowsOwnProvider: true }, config.runtime);
    return null;
  } catch (error) {
    if (error instanceof GatewayError) return error.code;
    throw error;
  }
}

const listed = {
  PROVIDER_HOSTS:
    'models.example.com, *.azure.example, 10.0.0.5:8443, 127.0.0.1:11434, localhost, [::1]',
};

describe('with PROVIDER_HOSTS', () => {
  it.each([
    'https://models.example.com/v1',
    'https://models.example.com:8443',
    'https://MODELS.example.com',
    'https://one.azure.example',
    'https://a.b.azure.example/openai',
    'https://10.0.0.5:8443/v1',
    'https://0x0a.5:8443/v1',
    'http://127.0.0.1:11434/v1',
    'http://localhost:1',
    'http://[::1]:9000',
    'http://[0:0:0:0:0:0:0:1]',
  ])('%s is allowed', (baseUrl) => {
    expect(checkUrl(baseUrl, listed)).toBeNull();
  });

  it.each([
    'https://example.com',
    'https://models.example.com.evil.example',
    'https://evil-models.example.com',
    'https://azure.example',
    'https://evilazure.example',
    'https://10.0.0.5',
    'https://10.0.0.6:8443',
    'http://127.0.0.1:11435',
    'http://127.0.0.2:11434',
    'https://169.254.169.254/latest',
    'https://[::ffff:127.0.0.1]:11434',
    'https://localhost.',
    'https://8.8.8.8',
  ])('%s is rejected', (baseUrl) => {
    expect(checkUrl(baseUrl, listed)).toBe('POLICY_BLOCKED');
  });

  it.each(['http://models.example.com', 'http://one.azure.example', 'http://10.0.0.5:8443'])(
    '%s requires https',
    (baseUrl) => {
      expect(checkUrl(baseUrl, listed)).toBe('BAD_USER_INPUT');
    },
  );
});

describe('without it, on loopback with AUTH=none', () => {
  it.each([
    'https://models.example.com/v1',
    'https://8.8.8.8',
    'https://[2606:4700::1111]',
    'https://172.32.0.1',
  ])('%s is allowed', (baseUrl) => {
    expect(checkUrl(baseUrl, {})).toBeNull();
  });

  it.each([
    ...['https://127.0.0.1', 'https://127.1', 'https://2130706433', 'https://0.0.0.0'],
    ...['https://10.1.2.3', 'https://172.16.0.1', 'https://172.31.255.255', 'https://192.168.1.1'],
    ...['https://169.254.169.254', 'https://100.64.0.1', 'https://224.0.0.1', 'https://[::]'],
    ...['https://[::1]', 'https://[::ffff:10.0.0.1]', 'https://[fd00::1]', 'https://[fe80::1]'],
    ...['https://[64:ff9b::7f00:1]', 'https://[2002:7f00:1::]', 'https://[2001:0:1::]'],
    ...['https://localhost', 'https://a.localhost', 'https://localhost.', 'https://intranet'],
    ...['https://models.internal', 'https://printer.local', 'https://nas.lan'],
  ])('%s is rejected', (baseUrl) => {
    expect(checkUrl(baseUrl, {})).toBe('POLICY_BLOCKED');
  });

  it('http is rejected', () => {
    expect(checkUrl('http://models.example.com', {})).toBe('BAD_USER_INPUT');
  });
});

it.each([
  { AUTH: 'none', HOST: '0.0.0.0', ALLOW_INSECURE: '1' },
  { AUTH: 'github', ALLOWED_VIEWERS: '*' },
])('without it, where others can call, every host is rejected: %o', (env) => {
  expect(checkUrl('https://models.example.com', env)).toBe('POLICY_BLOCKED');
});
