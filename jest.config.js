/** How specs are loaded and in which order: libs/testing/src/runner. Specs by ending: pure (`.spec`), Postgres (`.db.spec`), HTTP (`.e2e.spec`), browser (`.page.spec`). */
export default {
  testEnvironment: '<rootDir>/libs/testing/src/runner/one-realm.environment.ts',
  runtime: '<rootDir>/libs/testing/src/runner/one-realm.runtime.ts',
  roots: ['<rootDir>/apps', '<rootDir>/libs'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2023',
          experimental: { keepImportAttributes: true },
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
  },
  moduleNameMapper: {
    '^@timebank/contract/client$': '<rootDir>/libs/contract/src/client.ts',
    '^@timebank/(hours|visits)/drawing$': '<rootDir>/libs/$1/src/drawing.ts',
    '^@timebank/testing/(api|screens)$': '<rootDir>/libs/testing/src/$1.ts',
    '^@timebank/web-kit/scanning$': '<rootDir>/libs/web-kit/src/scanning.ts',
    '^@timebank/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  globalSetup: '<rootDir>/libs/testing/src/server.setup.ts',
  globalTeardown: '<rootDir>/libs/testing/src/server.teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/apps/api/src/spec-api.ts'],
  // Ends what hangs; no test is there to be fast.
  testTimeout: 600_000,
  testSequencer: '<rootDir>/libs/testing/src/runner/longest-first.sequencer.ts',
  // One more than the cores that it needs at least: a spec with a browser waits for it much of its time.
  maxWorkers: 3,
  // What a spec file leaves stays in a worker's memory until it is begun anew.
  workerIdleMemoryLimit: '1GB',
  // Half a second is less than a full heap takes to be given back, and a worker ended by force looks like one that a spec holds.
  workerGracefulExitTimeout: 30_000,
  cacheDirectory: '<rootDir>/.cache/jest',
};
