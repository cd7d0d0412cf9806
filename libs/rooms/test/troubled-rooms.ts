import { fault, randomId, type Principals } from '#libs/kernel';
import type { Chat } from '#libs/ports/chat';
import type { Documents } from '#libs/ports/documents';
import { MemoryChat, openEmbedded, type EmbeddedParts } from '#libs/testing';

import { composeRooms, type Rooms } from '../src/compose.js';
import type { HeardMessage } from '../src/questions/hear-messages.js';
import { doubted } from '../src/questions/changed-question.js';
import {
  NEVER_DUE,
  questionShape,
  roomQuestions,
  type RoomQuestion,
} from '../src/questions/room-question.js';
import type { RoomsParts } from '../src/rooms-parts.js';
import { changeDocument } from '../src/stored/changed-document.js';
import { scriptedAnswering, ScriptedLog, SOURCE } from './scripted-answering.js';
import { VirtualSleep } from './virtual-sleep.js';

export const ROOM = 'team';
export const PEOPLE = ['anna', 'ben'] as const;
export const QUESTIONS = ['q1', 'q2', 'q3'] as const;

/** What befalls a chat and those who answer in it. `after`: so many steps of theirs later. */
export type RoomTrouble = { readonly after: number } & (
  | { readonly is: 'ask' | 'edit' | 'unask' | 'remove' | 'hint'; readonly message: string }
  | { readonly is: 'answer_removed' | 'answer_edited' | 'doubt'; readonly message: string }
  | { readonly is: 'crash'; readonly worker: number }
  | { readonly is: 'pause'; readonly worker: number; readonly ms: number }
  | { readonly is: 'pass'; readonly ms: number }
  | { readonly is: 'directory_away' | 'chat_away' | 'leave'; readonly ms: number }
  /** The next call of the chat that writes: its answer is lost, it comes late, or it comes to nothing. */
  | { readonly is: 'lost' | 'late' | 'nothing' }
);

/** No call takes longer, as the claim on a question assumes. */
const CALL_MS = 14_000;
/** A call whose caller gave up may be done this late; somebody looks at each answer after thirty seconds. */
const LATE_MS = 25_000;
const LOOKS_EVERY_MS = 5_000;
/** After that a run has not come to an end. */
const MOST_LOOKS = 400;
const WORKERS = 2;

/** A process: from each of its calls on, it can be dead or stand still. */
class TroubledWorker {
  isDead = false;
  pausedUntil = 0;
  readonly ending = new AbortController();
  readonly hints = new Set<HeardMessage>();
  constructor(readonly name: number) {}
}

interface WaitingStep {
  readonly worker: TroubledWorker;
  readonly go: () => void;
}

/** Real documents, a chat in memory, and processes, of which each call of a port is two steps. */
export class TroubledRooms {
  readonly chat: MemoryChat;
  readonly log = new ScriptedLog();
  readonly #time: VirtualSleep;
  readonly #workers: TroubledWorker[] = [];
  readonly #waiting: WaitingStep[] = [];
  readonly #left: RoomTrouble[];
  readonly #texts = new Map<string, string>();
  readonly removedAnswers = new Set<string>();
  readonly editedAnswers = new Set<string>();
  somebodyLeft = false;
  #revisions = 0;
  #busy = 0;
  #steps = 0;
  #isDirectoryAway = false;
  #hasLeft = false;
  #nextWrite: 'lost' | 'late' | 'nothing' | undefined;

  private constructor(
    readonly parts: EmbeddedParts,
    troubles: readonly RoomTrouble[],
    private readonly order: readonly number[],
  ) {
    this.#time = new VirtualSleep(parts.clock);
    this.chat = new MemoryChat(parts.clock);
    this.chat.addRoom({ id: ROOM, form: 'channel' });
    this.#left = [...troubles];
  }

  static async run(
    troubles: readonly RoomTrouble[],
    order: readonly number[],
    check: (world: TroubledRooms) => Promise<void>,
  ): Promise<void> {
    const parts = await openEmbedded();
    const world = new TroubledRooms(parts, troubles, order);
    try {
      for (let n = 0; n < WORKERS; n++) world.#start();
      await world.#live();
      await check(world);
    } finally {
      for (const { ending } of world.#workers) ending.abort();
      await turns();
      await parts.close();
    }
  }

  async question(message: string): Promise<RoomQuestion | undefined> {
    const [found] = await this.parts.documents.get(roomQuestions, [message]);
    return found?.body as unknown as RoomQuestion | undefined;
  }

  /** What a message asks in the end. */
  asks(message: string): string | undefined {
    return this.#texts.get(message);
  }

  #start(): TroubledWorker {
    const worker = new TroubledWorker(this.#workers.length);
    this.#workers.push(worker);
    const rooms = composeRooms(this.#partsOf(worker));
    void this.#listen(worker, rooms);
    void this.#look(worker, rooms);
    return worker;
  }

  /** Hints come until somebody has heard them. */
  async #listen(worker: TroubledWorker, rooms: Rooms): Promise<void> {
    for (;;) {
      const hints = [...worker.hints];
      if (hints.length === 0) {
        await this.#sleep(worker, 300);
        continue;
      }
      const due = await rooms.hear(hints).catch(() => undefined);
      if (!due) await this.#sleep(worker, 1_000);
      else for (const hint of hints) worker.hints.delete(hint);
      for (const message of due ?? []) this.#answer(worker, rooms, message);
    }
  }

  async #look(worker: TroubledWorker, rooms: Rooms): Promise<void> {
    for (;;) {
      await this.#sleep(worker, 1_000);
      const due = await rooms.due().catch(() => []);
      for (const message of due) this.#answer(worker, rooms, message);
    }
  }

