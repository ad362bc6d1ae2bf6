import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import checkFile from 'eslint-plugin-check-file';
import simpleImportSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

const noDefaultExport = [
  'ExportDefaultDeclaration',
  'ExportSpecifier[exported.name="default"]',
].map((selector) => ({ selector, message: 'Export by name; only config files export a default.' }));

const noEnvironment = [
  'MemberExpression[object.name="process"][property.name="env"]',
  'MemberExpression[object.name="process"][property.value="env"]',
  'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]',
  'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]',
].map((selector) => ({ selector, message: 'Only src/config reads the environment.' }));

const noWorkInSchema = [
  {
    selector: 'AwaitExpression',
    message: 'src/schema declares; awaiting belongs in src/resolvers/<noun>.ts.',
  },
  {
    selector: 'IfStatement',
    message: 'src/schema declares; a decision belongs in src/resolvers/<noun>.ts.',
  },
  {
    selector: 'TryStatement',
    message: 'src/schema declares; failures become codes in src/resolvers/errors.ts.',
  },
];

const noGraphQLError = [
  {
    selector: 'NewExpression[callee.name="GraphQLError"]',
    message: 'Throw a domain error; src/resolvers/errors.ts turns it into a GraphQLError.',
  },
];

// A later rule entry replaces an earlier one whole, so each scope lists all that holds in it.
const restrict = (...lists) => ({ 'no-restricted-syntax': ['error', ...lists.flat()] });

export default defineConfig(
  globalIgnores([
    'dist/',
    'test/generated/',
    'examples/generated/',
    'node_modules/',
    '.copilot-gateway/',
  ]),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'check-file': checkFile, 'simple-import-sort': simpleImportSort },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { requireDefaultForNonUnion: true },
      ],
      // As the compiler sees it: an underscore says that a parameter is unused on purpose.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      'max-depth': ['error', 3],
      complexity: ['error', 10],
      'check-file/filename-naming-convention': [
        'error',
        {
          '**/!(migrations)/*.ts': 'KEBAB_CASE',
          '*.ts': 'KEBAB_CASE',
          '**/migrations/*.ts': '?(+([0-9])-)+([a-z-])',
        },
        { ignoreMiddleExtensions: true },
      ],
      'check-file/folder-naming-convention': [
        'error',
        { '{src,test,demo,bench,examples,scripts}/**/': 'KEBAB_CASE' },
      ],
      'simple-import-sort/imports': 'error',
      'simple-import-sort/exports': 'error',
      ...restrict(noDefaultExport, noEnvironment),
    },
  },
  {
    files: ['src/schema/**/*.ts'],
    rules: {
      ...restrict(noDefaultExport, noEnvironment, noWorkInSchema),
      // A type's list of fields is a declaration, however long.
      'max-lines-per-function': 'off',
    },
  },
  {
    files: ['src/resolvers/**/*.ts'],
    ignores: ['src/resolvers/errors.ts'],
    rules: restrict(noDefaultExport, noEnvironment, noGraphQLError),
  },
  {
    files: ['src/resolvers/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@pothos/*'],
              message: 'A resolver is a plain function; the builder belongs in src/schema.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/config/config.ts', '{demo,test,bench,examples,scripts}/**/*.ts'],
    rules: restrict(noDefaultExport),
  },
  {
    files: ['codegen.ts', 'vitest.config.ts'],
    rules: restrict(noEnvironment),
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      'max-params': ['error', 4],
      'max-depth': ['error', 4],
      // Fakes implement asynchronous interfaces, and an index that is wrong fails the test anyway.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly' } },
    plugins: { 'simple-import-sort': simpleImportSort },
    rules: { 'simple-import-sort/imports': 'error' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { module: 'writable', require: 'readonly' },
    },
  },
);
