import { eraFact, factFrame, hashCommit, type Digest } from './chain.js';
import {
  COMMIT_LIMIT,
  type Commit,
  type DraftFact,
  type Head,
  type StoredFact,
} from './event-log.port.js';

export type ChainFact = StoredFact & { readonly hash: Uint8Array };

/** A fact with its place and hash, not yet part of a commit: its id may turn out to be known. */
export interface PlacedFact {
  readonly fact: ChainFact;
  readonly bytes: number;
}

/**
 * Continues a chain: gives facts their places, hashes them, and cuts commits at the limit. Every
 * adapter uses it, so the same appends make the same chain on each.
 */
export class ChainWriter {
  readonly #commits: Commit[] = [];
  #open: ChainFact[] = [];
  #openBytes = 0;
  #hash: Uint8Array;
  #era: number;
  #position: number;

  constructor(
    private readonly digest: Digest,
    head: Head,
    private readonly recordedAt: number,
  ) {
    this.#hash = head.hash;
    this.#era = head.era;
    this.#position = head.position;
  }

  /** Where the next fact would stand. A missing version is that of an observed stream: the position. */
  place(draft: DraftFact, version?: number): PlacedFact {
    return this.#placeAt(this.#position + 1, draft, version);
  }

  /** Where the facts of one decision would stand, in their stream after a version. */
  placeDecision(drafts: readonly DraftFact[], version: number): readonly PlacedFact[] {
    return drafts.map((draft, i) => this.#placeAt(this.#position + 1 + i, draft, version + 1 + i));
  }

  #placeAt(position: number, draft: DraftFact, version?: number): PlacedFact {
    const fact = {
      position,
      id: draft.id,
      type: draft.type,
      stream: draft.stream,
      version: version ?? position,
      era: this.#era,
      occurredAt: draft.occurredAt,
      recordedAt: this.recordedAt,
      meta: draft.meta,
      data: draft.data,
      ...(draft.personal?.length && { personal: draft.personal }),
    };
    const frame = factFrame(fact);
    return { fact: { ...fact, hash: this.digest(frame) }, bytes: frame.length };
  }

  /** Whether this many bytes still go into the open commit. */
  fits(bytes: number): boolean {
    return this.#open.length === 0 || this.#openBytes + bytes <= COMMIT_LIMIT;
  }

  accept({ fact, bytes }: PlacedFact): void {
    if (!this.fits(bytes)) this.cut();
    this.#open.push(fact);
    this.#openBytes += bytes;
    this.#position = fact.position;
  }

  /** Takes a decision whole: its facts are never in two commits, so a reader sees all or none. */
  acceptDecision(placed: readonly PlacedFact[]): void {
    if (!this.fits(sizeOf(placed))) this.cut();
    for (const one of placed) this.accept(one);
  }

  /** Closes the open commit, if it holds anything. */
  cut(): void {
    if (this.#open.length === 0) return;
    const facts = this.#open;
    const first = this.#position - facts.length + 1;
    const commit = { first, era: this.#era, previousHash: this.#hash };
    const hash = hashCommit(
      this.digest,
      commit,
      facts.map((fact) => fact.hash),
    );
    this.#commits.push({ ...commit, count: facts.length, hash, facts });
    this.#hash = hash;
    this.#open = [];
    this.#openBytes = 0;
  }

  /** A commit of its own that holds the era's one fact. */
  beginEra(era: number): PlacedFact {
    this.cut();
    this.#era = era;
    const placed = this.place(eraFact(this.digest, era));
    this.accept(placed);
    this.cut();
    return placed;
  }

  /** Everything accepted, as commits in order; afterwards `head` is the last of them. */
  finish(): readonly Commit[] {
    this.cut();
    return this.#commits;
  }

  get head(): Head {
    return { era: this.#era, position: this.#position, hash: this.#hash };
  }
}

/** Bytes of a decision, as the limit of a commit counts them. */
export const sizeOf = (placed: readonly PlacedFact[]): number =>
  placed.reduce((sum, { bytes }) => sum + bytes, 0);
