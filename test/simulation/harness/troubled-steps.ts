import { VirtualTime } from './virtual-time.js';

/** A process, or what runs on a machine: from each of its calls on, it can be dead or stand still. */
export class TroubledActor {
  isDead = false;
  pausedUntil = 0;
  skewMs = 0;
  holder = '';
  /** The run that it works at, for all it knows. */
  run: string | undefined;
  readonly stopping = new AbortController();
  readonly lives = new AbortController();

  /** Nothing of it goes on. */
  kill(): void {
    this.isDead = true;
    this.stopping.abort();
  }
}

/** `after`: so many steps later. `when`: counted from the moment when it is so; where it never is, it befalls all the same. */
export interface LaterTrouble {
  readonly after: number;
  readonly when?: string;
}

export interface TroubledStepsOptions<Trouble extends LaterTrouble> {
  readonly troubles: readonly Trouble[];
  /** Who of those that can go on does so next. */
  readonly order: readonly number[];
  readonly isSo: (when: NonNullable<Trouble['when']>) => boolean;
  readonly befall: (trouble: Trouble) => void;
}

interface WaitingStep {
  readonly actor: TroubledActor;
  readonly go: () => void;
}

const LOOKS_EVERY_MS = 10_000;
/** After that it has not come to an end: all waits of all steps, and each outage, fit in. */
const ENDS_WITHIN_MS = 24 * 3600_000;
/** So many steps a trouble waits until it is as it says. */
const WAITS_FOR_STEP = 400;

export const turns = async (): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
};

/** One step after another, in a given order, and troubles between them; time goes by when nobody has anything to do. */
export class TroubledSteps<Trouble extends LaterTrouble> {
  readonly time = new VirtualTime();
  readonly #options: TroubledStepsOptions<Trouble>;
  readonly #waiting: WaitingStep[] = [];
  readonly #left: Trouble[];
  #restsUntil = 0;
  #busy = 0;
  #steps = 0;
  #waited = 0;
  #waitedThere = 0;

  constructor(options: TroubledStepsOptions<Trouble>) {
    this.#options = options;
    this.#left = [...options.troubles];
  }

  step(actor: TroubledActor): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ actor, go: resolve }));
  }

  /** The next step waits for its end. */
  async counted<T>(call: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await call();
    } finally {
      this.#busy -= 1;
    }
  }

  async sleep(actor: TroubledActor, ms: number, signal: AbortSignal): Promise<void> {
    await this.time.sleep(ms, AbortSignal.any([signal, actor.lives.signal]));
    await this.step(actor);
  }

  in(ms: number, act: () => unknown): void {
    void this.time.sleep(ms, new AbortController().signal).then(act);
  }

  /** It is not quiet before. */
  rest(ms: number): void {
    this.#restsUntil = Math.max(this.#restsUntil, this.time.now() + ms);
  }

  /** What befalls at once. */
  add(trouble: Trouble): void {
    this.#left.push(trouble);
    this.#befallNext();
  }

  /** Until nothing is on its way, nobody has anything to do, and it is as quiet as is asked. */
  async live(isQuiet: () => Promise<boolean>, unrest: () => Promise<string>): Promise<void> {
    let quietBefore = this.time.now() + ENDS_WITHIN_MS;
    let looksAt = 0;
    for (;;) {
      do await turns();
      while (this.#busy > 0);
      if (this.#goOn()) continue;
      const now = this.time.now();
      if (this.#left.length > 0 || now < this.#restsUntil) quietBefore = now + ENDS_WITHIN_MS;
      if (now >= looksAt) {
        looksAt = now + LOOKS_EVERY_MS;
        if (this.#isIdle() && (await isQuiet())) return;
        if (now > quietBefore) throw new Error(`It never ends: ${await unrest()}`);
      }
      this.time.jump();
    }
  }

  #isIdle(): boolean {
    if (this.time.now() < this.#restsUntil || this.#left.length > 0) return false;
    return this.#waiting.every(({ actor }) => actor.isDead);
  }

  #goOn(): boolean {
    const now = this.time.now();
    const ready = this.#waiting.filter(({ actor }) => !actor.isDead && actor.pausedUntil <= now);
    const { order } = this.#options;
    const choice = order[this.#steps % order.length] ?? 0;
    const taken = ready[choice % Math.max(1, ready.length)];
    if (!taken) return false;
    this.#waiting.splice(this.#waiting.indexOf(taken), 1);
    taken.go();
    this.#steps += 1;
    this.#befallNext();
    return true;
  }

  #befallNext(): void {
    const [next] = this.#left;
    if (!next) return;
    this.#waited += 1;
    const { when } = next;
    if (when === undefined || this.#options.isSo(when)) this.#waitedThere += 1;
    const isDue = this.#waitedThere > 0 && this.#waitedThere >= next.after;
    if (!isDue && this.#waited < WAITS_FOR_STEP) return;
    this.#left.shift();
    this.#waited = 0;
    this.#waitedThere = 0;
    this.#options.befall(next);
  }
}
