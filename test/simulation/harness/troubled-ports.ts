import { fault, type Code } from '#libs/kernel';

import type { LaterTrouble, TroubledActor, TroubledSteps } from './troubled-steps.js';

export interface TroubledCall {
  readonly actor: TroubledActor;
  readonly method: string;
  readonly args: readonly unknown[];
}

export interface TroubledPortsOptions<Port extends string> {
  readonly steps: Pick<TroubledSteps<LaterTrouble>, 'counted' | 'step' | 'time'>;
  readonly faultOf: Readonly<Record<Port, Code>>;
  /** Right before a call is made. */
  readonly onCall?: (port: Port, call: TroubledCall) => void;
}

/** Each call of a port is two steps, before it is made and before its answer arrives; and it may be lost on either way. */
export class TroubledPorts<Port extends string> {
  readonly #next = new Map<Port, 'lost' | 'refused'>();
  readonly #awayUntil = new Map<Port, number>();

  constructor(private readonly options: TroubledPortsOptions<Port>) {}

  /** The next call is done and its answer lost, or it does not arrive. */
  befallNext(port: Port, what: 'lost' | 'refused'): void {
    this.#next.set(port, what);
  }

  away(port: Port, until: number): void {
    this.#awayUntil.set(port, Math.max(until, this.#awayUntil.get(port) ?? 0));
  }

  stepwise<T extends object>(actor: TroubledActor, name: Port, port: T): T {
    const { faultOf, onCall, steps } = this.options;
    return new Proxy(port, {
      get: (target, method) => {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]): Promise<unknown> => {
          await steps.step(actor);
          onCall?.(name, { actor, method: String(method), args });
          const befalls = this.#befalls(name);
          if (befalls === 'refused') throw fault(faultOf[name]);
          // A call may wait for steps of its own.
          const isCounted = name === 'documents';
          const call = async (): Promise<unknown> =>
            (value as (...all: unknown[]) => unknown).apply(target, args);
          const answer = isCounted ? await steps.counted(call) : await call();
          await steps.step(actor);
          if (befalls === 'lost') throw fault(faultOf[name]);
          return answer;
        };
      },
    });
  }

  #befalls(name: Port): 'lost' | 'refused' | undefined {
    if ((this.#awayUntil.get(name) ?? 0) > this.options.steps.time.now()) return 'refused';
    const next = this.#next.get(name);
    this.#next.delete(name);
    return next;
  }
}
