import { eraseStreams, type Rebuilt, type RebuildOptions } from '#libs/catalog';
import { readDeliveries } from '#libs/intake';
import { asFault, type Code } from '#libs/kernel';
import fc from 'fast-check';

import type { Disruption } from './simulation.js';
import type { Running, World } from './world.js';

/** What an operator asks for while all this goes on. */
export type Asked =
  | { readonly asked: 'rebuild'; readonly switch: boolean; readonly acceptChanges: boolean }
  | { readonly asked: 'erase'; readonly which: number };

export interface Asking {
  readonly after: number;
  readonly whom: number;
  readonly what: Asked;
}

const rebuild = fc.record({
  asked: fc.constant('rebuild' as const),
  switch: fc.boolean(),
  acceptChanges: fc.boolean(),
});
const erase = fc.record({ asked: fc.constant('erase' as const), which: fc.nat(7) });

export const askings = (
  kinds: readonly Asked['asked'][],
  most: number,
): fc.Arbitrary<readonly Asking[]> =>
  fc.array(
    fc.record({
      after: fc.nat(60),
      whom: fc.nat(1),
      what: fc.oneof(
        ...(kinds.includes('rebuild') ? [rebuild] : []),
        ...(kinds.includes('erase') ? [erase] : []),
      ),
    }),
    { minLength: 1, maxLength: most },
  );

/** Refused where another replica leads or this one is not sure of it, or there is nothing to erase yet. */
const REFUSALS: readonly Code[] = ['CATALOG_REBUILD_STOPPED', 'CATALOG_ERASE_NOTHING'];
const OPERATOR_REPEATS_AFTER_MS = 3_000;
const forEver = new AbortController().signal;

/** Carries out what operators ask for, in the replica that they meet. */
export class Operators {
  readonly rebuilt: Rebuilt[] = [];
  readonly faults: unknown[] = [];
  readonly erased: string[] = [];
  #working = 0;

  constructor(private readonly world: World) {}

  get atRest(): boolean {
    if (this.faults.length > 0) throw this.faults[0];
    return this.#working === 0;
  }

  disruptions(askings: readonly Asking[]): readonly Disruption[] {
    return askings.map(({ after, whom, what }) => ({
      after,
      label: JSON.stringify(what),
      happen: () => this.#ask(whom, what),
    }));
  }

  #ask(whom: number, what: Asked): void {
    this.#working += 1;
    void this.#untilAnswered(whom, what)
      .catch((thrown: unknown) => this.faults.push(thrown))
      .finally(() => (this.#working -= 1));
  }

  /** A replica that dies, or that misses a back end, is asked again: an erasure is mended by erasing again. */
  async #untilAnswered(whom: number, what: Asked): Promise<void> {
    for (;;) {
      const able = this.world.living.filter(({ catalog }) => catalog);
      const chosen = able[whom % able.length];
      if (chosen && (await this.#answered(chosen, what))) return;
      await this.world.simulation.time.sleep(OPERATOR_REPEATS_AFTER_MS, forEver);
    }
  }

  async #answered(chosen: Running, what: Asked): Promise<boolean> {
    const died = new Promise<false>((resolve) => {
      chosen.process.gone.addEventListener('abort', () => resolve(false));
    });
    const work = what.asked === 'rebuild' ? this.#rebuild(chosen, what) : this.#erase(chosen, what);
    try {
      return await Promise.race([work.then(() => true), died]);
    } catch (thrown) {
      const { code, kind } = asFault(thrown);
      if (REFUSALS.includes(code)) return true;
      if (kind === 'unavailable') return false;
      throw thrown;
    }
  }

  async #rebuild({ catalog }: Running, options: RebuildOptions): Promise<void> {
    if (catalog) this.rebuilt.push(await catalog.rebuild(options));
  }

  async #erase({ ports }: Running, { which }: { readonly which: number }): Promise<void> {
    const deliveriesYielding = readDeliveries(ports).yielding;
    const { clock } = this.world.store.parts;
    const { plan, erase } = eraseStreams({
      ...ports,
      ...{ clock, deliveriesYielding, mentioning },
      rawOf: () => Promise.resolve(undefined),
    });
    const facts = await ports.log.read(1, 100);
    const streams = [...new Set(facts.map(({ stream }) => stream))].filter(aboutSomebody);
    const target = streams[which % streams.length];
    if (target === undefined) return;
    const erasure = await erase(await plan(target), 'an operator');
    this.erased.push(...erasure.streams);
  }
}

/** Everything is read and proved here. */
const mentioning = () => Promise.resolve({ letters: [], deliveries: [], quarantined: [] });

const aboutSomebody = (stream: string): boolean => /^(call|contact)\//.test(stream);
