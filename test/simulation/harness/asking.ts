import { composeAnswering, type Answering } from '#libs/answering';
import { composeCatalog, type KindLimits } from '#libs/catalog';
import { digest, nodeHash } from '#libs/adapters/node-crypto';
import { asFault, groupPrincipal, randomId, utf8, type Clock } from '#libs/kernel';
import {
  composeKnowledge,
  detectLanguage,
  judgeFound,
  timeIn,
  type Knowledge,
} from '#libs/knowledge';
import { principalOfPerson, principalsOf } from '#libs/platform';
import type { Directory } from '#libs/ports/directory';
import { MemoryDirectory } from '#libs/testing';
import { expect } from '@jest/globals';
import fc, { type Scheduler } from 'fast-check';

import { scheduled, scheduledPorts, type ProcessPorts } from './scheduled-ports.js';
import { SimulatedProcess } from './simulated-process.js';
import type { Disruption } from './simulation.js';
import { inWorld, type World } from './world.js';

const PERSON = 'anna';
const GROUP = 'board';
const NOTE = 'notes.safe';
/** Stands in the note alone. */
const SECRET = 'zephyrquill';
const QUESTION = 'Where is the key of the safe?';

/** What somebody may be at one moment: let in, not let in, or nobody can tell. */
export type RightState = 'granted' | 'revoked' | 'away';

export type RightStep =
  | { readonly does: 'change'; readonly to: RightState }
  | { readonly does: 'ask' | 'search' | 'look' };

export interface RightStory {
  readonly seed: number;
  readonly steps: readonly (RightStep & { readonly after: number })[];
}

export const rightStories: fc.Arbitrary<RightStory> = fc.record({
  seed: fc.nat(),
  steps: fc.array(
    fc
      .tuple(
        fc.nat(90),
        fc.oneof(
          fc.record({
            does: fc.constant('change' as const),
            to: fc.constantFrom<RightState>('granted', 'revoked', 'revoked', 'away'),
          }),
          fc.record({ does: fc.constantFrom('ask' as const, 'search' as const, 'look' as const) }),
        ),
      )
      .map(([after, step]) => ({ after, ...step })),
    { minLength: 2, maxLength: 8 },
  ),
});

/** What a question came to: it showed the secret, it showed nothing of it, or it was refused. */
type Shown = 'secret' | 'nothing' | 'refused';

/** What may be shown while it stands so. What is asked for again may not have been asked yet. */
const due: Readonly<Record<RightState, readonly Shown[]>> = {
  granted: ['secret'],
  revoked: ['nothing'],
  away: ['refused'],
};

/** Where a test puts a fault of ours. */
export type PlantedDirectory = (directory: Directory) => Directory;

/** Somebody asks, searches and looks at old answers while a right comes and goes, and the directory too. */
export const askedWhileRightsChange = (
  scheduler: Scheduler,
  { seed, steps }: RightStory,
  planted: PlantedDirectory = (directory) => directory,
): Promise<void> =>
  inWorld({ scheduler, seed, restless: false }, async (world) => {
    const directory = new MemoryDirectory();
    await written(world);
    const asker = new Asker(world, planted(directory));
    asker.change(directory, 'granted');
    const disruptions = steps.map((step): Disruption => ({
      after: step.after,
      label: JSON.stringify(step),
      happen: () =>
        step.does === 'change' ? asker.change(directory, step.to) : asker.begin(step.does),
    }));
    await world.simulation.run(() => Promise.resolve(asker.isDone), disruptions);
    await asker.expectRightsHeld();
  });

interface Finished {
  readonly does: string;
  readonly states: readonly RightState[];
  readonly shown: Shown;
  readonly hadAnswer: boolean;
}

class Asker {
  readonly #states: RightState[] = [];
  readonly #finished: Finished[] = [];
  readonly #begun: Promise<void>[] = [];
  readonly #ports: ProcessPorts;
  readonly #directory: Directory;
  readonly #answering: Answering;
  readonly #knowledge: Knowledge;
  #working = 0;
  #answered = 0;
  #asked = 0;

