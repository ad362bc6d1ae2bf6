import type { CodegenConfig } from '@graphql-codegen/cli';
import { printSchema } from 'graphql';

import { schema } from './src/schema/index.ts';

const config: CodegenConfig = {
  schema: printSchema(schema),
  documents: ['test/documents/**/*.graphql', '!test/documents/relay-only/**'],
  importExtension: '.ts',
  generates: {
    'schema.graphql': {
      plugins: ['schema-ast'],
      config: { sort: true },
    },
    'test/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        enumType: 'const',
        useTypeImports: true,
        strictScalars: true,
        scalars: { DateTime: 'string', Cursor: 'string', JSON: 'unknown' },
      },
    },
  },
};

export default config;
