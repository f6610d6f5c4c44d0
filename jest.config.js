/** Specs by ending: pure (`.spec`), Postgres (`.db.spec`), HTTP (`.e2e.spec`), browser (`.page.spec`). */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', {
      sourceMaps: 'inline',
      module: { type: 'es6' },
      jsc: {
        target: 'es2023',
        experimental: { keepImportAttributes: true },
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      },
    }],
  },
  moduleNameMapper: {
    '^@timebank/contract/client$': '<rootDir>/libs/contract/src/client.ts',
    '^@timebank/hours/drawing$': '<rootDir>/libs/hours/src/drawing.ts',
    '^@timebank/testing/screens$': '<rootDir>/libs/testing/src/screens.ts',
    '^@timebank/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  globalSetup: '<rootDir>/libs/testing/src/server.setup.ts',
  globalTeardown: '<rootDir>/libs/testing/src/server.teardown.ts',
  // Ends what hangs; no test is there to be fast.
  testTimeout: 180_000,
  maxWorkers: 2,
  // Modules of every spec stay in a worker's memory until it is begun anew.
  workerIdleMemoryLimit: '1GB',
  cacheDirectory: '<rootDir>/.cache/jest',
};
