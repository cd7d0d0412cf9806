import type { TableDigest } from './table-digests.js';

/** What a thread does with the file of a copy. Plain data: it is copied from one thread to the other. */
export type CopyWork =
  | {
      /** Writes the file `clean` with nothing but what is kept of the file `raw`. */
      readonly work: 'clean';
      readonly raw: string;
      readonly clean: string;
      /** The subscription whose messages are counted before they go. */
      readonly waitingAt?: string;
    }
  | { readonly work: 'look'; readonly file: string };

/** The head of the log in a copy. */
export interface CopiedHead {
  readonly era: number;
  readonly position: number;
  readonly hash: string;
}

export interface CopyLook {
  readonly sqlite: string;
  readonly bytes: number;
  /** Of the file, as hex. */
  readonly sha256: string;
  /** How much SQLite's own check finds wrong; of a clean copy it is not asked. */
  readonly troubles: number;
  readonly tables: Readonly<Record<string, TableDigest>>;
  readonly head?: CopiedHead;
  readonly waiting?: number;
}

export type CopyNews =
  /** Which tables are there; the thread waits for the names of those that must go. */
  | { readonly news: 'tables'; readonly names: readonly string[] }
  | { readonly news: 'reads'; readonly of: string }
  | { readonly news: 'done'; readonly look: CopyLook }
  | { readonly news: 'failed'; readonly errcode: number; readonly code: string };
