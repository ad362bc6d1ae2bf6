import { defineConfig } from 'vitest/config';

import { relayTags } from './test/clients/relay-tags.ts';

const contractTests = 'test/contract/**/*.test.ts';
const browserTests = 'test/browser/**/*.test.ts';
const faultTests = 'test/faults/**/*.test.ts';
const exampleTests = 'test/examples/**/*.test.ts';
const fuzzTests = 'test/fuzz/**/*.test.ts';
const clientTests = 'test/clients/**/*.test.ts';
const deployTests = 'test/deploy/**/*.test.ts';
const cloudTests = 'test/cloud/**/*.test.ts';
const rootFieldCheck = 'test/support/gateway/root-field-check.ts';
const builtGateway = 'test/support/gateway/built-gateway.ts';
const requiredPrograms = 'test/support/environment/required-programs.ts';
const browserSetup = 'test/support/environment/browser.ts';
/** Each test has a gateway of its own and changes nothing else; loading the modules for each file takes minutes. */
const sharedModules = { isolate: false } as const;
const bundled = { kind: 'bundled' } as const;

export default defineConfig({
  resolve: {
    // Without this, test code gets graphql's index.mjs and the packages get its index.js: two
    // copies, and every `instanceof GraphQLError` across them is false.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    environment: 'node',
    // Every wait has a deadline of its own; these are for what hangs without one, on however slow a machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Tests wait more than they work.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [
            contractTests,
            browserTests,
            faultTests,
            exampleTests,
            clientTests,
            deployTests,
            fuzzTests,
            cloudTests,
            'test/cli/**',
          ],
          globalSetup: [requiredPrograms, builtGateway],
          provide: { runtime: bundled },
        },
      },
      {
        extends: true,
        test: {
          name: 'contract',
          include: [contractTests],
          ...sharedModules,
          globalSetup: [builtGateway, rootFieldCheck],
          provide: { runtime: bundled },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [browserTests],
          globalSetup: browserSetup,
          provide: { runtime: bundled },
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: [faultTests],
          globalSetup: builtGateway,
          provide: { runtime: bundled },
        },
      },
      {
        extends: true,
        test: {
          name: 'fuzz',
          include: [fuzzTests],
          globalSetup: builtGateway,
          provide: { runtime: bundled },
        },
      },
      {
        extends: true,
        test: {
          name: 'examples',
          include: [exampleTests],
          globalSetup: requiredPrograms,
          provide: { runtime: bundled },
        },
      },
      {
        extends: true,
        test: {
          name: 'deploy',
          include: [deployTests],
          globalSetup: requiredPrograms,
          provide: { runtime: bundled },
        },
      },
      {
        extends: true,
        test: { name: 'cloud', include: [cloudTests], provide: { runtime: bundled } },
      },
      {
        extends: true,
        plugins: [relayTags()],
        test: {
          name: 'clients',
          include: [clientTests],
          setupFiles: 'test/clients/browser-globals.ts',
          globalSetup: requiredPrograms,
          provide: { runtime: bundled },
        },
      },
      {
        extends: true,
        test: {
          name: 'cli',
          include: [contractTests],
          ...sharedModules,
          globalSetup: ['test/support/runtimes/cli-runtime.ts', builtGateway, rootFieldCheck],
        },
      },
    ],
  },
});
