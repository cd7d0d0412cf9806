import { setTimeout as delay } from 'node:timers/promises';

import { createJournal } from '#libs/journal';
import { asFault } from '#libs/kernel';
import type { Parts } from '#libs/platform';
import { HANG_MS } from '#libs/testing';

type Call = (...args: never[]) => unknown;

/** A port whose calls are repeated while its server does not answer: on a busy machine that says nothing. */
const patient = <Port extends object>(port: Port): Port =>
  new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const call = (value as Call).bind(target);
      return async (...args: never[]) => {
        for (const end = Date.now() + HANG_MS; ; await delay(250)) {
          try {
            return await call(...args);
          } catch (error) {
            if (asFault(error).kind !== 'unavailable' || Date.now() > end) throw error;
          }
        }
      };
    },
  });

/** What a test reads when it compares. The platform under test has ports of its own. */
export const patientParts = (parts: Parts): Parts => {
  const [log, documents, keys] = [
    patient(parts.log),
    patient(parts.documents),
    patient(parts.keys),
  ];
  return { ...parts, log, documents, keys, journal: createJournal({ log, keys }) };
};
