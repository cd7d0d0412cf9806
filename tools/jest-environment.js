import { types } from 'node:util';

import { TestEnvironment } from 'jest-environment-node';

const shared = [
  'ArrayBuffer',
  'SharedArrayBuffer',
  'DataView',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
];

/**
 * Jest runs each test file in a realm of its own, but Node's built-ins and native add-ons make their
 * typed arrays and errors in the main one. Without this, `instanceof` says no to them.
 *
 * A time-out bounds a hang and nothing else. So none is shorter than the one of the whole run: a slow machine must
 * not fail a test, even if its author thought less would do.
 */
export default class extends TestEnvironment {
  #leastTimeoutMs;

  constructor(config, context) {
    super(config, context);
    this.#leastTimeoutMs = config.globalConfig.testTimeout;
  }

  handleTestEvent({ name, test, hook }) {
    if (name === 'test_fn_start') this.#lengthen(test);
    if (name === 'hook_start') this.#lengthen(hook);
  }

  #lengthen(timed) {
    if (timed.timeout) timed.timeout = Math.max(timed.timeout, this.#leastTimeoutMs);
  }

  async setup() {
    await super.setup();
    for (const name of shared) this.global[name] = globalThis[name];

    const RealmError = this.global.Error;
    const isInstance = Function.prototype[Symbol.hasInstance];
    Object.defineProperty(RealmError, Symbol.hasInstance, {
      value(error) {
        return isInstance.call(this, error) || (this === RealmError && types.isNativeError(error));
      },
    });
  }
}
