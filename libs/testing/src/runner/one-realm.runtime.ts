/**
 * How Jest loads modules here: by Node's own loader, once for each worker. Stock Jest loads NestJS, TypeORM, zod and all rooms anew for every spec
 * file, which took longer than most of them run. Only the spec file itself is fresh each time, so no module of the product may keep state that a spec
 * expects to be new (the product keeps it in what it opens and closes). `jest.mock` and fake timers do not exist: a spec passes in or spies on what
 * it replaces.
 */
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ModuleMocker } from 'jest-mock';

type Environment = { moduleMocker: ModuleMocker };
type Resolver = {
  resolveStubModuleName(from: string, name: string): string | null;
  resolveModule(from: string, name: string): string;
};
type TransformedFile = { code: string; sourceMapPath: string | null };
type Transformer = { transform(path: string, options: object): TransformedFile };

const require = createRequire(import.meta.url);
const globalsAddress = 'jest-globals:';
const isOurs = (address: string | undefined): address is string => /^file:(?!.*\/node_modules\/).*\.ts(\?\d+)?$/.test(address ?? '');
/** Of every module loaded so far: a fault in one that stays loaded must be found in later files too. */
const sourceMaps = new Map<string, string>();
let files = 0;
let globalsOfFile: Record<string, unknown> = {};
let tools: { resolver: Resolver; transformer: Transformer; options: object } | undefined;

function transform(address: string): string {
  if (!tools) throw new Error(`${address} was asked for before there was a spec`);
  const { code, sourceMapPath } = tools.transformer.transform(fileURLToPath(address), tools.options);
  if (sourceMapPath) sourceMaps.set(address, sourceMapPath);
  return code;
}

/** Where a module of ours finds another of ours: by the names of `tsconfig.json`, without endings. */
function resolveOurs(from: string, name: string): string {
  if (!tools) throw new Error(`${name} was asked for before there was a spec`);
  const parent = fileURLToPath(from);
  const path = tools.resolver.resolveStubModuleName(parent, name) ?? tools.resolver.resolveModule(parent, name);
  return pathToFileURL(path).href;
}

registerHooks({
  resolve(name, context, next) {
    if (!isOurs(context.parentURL)) return next(name, context);
    if (name === '@jest/globals') return { url: `${globalsAddress}${files}`, format: 'module', shortCircuit: true };
    if (!/^(\.|@timebank\/)/.test(name)) return next(name, context);
    return next(resolveOurs(context.parentURL, name), context);
  },
  load(address, context, next) {
    if (address.startsWith(globalsAddress)) {
      const names = Object.keys(globalsOfFile);
      Object.assign(globalThis, { timebankJestGlobals: globalsOfFile });
      return { format: 'module', shortCircuit: true, source: `export const { ${names.join(', ')} } = globalThis.timebankJestGlobals;` };
    }
    if (!isOurs(address)) return next(address, context);
    return { format: 'module', shortCircuit: true, source: transform(address) };
  },
});

export default class OneRealmRuntime {
  private readonly mocker: ModuleMocker;

  // Jest hands in eight; the names are those of its own runtime.
  constructor(_config: object, environment: Environment, resolver: Resolver, transformer: Transformer, _cache: object, coverage: object) {
    this.mocker = environment.moduleMocker;
    files += 1;
    tools ??= {
      resolver,
      transformer,
      options: {
        ...coverage,
        isInternalModule: false,
        supportsDynamicImport: true,
        supportsExportNamespaceFrom: true,
        supportsStaticESM: true,
        supportsTopLevelAwait: true,
      },
    };
  }

  /** Circus itself, anew for each file: it collects the tests of one file in its modules. */
  requireInternalModule(path: string): unknown {
    delete require.cache[path];
    return require(path);
  }

  requireModule(path: string): unknown {
    return require(path);
  }

  setGlobalsForRuntime(globals: Record<string, unknown>): void {
    const { mocker } = this;
    const jest = {
      fn: mocker.fn.bind(mocker),
      spyOn: mocker.spyOn.bind(mocker),
      restoreAllMocks: () => mocker.restoreAllMocks(),
    };
    globalsOfFile = { ...globals, jest };
  }

  unstable_shouldLoadAsEsm(): boolean {
    return true;
  }

  unstable_importModule(path: string): Promise<unknown> {
    return import(`${pathToFileURL(path).href}?${files}`);
  }

  getSourceMaps(): Map<string, string> {
    return sourceMaps;
  }

  restoreAllMocks(): void {
    this.mocker.restoreAllMocks();
  }

  teardown(): void {
    this.mocker.restoreAllMocks();
  }

  enterTestCode(): void {}
  leaveTestCode(): void {}
  getAllCoverageInfoCopy(): undefined {}
}
