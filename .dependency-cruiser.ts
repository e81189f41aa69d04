import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser'

/** Tests, test builders and browser fixtures may reach further than the code they prove. */
const TESTS = '[.]test[.]tsx?$|^packages/[^/]+/src/testing/'
const FEATURE = '^packages/server/src/features/([^/]+)/'
/** The back reference `$1` is the feature's own folder, so a new feature needs no new rule. */
const OWN_FEATURE = '^packages/server/src/features/$1/'

/**
 * The import table of CONVENTIONS §3, one rule a row.
 * `scripts/import-rules.test.ts` sees each of them fire, so a rule that silently reads nothing is a red test.
 */
const forbidden: IForbiddenRuleType[] = [
  {
    name: 'domain-imports-nothing',
    comment: 'The rules are pure: no npm, no node:, no other package.',
    severity: 'error',
    from: { path: '^packages/domain/src/', pathNot: TESTS },
    to: { pathNot: '^packages/domain/src/' },
  },
  {
    name: 'contract-is-zod-and-domain',
    comment: 'The wire is read by the browser too: nothing of the server, of node or of the web app.',
    severity: 'error',
    from: { path: '^packages/contract/src/', pathNot: TESTS },
    to: { pathNot: ['^packages/(contract|domain)/src/', '(^|/)node_modules/zod/'] },
  },
  {
    name: 'vision-stands-alone',
    comment: 'Frames in, evidence out: no @app package, no HTTP, no database.',
    severity: 'error',
    from: { path: '^packages/vision/src/', pathNot: TESTS },
    to: {
      pathNot: [
        '^packages/vision/src/',
        '(^|/)node_modules/(onnxruntime-(node|common)|@julusian/jpeg-turbo|sharp|piscina)/',
      ],
      dependencyTypesNot: ['core'],
    },
  },
  {
    name: 'vision-geometry-is-pure-numbers',
    severity: 'error',
    from: { path: '^packages/vision/src/geometry/', pathNot: TESTS },
    to: { pathNot: '^packages/vision/src/geometry/' },
  },
  {
    name: 'vision-reaches-the-server-as-a-dependency',
    comment: 'Only the composition root opens models; everyone else is handed a function.',
    severity: 'error',
    from: { path: '^packages/server/src/', pathNot: [TESTS, '^packages/server/src/(main|vision-reader)[.]ts$'] },
    to: { path: '^packages/vision/' },
  },
  {
    name: 'platform-knows-no-feature',
    severity: 'error',
    from: { path: '^packages/server/src/platform/', pathNot: TESTS },
    to: { path: '^packages/', pathNot: ['^packages/server/src/platform/', '^packages/(contract|domain)/src/'] },
  },
  {
    name: 'platform-takes-types-of-domain',
    comment: 'The schema names the values of a column; what they mean is decided elsewhere.',
    severity: 'error',
    from: { path: '^packages/server/src/platform/', pathNot: TESTS },
    to: { path: '^packages/domain/src/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'store-is-sql-only',
    comment: 'platform/db, types of the rules and the wire, the query builder, zod for a column that holds JSON.',
    severity: 'error',
    from: { path: `${FEATURE}.+[.]store[.]ts$`, pathNot: TESTS },
    to: {
      pathNot: [
        '^packages/server/src/platform/db/',
        '^packages/(domain|contract)/src/',
        `${OWN_FEATURE}[^/]+[.]store[.]ts$`,
        '(^|/)node_modules/(kysely|zod)/',
      ],
    },
  },
  {
    name: 'store-takes-types-of-rules',
    comment: 'A rule applied inside a query is a rule nobody finds: stores know the shapes, not the decisions.',
    severity: 'error',
    from: { path: `${FEATURE}.+[.]store[.]ts$`, pathNot: TESTS },
    to: { path: '^packages/(domain|contract)/src/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'sql-only-in-stores',
    comment: 'The query builder and the driver are used in stores and platform; elsewhere as types at most.',
    severity: 'error',
    from: {
      path: '^packages/server/src/',
      pathNot: [TESTS, '[.]store[.]ts$', '^packages/server/src/platform/'],
    },
    to: { path: '(^|/)node_modules/(kysely|pg|pg-boss)/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'use-case-knows-no-transport',
    comment: 'A use case is called by a route, a job or a test alike.',
    severity: 'error',
    from: { path: FEATURE, pathNot: [TESTS, '[.](routes|store)[.]ts$'] },
    to: { path: ['(^|/)node_modules/(@fastify/|fastify)', '[.]routes[.]ts$', '^packages/vision/'] },
  },
  {
    name: 'features-meet-at-index',
    comment: 'An earlier feature is reached through its index.ts alone; "earlier" is what no-feature-cycles says.',
    severity: 'error',
    from: { path: FEATURE, pathNot: TESTS },
    to: {
      path: '^packages/server/src/features/',
      pathNot: [OWN_FEATURE, '^packages/server/src/features/[^/]+/index[.]ts$'],
    },
  },
  {
    name: 'no-feature-cycles',
    comment: 'If a uses b, b never uses a, through whatever files.',
    severity: 'error',
    scope: 'folder',
    from: { path: '^packages/server/src/features/[^/]+$' },
    to: { path: '^packages/server/src/features/[^/]+$', circular: true },
  },
  {
    name: 'routes-only-translate',
    comment: 'contract, the own use case, platform/http; of the rest of platform the types.',
    severity: 'error',
    from: { path: `${FEATURE}.+[.]routes[.]ts$`, pathNot: TESTS },
    to: {
      pathNot: [
        '^packages/contract/src/',
        OWN_FEATURE,
        '^packages/server/src/platform/',
        '(^|/)node_modules/(@fastify/|fastify/)',
      ],
      dependencyTypesNot: ['core'],
    },
  },
  {
    name: 'routes-take-types-of-platform',
    comment: 'HTTP, files and failures are the edge it is; what else it needs it is handed.',
    severity: 'error',
    from: { path: `${FEATURE}.+[.]routes[.]ts$`, pathNot: TESTS },
    to: {
      path: '^packages/server/src/platform/',
      pathNot: ['^packages/server/src/platform/(http|spreadsheet)/', '^packages/server/src/platform/failure[.]ts$'],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'routes-know-no-store',
    severity: 'error',
    from: { path: `${FEATURE}.+[.]routes[.]ts$`, pathNot: TESTS },
    to: { path: ['[.]store[.]ts$', '(^|/)node_modules/(kysely|pg|pg-boss)/'] },
  },
  {
    name: 'web-ui-and-api-know-no-feature',
    severity: 'error',
    from: { path: '^packages/web/src/(ui|api)/', pathNot: TESTS },
    to: { path: '^packages/', pathNot: ['node_modules/', '^packages/web/src/(ui|api)/', '^packages/contract/src/'] },
  },
  {
    name: 'web-features-never-meet',
    comment: 'Siblings meet in routes/ or through the query cache.',
    severity: 'error',
    from: { path: '^packages/web/src/features/([^/]+)/', pathNot: TESTS },
    to: {
      path: '^packages/',
      pathNot: [
        'node_modules/',
        '^packages/web/src/features/$1/',
        '^packages/web/src/(ui|api)/',
        '^packages/(contract|domain)/src/',
      ],
    },
  },
  {
    name: 'web-runs-in-a-browser',
    severity: 'error',
    from: { path: '^packages/web/src/', pathNot: TESTS },
    to: { path: '^packages/(server|vision)/' },
  },
  {
    name: 'web-has-no-node',
    severity: 'error',
    from: { path: '^packages/web/src/', pathNot: TESTS },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'e2e-knows-the-contract-only',
    comment: 'The product is tested from outside: through the browser and the documented API.',
    severity: 'error',
    from: { path: '^tests/e2e/' },
    to: { path: '^(packages|scripts|bench)/', pathNot: '^packages/contract/src/' },
  },
  {
    name: 'nothing-calls-backwards',
    comment: 'Packages do not know the app that serves them, its composition root, or the scripts around them.',
    severity: 'error',
    from: { path: '^packages/', pathNot: [TESTS, '^packages/server/src/[^/]+[.]ts$'] },
    to: { path: ['^packages/server/src/[^/]+[.]ts$', '^packages/web/src/main[.]tsx$', '^(scripts|tests|bench)/'] },
  },
  {
    name: 'server-serves-files-not-web-code',
    severity: 'error',
    from: { path: '^packages/server/' },
    to: { path: '^packages/web/' },
  },
  {
    name: 'testing-is-for-tests',
    severity: 'error',
    from: { path: '^packages/', pathNot: TESTS },
    to: { path: '^packages/[^/]+/src/testing/' },
  },
  {
    name: 'no-circular',
    comment: 'Two files that need each other are one file, or lack a third.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolvable',
    comment: 'A path that resolves to nothing would slip past every other rule.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
]

export default {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    // Tests reach anywhere by design, and would close circles that the product does not have.
    exclude: { path: '(^|/)(dist|data|test-results)/|[.]test[.]tsx?$' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
} satisfies IConfiguration