  #answer(worker: TroubledWorker, rooms: Rooms, message: string): void {
    rooms.answer(message, worker.ending.signal).catch(() => undefined);
  }

  async #sleep(worker: TroubledWorker, ms: number, signal?: AbortSignal): Promise<void> {
    await this.#time.sleep(ms, signal);
    await this.#step(worker);
  }

  #partsOf(worker: TroubledWorker): RoomsParts {
    const { parts, log } = this;
    return {
      documents: this.#stepwise<Documents>(worker, parts.documents),
      keys: parts.keys,
      clock: parts.clock,
      chat: Object.assign(this.#stepwise<Chat>(worker, this.chat), {
        examine: () => this.chat.examine(),
      }),
      triggers: [],
      publicUrl: 'https://innkeeper.example',
      principalsInRoom: async () => this.#principals(worker),
      askerOf: async (person) => `user/${person}`,
      answering: this.#stepwise(
        worker,
        scriptedAnswering(log, {
          sleep: (ms) => this.#sleep(worker, ms),
          now: parts.clock.now,
        }),
        false,
      ),
      goneOf: async () => new Set(),
      examineOwnSide: async () => ({ obstacles: [], well: [] }),
      holder: randomId(parts.clock.now()),
      sleep: (ms, signal) => this.#sleep(worker, ms, signal),
      notice: () => undefined,
    };
  }

  async #principals(worker: TroubledWorker): Promise<Principals | undefined> {
    await this.#step(worker);
    if (this.#isDirectoryAway) throw fault('DIRECTORY_UNAVAILABLE');
    return this.#hasLeft ? undefined : ['room/team'];
  }

  /** `isCounted`: its calls take turns of the event loop, and no time. */
  #stepwise<T extends object>(worker: TroubledWorker, port: T, isCounted = true): T {
    return new Proxy(port, {
      get: (target, method) => {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function') return value;
        const call = (args: unknown[]): unknown =>
          (value as (...all: unknown[]) => unknown).apply(target, args);
        const isWrite = method === 'post' || method === 'change';
        return async (...args: unknown[]): Promise<unknown> => {
          const answer = isWrite
            ? await this.#onItsWay(method, () => call(args))
            : await this.#step(worker).then(() =>
                isCounted ? this.#counted(() => call(args)) : call(args),
              );
          await this.#step(worker);
          return answer;
        };
      },
    });
  }

  /** What left a process is done whether that lives or not. */
  async #onItsWay(method: string, call: () => unknown): Promise<unknown> {
    const befalls = this.#nextWrite;
    this.#nextWrite = undefined;
    const isLate = befalls === 'late';
    if (isLate && method === 'change') {
      this.#in(LATE_MS, () => this.#counted(call));
      throw fault('CHAT_UNAVAILABLE');
    }
    if (isLate) await this.#time.sleep(CALL_MS);
    if (befalls === 'nothing') throw fault('CHAT_UNAVAILABLE');
    const answer = await this.#counted(call);
    if (befalls === 'lost') throw fault('CHAT_UNAVAILABLE');
    return answer;
  }

  async #counted(call: () => unknown): Promise<unknown> {
    this.#busy += 1;
    try {
      return await call();
    } finally {
      this.#busy -= 1;
    }
  }

  #step(worker: TroubledWorker): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ worker, go: resolve }));
  }

  /** One step after another, in the given order; time goes by when nobody has anything to do. */
  async #live(): Promise<void> {
    let looksAt = 0;
    for (;;) {
      do await turns();
      while (this.#busy > 0);
      const next = this.#takeStep();
      if (next) {
        next.go();
        this.#steps += 1;
        this.#befallNext();
        continue;
      }
      const now = this.parts.clock.now();
      if (now >= looksAt) {
        looksAt = now + LOOKS_EVERY_MS;
        if (await this.#isQuiet()) return;
        if (++this.#looks > MOST_LOOKS) throw new Error('It never ends.');
      }
      this.#time.wakeNext(Infinity);
    }
  }

  #takeStep(): WaitingStep | undefined {
    const now = this.parts.clock.now();
    const ready = this.#waiting.filter(({ worker }) => !worker.isDead && worker.pausedUntil <= now);
    const choice = this.order[this.#steps % this.order.length] ?? 0;
    const taken = ready[choice % Math.max(1, ready.length)];
    if (taken) this.#waiting.splice(this.#waiting.indexOf(taken), 1);
    return taken;
  }

  #waited = 0;
  #coming = 0;
  #looks = 0;

  #befallNext(): void {
    const [next] = this.#left;
    this.#waited += 1;
    if (!next || this.#waited < next.after) return;
    this.#left.shift();
    this.#waited = 0;
    this.#befall(next);
  }

  #befall(trouble: RoomTrouble): void {
    const { chat, parts } = this;
    switch (trouble.is) {
      case 'ask':
        return this.#ask(trouble.message);
      case 'edit':
        return this.#edit(trouble.message, `v${++this.#revisions}`, '@innkeeper ');
      case 'unask':
        return this.#edit(trouble.message, `v${++this.#revisions}`, '');
      case 'remove':
        if (chat.textOf(trouble.message) === undefined) return;
        chat.remove(trouble.message);
        this.#texts.delete(trouble.message);
        return this.#hint(trouble.message);
      case 'hint':
        return this.#hint(trouble.message);
      case 'answer_removed':
        return this.#atAnswer(trouble.message, (id) => {
          chat.remove(id);
          this.removedAnswers.add(trouble.message);
        });
      case 'answer_edited':
        return this.#atAnswer(trouble.message, (id) => {
          chat.edit(id, `A moderator wrote this (${chat.textOf(id)}).`, 'moderator');
          this.editedAnswers.add(trouble.message);
        });
      case 'doubt':
        return void this.#doubt(trouble.message);
      case 'crash':
        return this.#crash(trouble.worker);
      case 'pause':
        this.#workerAt(trouble.worker).pausedUntil = parts.clock.now() + trouble.ms;
        return this.#in(trouble.ms, () => undefined);
      case 'pass':
        return parts.clock.pass(trouble.ms);
      case 'directory_away':
        this.#isDirectoryAway = true;
        return this.#in(trouble.ms, () => (this.#isDirectoryAway = false));
      case 'leave':
        this.#hasLeft = true;
        this.somebodyLeft = true;
        return this.#in(trouble.ms, () => (this.#hasLeft = false));
      case 'chat_away':
        chat.isAway = true;
        return this.#in(trouble.ms, () => (chat.isAway = false));
      case 'lost':
      case 'late':
      case 'nothing':
        this.#nextWrite = trouble.is;
        return;
      default:
        return trouble satisfies never;
    }
  }

  #ask(message: string): void {
    if (this.chat.textOf(message) !== undefined || this.#asked.has(message)) return;
    this.#asked.add(message);
    const text = `v${++this.#revisions}`;
    const author = PEOPLE[QUESTIONS.indexOf(message as 'q1') % PEOPLE.length] ?? 'anna';
    this.chat.write({ id: message, room: ROOM, author, text: `@innkeeper ${text}` });
    this.#texts.set(message, text);
    this.#hint(message);
  }

  readonly #asked = new Set<string>();

  #edit(message: string, text: string, before: string): void {
    if (this.chat.textOf(message) === undefined) return;
    // An edit is told by its time.
    this.parts.clock.pass(1);
    this.chat.edit(message, `${before}${text}`);
    if (before) this.#texts.set(message, text);
    else this.#texts.delete(message);
    this.#hint(message);
  }

  #hint(message: string): void {
    this.#workerAt(this.#steps).hints.add({ message });
  }

  /** Only of those that live now. */
  #workerAt(n: number): TroubledWorker {
    const living = this.#workers.filter(({ isDead }) => !isDead);
    return living[n % living.length] ?? this.#start();
  }

  #crash(n: number): void {
    const worker = this.#workerAt(n);
    worker.isDead = true;
    const next = this.#start();
    for (const hint of worker.hints) next.hints.add(hint);
  }

  #atAnswer(message: string, act: (id: string) => void): void {
    const answer = this.chat
      .messagesIn(ROOM)
      .find(({ thread, author }) => thread === message && author === 'our-account');
    if (answer) act(answer.id);
  }

  async #doubt(message: string): Promise<void> {
    this.log.goneRecords.add(SOURCE);
    const now = this.parts.clock.now();
    await this.#counted(() =>
      changeDocument(this.parts.documents, questionShape, message, (known) =>
        known ? doubted(known, now) : undefined,
      ),
    );
  }

  #in(ms: number, act: () => unknown): void {
    this.#coming += 1;
    void this.#time
      .sleep(ms)
      .then(act)
      .catch(() => undefined)
      .finally(() => (this.#coming -= 1));
  }

  /** Nothing is on its way, and nobody has anything to do ever again. */
  async #isQuiet(): Promise<boolean> {
    const { clock, documents } = this.parts;
    const isBusy = this.#workers.some(
      ({ isDead, hints, pausedUntil }) => !isDead && (hints.size > 0 || pausedUntil > clock.now()),
    );
    if (isBusy || this.#coming > 0 || this.#left.length > 0) return false;
    const { items } = await documents.query(roomQuestions, { limit: QUESTIONS.length });
    return items.every(({ body }) => (body as unknown as RoomQuestion).dueAt === NEVER_DUE);
  }
}

const turns = async (): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
};
