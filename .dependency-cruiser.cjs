/**
 * Who may import whom, from top to bottom. A layer imports values only of the layers under `values`,
 * and types of these and of the layers under `types`. `main.ts` and `compose.ts` put everything together.
 */
const layers = {
  server: {
    values: [
      'schema/index',
      'resolvers/context',
      'resolvers/errors',
      'admission/',
      'auth/',
      'net/',
      'timing/',
    ],
    types: ['config/'],
  },
  schema: {
    values: ['resolvers/', 'events/ids', 'errors/error-codes'],
    types: ['copilot/', 'events/', 'store/', 'auth/'],
  },
  resolvers: {
    values: ['copilot/', 'events/', 'store/', 'auth/', 'errors/'],
    types: ['admission/'],
  },
  admission: { values: ['events/', 'errors/'], types: ['auth/', 'config/'] },
  copilot: {
    values: ['events/', 'store/', 'errors/', 'net/', 'timing/'],
    types: ['auth/', 'config/'],
  },
  store: { values: ['events/ids'], types: ['events/', 'errors/'] },
  events: { values: ['errors/'], types: [] },
  auth: { values: [], types: [] },
  errors: { values: [], types: [] },
  net: { values: [], types: [] },
  timing: { values: [], types: [] },
  config: { values: ['net/', 'timing/'], types: ['auth/', 'copilot/', 'admission/'] },
  lifecycle: { values: ['errors/'], types: [] },
};

/**
 * The sub-layers of a layer, from top to bottom: a directory imports what stands below it, never what
 * stands above it. Modules that lie in the layer itself are named with their place in the order.
 */
const subLayers = {
  copilot: [
    'sessions/',
    'session/',
    'sending/',
    'link/',
    'requests/',
    'history/',
    'projections/',
    'translate/',
    'services',
    'profiles/',
    'runtime/',
  ],
  server: ['gateway', 'health', 'websocket/', 'yoga', 'http/', 'operations/', 'connections/'],
};

const packageOwners = [
  {
    folder: 'server',
    packages: ['graphql-yoga', '@graphql-yoga/[^/]+', 'graphql-ws', 'ws'],
  },
  { folder: '(server|copilot|events)', packages: ['lru-cache'] },
  { folder: 'schema', packages: ['@pothos/[^/]+', 'graphql-scalars'] },
  { folder: 'copilot', packages: ['@github/copilot-sdk', 'ajv', 'async-mutex'] },
  { folder: 'store', packages: ['libsql'] },
  { folder: 'auth', packages: ['jose'] },
  { folder: 'admission', packages: ['rate-limiter-flexible'] },
];

/** Matches a source path: a folder (`auth/`) or one module (`config`). */
const source = (name) => `^src/${name}${name.endsWith('/') ? '' : '\\.ts$'}`;

/** Matches a package wherever it is installed, its type declarations, and its bare name if it is not installed. */
const installed = (name) => `(^|node_modules/)(@types/)?${name}(/|$)`;

const layerRules = Object.entries(layers).flatMap(([layer, { values, types }]) => {
  const from = { path: `^src/${layer}/` };
  const own = `^src/${layer}/`;
  return [
    {
      name: `${layer}-values`,
      comment: `src/${layer} may import values only of: ${values.join(', ') || 'itself'}`,
      severity: 'error',
      from,
      to: {
        path: '^src/',
        pathNot: [own, ...values.map(source)],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: `${layer}-types`,
      comment: `src/${layer} may import types only of: ${[...values, ...types].join(', ') || 'itself'}`,
      severity: 'error',
      from,
      to: {
        path: '^src/',
        pathNot: [own, ...values.map(source), ...types.map(source)],
        dependencyTypes: ['type-only'],
      },
    },
  ];
});

const subLayerRules = Object.entries(subLayers).flatMap(([layer, parts]) =>
  parts.slice(1).map((part, index) => {
    const above = parts.slice(0, index + 1);
    return {
      name: `${layer}-${part.replace('/', '')}-upward`,
      comment: `src/${layer}/${part} must not import what stands above it: ${above.join(', ')}`,
      severity: 'error',
      from: { path: source(`${layer}/${part}`) },
      to: { path: above.map((name) => source(`${layer}/${name}`)) },
    };
  }),
);

const packageRules = packageOwners.map(({ folder, packages }) => ({
  name: `package-of-${folder}`,
  comment: `Only src/${folder} (and main) may import ${packages.join(', ')}`,
  severity: 'error',
  from: { path: '^src/', pathNot: [`^src/${folder}/`, '^src/main\\.ts$'] },
  to: { path: packages.map(installed) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    ...subLayerRules,
    ...packageRules,
    {
      name: 'package-graphql',
      comment: 'graphql is for schema, server, resolvers/errors.ts (and main)',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/(schema|server)/', '^src/resolvers/errors\\.ts$', '^src/main\\.ts$'],
      },
      to: { path: installed('graphql') },
    },
    {
      name: 'package-pino',
      comment:
        'lifecycle/logger.ts and log-destination.ts create the logger; all other modules receive it and import its type only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/lifecycle/log(ger|-destination)?\\.ts$' },
      to: { path: installed('pino'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'events-node-only',
      comment: 'src/events uses node builtins, lru-cache and its own modules only',
      severity: 'error',
      from: { path: '^src/events/' },
      to: { pathNot: ['^src/', installed('lru-cache')], dependencyTypesNot: ['core'] },
    },
    {
      name: 'nobody-imports-main',
      comment: 'main is the composition root; importing it would start a gateway',
      severity: 'error',
      from: {},
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: 'src-stands-alone',
      comment: 'What ships must not need what surrounds it',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|demo|bench|examples|scripts|codegen\\.ts|vitest\\.config\\.ts)' },
    },
    {
      name: 'examples-stand-alone',
      comment: 'An example is a client: what it knows of the gateway is the schema',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '^(src|test|demo|bench|scripts)/' },
    },
    {
      name: 'no-development-packages',
      comment: 'src runs after an install without development dependencies',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'The package that is excepted has types only, and no module',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@graphql-typed-document-node/core$' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nothing imports and that imports nothing',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(src|test|demo|bench|examples|scripts)/',
        pathNot: '\\.d\\.ts$',
      },
      to: {},
    },
    {
      name: 'no-dead-modules',
      comment: 'A source module that only tests import, or nothing at all, does not ship',
      severity: 'error',
      from: { path: '^src/' },
      module: { path: '^src/', pathNot: '^src/main\\.ts$', numberOfDependentsLessThan: 1 },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^(test|examples)/generated/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