  constructor(
    private readonly world: World,
    directory: Directory,
  ) {
    const process = new SimulatedProcess('asker', world.simulation);
    const { index, ports: real } = world.store;
    const calm = { random: () => 0, repeat: 0, delay: 0 };
    this.#ports = scheduledPorts(process, real, calm);
    this.#directory = scheduled(process, ['directory', 'DIRECTORY_UNAVAILABLE'], directory);
    const watched = scheduled(process, ['index', 'SEARCH_INDEX_UNAVAILABLE'], index);
    const composed = composedOn(this.#ports, watched, world.simulation.time);
    this.#answering = composed.answering;
    this.#knowledge = composed.knowledge;
  }

  get isDone(): boolean {
    return this.#working === 0;
  }

  change(directory: MemoryDirectory, to: RightState): void {
    this.#states.push(to);
    if (to === 'away') directory.takeAway();
    else
      directory.change(new Map([[PERSON, { rooms: [], groups: to === 'granted' ? [GROUP] : [] }]]));
  }

  begin(does: 'ask' | 'search' | 'look'): void {
    this.#working += 1;
    this.#begun.push(this.#finish(does).finally(() => (this.#working -= 1)));
  }

  async expectRightsHeld(): Promise<void> {
    await Promise.all(this.#begun);
    for (const { does, states, shown, hadAnswer } of this.#finished) {
      const may = new Set(states.flatMap((state) => due[state]));
      // Nothing was asked before: there is nothing to look at.
      if (does === 'look' && !hadAnswer) may.add('nothing');
      expect([does, states, [...may]]).toEqual([does, states, expect.arrayContaining([shown])]);
    }
  }

  async #finish(does: 'ask' | 'search' | 'look'): Promise<void> {
    const from = this.#states.length - 1;
    const hadAnswer = this.#answered > 0;
    const shown = await this.#shown(does);
    const states = this.#states.slice(from);
    if (does === 'ask' && shown === 'secret') this.#answered += 1;
    this.#finished.push({ does, states, shown, hadAnswer });
  }

  /** As a request does it: first the rights, then the question. */
  async #shown(does: 'ask' | 'search' | 'look'): Promise<Shown> {
    try {
      const rights = { directory: this.#directory, keys: this.#ports.keys };
      const asker = await principalOfPerson(rights, PERSON);
      const principals = await principalsOf(rights, { name: PERSON });
      const text = JSON.stringify(await this.#seen(does, { asker, principals }));
      return text.includes(SECRET) ? 'secret' : 'nothing';
    } catch (thrown) {
      if (asFault(thrown).code !== 'DIRECTORY_UNAVAILABLE') throw thrown;
      return 'refused';
    }
  }

  async #seen(
    does: 'ask' | 'search' | 'look',
    reader: { readonly asker: string; readonly principals: readonly string[] },
  ): Promise<unknown> {
    const { principals } = reader;
    const cause = randomId(this.world.simulation.time.now());
    const actor = PERSON;
    const search = { text: QUESTION, turns: [], principals, timeZone: 'UTC', limit: 10 };
    if (does === 'search') return (await this.#knowledge.search(search)).hits;
    if (does === 'ask')
      return this.#answering.ask(
        { ...reader, text: QUESTION, key: String((this.#asked += 1)) },
        { actor, cause },
      );
    const { log } = this.#ports;
    const streams = new Set((await log.read(0, 200)).map(({ stream }) => stream));
    const dialogues = [...streams].filter((stream) => stream.startsWith('dialogue/'));
    return Promise.all(
      dialogues.map((stream) => this.#answering.showDialogue(reader, stream.slice(9))),
    );
  }
}

const kindLimits: KindLimits = { note: [groupPrincipal(GROUP)] };

const composedOn = (
  ports: ProcessPorts,
  index: World['store']['index'],
  clock: Clock,
): { readonly answering: Answering; readonly knowledge: Knowledge } => {
  const parts = { ...ports, clock, hash: nodeHash, kindLimits, timeZone: 'UTC' };
  const catalog = composeCatalog(parts);
  const knowledge = composeKnowledge({
    ...{ ...parts, catalog, index, digest, excludedKinds: new Set<string>() },
    makeKey: () => digest(utf8('a key of the index')),
    letOthersWork: () => Promise.resolve(),
    onIndexed: () => undefined,
  });
  const { eraseQuoting, recordsFor } = catalog;
  const { findCalls, findLinks, findScope, rateSentences, search } = knowledge;
  const answering = composeAnswering({
    ...{ ...parts, eraseQuoting, recordsFor, judgeFound, timeIn },
    languageIn: detectLanguage,
    ...{ findCalls, findLinks, findScope, rateSentences, search },
    lastHeard: () => Promise.resolve(undefined),
  });
  return { answering, knowledge };
};

/** Before anybody asks: the note is a record, and indexed. */
const written = async ({ store, simulation }: World): Promise<void> => {
  const { parts, index } = store;
  const drafts = await parts.journal.prepare([
    {
      type: 'intake.note.observed.v1',
      stream: `note/${NOTE}`,
      occurredAt: simulation.time.now(),
      data: { event: 'told', normaliser: 1, rank: 10, note: NOTE },
      personal: { title: 'Safe', text: `The key of the safe is behind the ${SECRET} curtain.` },
      meta: { source: 'notes/main', causationId: 'a-delivery', correlationId: 'a-delivery' },
    },
  ]);
  await parts.journal.observe(drafts);
  const catalog = composeCatalog({ ...parts, kindLimits });
  await catalog.live.begin(1);
  await catalog.live.apply(await parts.log.read(0, 10));
  const { knowledge } = composedOn(parts, index, simulation.time);
  await knowledge.indexRecord('note', NOTE);
};
