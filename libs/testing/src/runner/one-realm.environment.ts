import { ModuleMocker } from 'jest-mock';

/** Where a run of Jest's circus leaves its state on the global object, by the descriptions of its symbols. */
const leftByCircus = new Set(['JEST_STATE_SYMBOL', 'EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL', 'RETRY_TIMES', 'RETRY_TIMES_SETTER']);

/**
 * Specs run in Node's own realm, as the product does, not in a copy of it: packages can stay loaded from file to file, and
 * nothing is slowed by a global object that is a proxy. What a file may change for the next one is put back here.
 */
export default class OneRealm {
  readonly global = globalThis;
  readonly moduleMocker = new ModuleMocker(globalThis);
  /** Nobody fakes timers: clocks are passed in. */
  readonly fakeTimers = null;
  readonly fakeTimersModern = null;
  private readonly env = { ...process.env };
  private readonly console = globalThis.console;
  private readonly exit = process.exit;

  async setup(): Promise<void> {}

  async teardown(): Promise<void> {
    globalThis.console = this.console;

    process.exit = this.exit;
    for (const name of Object.keys(process.env)) if (!(name in this.env)) delete process.env[name];
    Object.assign(process.env, this.env);
    for (const key of Object.getOwnPropertySymbols(globalThis))
      if (leftByCircus.has(key.description ?? '')) Reflect.deleteProperty(globalThis, key);
  }

  exportConditions(): string[] {
    return ['node', 'node-addons'];
  }

  getVmContext(): null {
    return null;
  }
}
