import type { Code } from '#libs/kernel';
import { createJournal, type Journal } from '#libs/journal';
import type { Bus } from '#libs/ports/bus';
import type { Documents, Leases } from '#libs/ports/documents';
import type { EventLog, LogChain } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';

import { restless, type Restlessness } from './restless-bus.js';
import type { SimulatedProcess } from './simulated-process.js';

export interface ProcessPorts {
  readonly log: EventLog & LogChain;
  readonly documents: Documents;
  readonly leases: Leases;
  readonly bus: Bus;
  readonly keys: Keys;
  readonly journal: Journal;
}

/** What one process has of the store: its calls are steps, and the bus is as bad as a bus may be. */
export const scheduledPorts = (
  process: SimulatedProcess,
  real: Omit<ProcessPorts, 'journal'>,
  restlessness: Restlessness,
): ProcessPorts => {
  const { log, documents, leases, bus, keys } = real;
  const ports = {
    log: scheduled(process, ['log', 'LOG_UNAVAILABLE'], log, { wake: wakeOf(process, log) }),
    documents: scheduled(process, ['documents', 'DOCUMENTS_UNAVAILABLE'], documents),
    leases: scheduled(process, ['leases', 'DOCUMENTS_UNAVAILABLE'], leases),
    bus: scheduled(process, ['bus', 'BUS_UNAVAILABLE'], bus, {
      consume: consumeOf(process, bus, restlessness),
    }),
    keys: scheduled(process, ['keys', 'KEYS_UNAVAILABLE'], keys),
  };
  return { ...ports, journal: createJournal(ports) };
};

type Call = (...args: never[]) => unknown;

/** The same port, each method of which waits for its turn; but for those that are given. */
export const scheduled = <T extends object>(
  process: SimulatedProcess,
  [name, unavailable]: readonly [name: string, unavailable: Code],
  port: T,
  others: Partial<T> = {},
): T =>
  new Proxy(port, {
    get(target, method) {
      if (method in others) return Reflect.get(others, method) as unknown;
      const value: unknown = Reflect.get(target, method);
      if (typeof value !== 'function') return value;
      return (...args: never[]) =>
        process.call(`${name}.${String(method)}`, unavailable, () =>
          (value as Call).apply(target, args),
        );
    },
  });

/** Waits as long as it takes, so it is no call that the next step waits for. */
const wakeOf =
  (process: SimulatedProcess, log: EventLog): EventLog['wake'] =>
  async (after, signal) => {
    await log.wake(after, AbortSignal.any([signal, process.gone]));
    await process.point('log.wake ←');
  };

const consumeOf =
  (process: SimulatedProcess, bus: Bus, restlessness: Restlessness): Bus['consume'] =>
  async (subscription, handler, options) => {
    const handle = restless(process, restlessness, handler);
    const consumption = await bus.consume(subscription, handle, options);
    process.gone.addEventListener('abort', () => void consumption.close());
    return consumption;
  };
