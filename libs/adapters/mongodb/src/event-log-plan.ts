import { fault, type Id } from '#libs/kernel';
import {
  COMMIT_LIMIT,
  excessBytes,
  sizeOf,
  type ChainWriter,
  type Commit,
  type Decided,
  type DraftFact,
  type Head,
  type Observed,
} from '#libs/ports/event-log';

/** One fact that was observed, one whole decision, or one new era: what is never split. */
export type AppendItem = { readonly fail: (error: unknown) => void } & (
  | {
      readonly kind: 'observe';
      readonly draft: DraftFact;
      readonly answer: (outcome: Observed) => void;
    }
  | {
      readonly kind: 'decide';
      readonly stream: string;
      readonly expectedVersion: number;
      readonly facts: readonly DraftFact[];
      readonly answer: (outcome: Decided) => void;
    }
  | { readonly kind: 'era'; readonly era: number; readonly answer: (outcome: Head) => void }
);

/** What the store is known to hold already. Never wrong once true: facts do not go away. */
export interface KnownFacts {
  readonly ids: Map<Id, number>;
  /** Of decided streams. */
  readonly versions: Map<string, number>;
}

export interface CommitPlan {
  /** Nothing, when every item is answered without a new fact. */
  readonly commit: Commit | undefined;
  readonly head: Head;
  /** How many items from the front of the queue it settles. */
  readonly taken: number;
  /** To be given only once the commit is durable. */
  readonly answers: readonly (() => void)[];
}

/** Puts as many queued items as fit into one commit. Pure: another attempt plans again from the start. */
export const planCommit = (
  chain: ChainWriter,
  items: readonly AppendItem[],
  known: KnownFacts,
): CommitPlan => {
  const planner = new Planner(chain, known);
  let taken = 0;
  for (const item of items) {
    const settled = planner.take(item);
    if (!settled) break;
    planner.answers.push(settled);
    taken++;
    if (item.kind === 'era') break;
  }
  const [commit] = chain.finish();
  return { commit, head: chain.head, taken, answers: planner.answers };
};

type Settle = (() => void) | undefined;

class Planner {
  readonly answers: (() => void)[] = [];
  /** Of this commit: a unique index does not see a duplicate inside one document. */
  readonly #placed = new Map<Id, number>();
  readonly #versions = new Map<string, number>();
  readonly #start: number;

  constructor(
    private readonly chain: ChainWriter,
    private readonly known: KnownFacts,
  ) {
    this.#start = chain.head.position;
  }

  /** Nothing when the item must wait for the next commit. */
  take(item: AppendItem): Settle {
    switch (item.kind) {
      case 'observe':
        return this.#observe(item);
      case 'decide':
        return this.#decide(item);
      case 'era':
        return this.#beginEra(item);
    }
  }

  #observe({ draft, answer }: AppendItem & { kind: 'observe' }): Settle {
    const excess = excessBytes(draft);
    if (excess !== undefined) return () => answer({ outcome: 'too_large', bytes: excess });
    const old = this.#positionOf(draft);
    if (old !== undefined) return () => answer({ outcome: 'known', position: old });
    const placed = this.chain.place(draft);
    if (!this.chain.fits(placed.bytes)) return undefined;
    this.chain.accept(placed);
    const { position } = placed.fact;
    this.#placed.set(draft.id, position);
    return () => answer({ outcome: 'appended', position });
  }

  #decide({ stream, expectedVersion, facts, answer }: AppendItem & { kind: 'decide' }): Settle {
    const excess = facts.map(excessBytes).find((bytes) => bytes !== undefined);
    if (excess !== undefined) return () => answer({ outcome: 'too_large', bytes: excess });
    const old = facts.flatMap((draft) => this.#positionOf(draft) ?? []);
    if (facts.length > 0 && old.length === facts.length)
      return () => answer({ outcome: 'appended', positions: old });
    const version = this.#versions.get(stream) ?? this.known.versions.get(stream) ?? 0;
    if (version !== expectedVersion || old.length > 0)
      return () => answer({ outcome: 'conflict', version });
    const placed = this.chain.placeDecision(facts, version);
    const bytes = sizeOf(placed);
    if (bytes > COMMIT_LIMIT) return () => answer({ outcome: 'too_large', bytes });
    if (!this.chain.fits(bytes)) return undefined;
    this.chain.acceptDecision(placed);
    for (const { fact } of placed) this.#placed.set(fact.id, fact.position);
    this.#versions.set(stream, version + facts.length);
    return () =>
      answer({ outcome: 'appended', positions: placed.map(({ fact }) => fact.position) });
  }

  #beginEra({ era, answer, fail }: AppendItem & { kind: 'era' }): Settle {
    const { head } = this.chain;
    if (era < head.era) return () => fail(fault('LOG_ERA_NOT_NEWER', { details: { era } }));
    if (era === head.era) return () => answer(head);
    if (head.position > this.#start) return undefined;
    this.chain.beginEra(era);
    return () => answer(this.chain.head);
  }

  #positionOf({ id }: DraftFact): number | undefined {
    return this.known.ids.get(id) ?? this.#placed.get(id);
  }
}
