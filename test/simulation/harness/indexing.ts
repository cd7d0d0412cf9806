import { composeCatalog } from '#libs/catalog';
import { digest, nodeHash } from '#libs/adapters/node-crypto';
import { subscriptions, type RecordSignal } from '#libs/contracts';
import { textOf, utf8, type Clock } from '#libs/kernel';
import {
  composeKnowledge,
  type Knowledge,
  type KnowledgeParts,
  type ReceivedSignal,
} from '#libs/knowledge';
import { BusStrategy, Health, silentLog } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import type { MemorySearchIndex } from '#libs/testing';
import { expect } from '@jest/globals';

import { timerOf, type Plants } from './roles.js';
import { scheduled, type ProcessPorts } from './scheduled-ports.js';
import type { SimulatedProcess } from './simulated-process.js';
import { SECOND, SHARING } from './sharing.js';
import { listeners, type Store } from './store.js';

interface IndexingPorts {
  readonly ports: ProcessPorts;
  readonly index: MemorySearchIndex;
}

const isMeantFor = (name: string, { position }: RecordSignal): boolean =>
  name !== SHARING[position % 2 === 0 ? 1 : 0];

const BACKGROUND_MS = 5_000;

/** The indexer on the platform's own strategy, wired as its app wires it, and its work in the background. */
export const startVectorizer = async (
  process: SimulatedProcess,
  { ports, index }: IndexingPorts,
  { indexing: planted = (parts) => parts }: Plants = {},
): Promise<void> => {
  const parts = indexingParts(
    {
      ports,
      index: scheduled(process, ['index', 'SEARCH_INDEX_UNAVAILABLE'], index),
    },
    process.simulation.time,
  );
  const knowledge = composeKnowledge(planted(parts));
  const subscription =
    process.name === SECOND ? listeners.secondIndex : subscriptions.indexOfRecords;
  const strategy = new BusStrategy({
    bus: ports.bus,
    subscriptions: [subscription],
    bury: () => Promise.reject(new Error('nothing in a simulation is a dead letter')),
    health: new Health(),
    log: silentLog,
    setTimer: timerOf(process),
  });
  strategy.addHandler(
    subscription.name,
    (messages: readonly Message[]) =>
      knowledge.takeSignals(
        messages.map(signalIn).filter((signal) => isMeantFor(process.name, signal)),
      ),
    true,
  );
  await new Promise<void>((resolve, reject) => {
    strategy.listen((error) => (error instanceof Error ? reject(error) : resolve()));
  });
  void workInBackground(process, knowledge);
};

/** What tickers do: what fails is done again at the next tick. */
const workInBackground = async (
  { timers, gone }: SimulatedProcess,
  knowledge: Knowledge,
): Promise<void> => {
  while (!gone.aborted) {
    await timers.sleep(BACKGROUND_MS, gone);
    await knowledge.indexWanted(gone).catch(() => 0);
  }
};

const signalIn = ({ data, publishedAt }: Message): ReceivedSignal & RecordSignal => ({
  ...(JSON.parse(textOf(data)) as RecordSignal),
  publishedAt,
});

/** Keys are the same in every run, so that one can be repeated. */
const indexingParts = (
  { ports, index }: { readonly ports: ProcessPorts; readonly index: KnowledgeParts['index'] },
  clock: Clock,
): KnowledgeParts => ({
  ...{ index, clock, hash: nodeHash, digest, timeZone: 'Europe/London', kindLimits: {} },
  documents: ports.documents,
  catalog: composeCatalog({ ...ports, clock, hash: nodeHash, kindLimits: {} }),
  makeKey: () => digest(utf8('a key of the index')),
  excludedKinds: new Set(),
  letOthersWork: () => Promise.resolve(),
  onIndexed: () => undefined,
});

/** The live index is what a whole new one says of the records as they are now: nothing more, nothing less. */
export const expectIndexHeld = async ({ parts, index }: Store): Promise<void> => {
  const knowledge = composeKnowledge(indexingParts({ ports: parts, index }, parts.clock));
  await knowledge.rebuilds.ask('the last', { switch: false, acceptChanges: false });
  const { ended } = await knowledge.keepIndex(new AbortController().signal);
  expect(ended?.result?.comparison.differing).toEqual([]);
  expect(await knowledge.parked.list(1, 10)).toEqual([]);
};
