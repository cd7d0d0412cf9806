import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { createJournal } from '#libs/journal';
import { fault } from '#libs/kernel';
import type { Parts } from '#libs/platform';

/** A body with this in it is what the normaliser cannot stand. */
export const POISON = 'POISON';

/** Files in the watched folder that switch a trouble on while they are there, or off. */
export type Switch = 'log-away' | 'cured';

/** The same parts, with the troubles that files in this folder ask for. */
export const sabotaged = (parts: Parts, folder: string): Parts => {
  const on = (name: Switch): boolean => existsSync(join(folder, name));
  const log = new Proxy(parts.log, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as (...args: unknown[]) => unknown;
      if (!['observe', 'read', 'head'].includes(String(name))) return method;
      return (...args: unknown[]) =>
        on('log-away') ? Promise.reject(fault('LOG_UNAVAILABLE')) : method(...args);
    },
  });
  const sources = new Map(
    [...parts.sources].map(([name, source]) => {
      const normalise: typeof source.provider.normalise = (delivery) => {
        const text = new TextDecoder().decode(delivery.body);
        // As an engine does: the message quotes what it choked on.
        if (text.includes(POISON) && !on('cured')) throw new TypeError(`cannot read ${text}`);
        return source.provider.normalise(delivery);
      };
      return [name, { ...source, provider: { ...source.provider, normalise } }];
    }),
  );
  const changed = { ...parts, log, sources };
  return { ...changed, journal: createJournal(changed) };
};
