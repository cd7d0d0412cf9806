import { createJournal } from '#libs/journal';
import type { Parts } from '#libs/platform';

/** `documents.put:after:3`: the third time that call has answered; `documents.put(records_call_2)`: into that only. */
export interface KillPoint {
  readonly port: KilledPort;
  readonly method: string;
  /** What its first argument is called, where not every call counts. */
  readonly name?: string;
  readonly when: 'before' | 'after';
  readonly count: number;
}

type KilledPort = 'bus' | 'keys' | 'documents' | 'log' | 'leases' | 'searchIndex';

/** Every call the platform makes between a provider's request and the record. */
export const killPoints: readonly string[] = [
  'bus.publish',
  'bus.handled',
  'keys.seal',
  'keys.fingerprint',
  'keys.open',
  'documents.put',
  'documents.get',
  'log.observe',
  'log.read',
].flatMap((call) => [`${call}:before`, `${call}:after`]);

/** Every call an indexer makes between a signal and the index. */
export const indexerKillPoints: readonly string[] = [
  'searchIndex.states',
  'searchIndex.replace',
  'documents.swap(wanted_bundles)',
].flatMap((call) => [`${call}:before`, `${call}:after`]);

/** Every call that capture makes between a change and its fact, and between a removal and its erasure. */
export const captureKillPoints: readonly string[] = [
  'documents.swap(capture_places)',
  'bus.publish(intake.deliveries.v1)',
  'documents.put(capture_states)',
  'documents.put(capture_removals)',
  'documents.remove(capture_removals)',
].flatMap((call) => [`${call}:before`, `${call}:after`]);

export const readKillPoint = (text: string | undefined): KillPoint | undefined => {
  const [, port, method, name, when, count] =
    /^(\w+)\.(\w+)(?:\(([\w.]+)\))?:(before|after):(\d+)$/.exec(text ?? '') ?? [];
  if (!port || !method) return undefined;
  return {
    port: port as KilledPort,
    method,
    ...(name && { name }),
    when: when as KillPoint['when'],
    count: Number(count),
  };
};

type Call = (...args: never[]) => unknown;

const isMeant = ({ name }: KillPoint, [first]: readonly unknown[]): boolean =>
  name === undefined || (first as { readonly name?: string } | undefined)?.name === name;

/** The same parts, one call of which takes the process with it. */
export const killingAt = (point: KillPoint, parts: Parts): Parts => {
  let calls = 0;
  const count = (): void => {
    calls += 1;
    if (calls === point.count) process.kill(process.pid, 'SIGKILL');
  };
  const killing =
    (call: Call): Call =>
    (...args) => {
      if (!isMeant(point, args)) return call(...args);
      if (point.when === 'before') count();
      const answer = call(...args);
      if (point.when === 'before') return answer;
      if (!(answer instanceof Promise)) {
        count();
        return answer;
      }
      return answer.then((value: unknown) => {
        count();
        return value;
      });
    };
  const port = parts[point.port];
  // A process without this port never comes to the point.
  if (!port) return parts;
  const decorated = new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const method = (value as Call).bind(target);
      if (name === point.method) return killing(method);
      // The end of a handler, which is just before the bus hears of it.
      if (name === 'consume' && point.method === 'handled')
        return (subscription: never, handler: Call, ...rest: never[]) =>
          method(subscription, killing(handler) as never, ...rest);
      return method;
    },
  });
  const changed = { ...parts, [point.port]: decorated };
  return { ...changed, journal: createJournal(changed) };
};
