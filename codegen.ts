import type { CodegenConfig } from '@graphql-codegen/cli';
import { printSchema } from 'graphql';

import { schema } from './src/schema/index.ts';

const types = {
  enumType: 'const',
  useTypeImports: true,
  strictScalars: true,
  scalars: { DateTime: 'string', Cursor: 'string', JSON: 'unknown' },
} as const;

const config: CodegenConfig = {
  schema: printSchema(schema),
  importExtension: '.ts',
  generates: {
    'schema.graphql': {
      plugins: ['schema-ast'],
      config: { sort: true },
    },
    'test/generated/possible-types.ts': {
      plugins: ['fragment-matcher'],
    },
    'test/generated/': {
      documents: ['test/documents/**/*.graphql', '!test/documents/relay-only/**'],
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: types,
    },
    // Types the operations of the tests, so that a breaking change of the schema is a compile error in a test.
    'test/generated/operations/': {
      documents: [
        'test/{support,contract,cloud,faults}/**/*.ts',
        'test/support/operations/fragments.graphql',
      ],
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { ...types, documentMode: 'string', immutableTypes: true },
    },
    'examples/generated/': {
      documents: ['examples/**/*.graphql'],
      preset: 'client',
      // The manifest for TRUSTED_DOCUMENTS_FILE.
      presetConfig: { fragmentMasking: false, persistedDocuments: true },
      config: { ...types, documentMode: 'string' },
    },
  },
};

export default config;
