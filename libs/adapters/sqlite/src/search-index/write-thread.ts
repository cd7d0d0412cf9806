import { fault } from '#libs/kernel';
import type { IndexedUnit, PassageVector } from '#libs/ports/search-index';

import { IndexFile } from './index-file.js';
import {
  answered,
  carried,
  packed,
  type HandleCalls,
  type IndexCall,
  type IndexReply,
} from './messages.js';
import type { ReplaceOutcome } from './vector-writer.js';
import { IndexWriter, type Replacement } from './writer.js';

/** Of one transaction: some 100 ms, so that what is new waits little behind a rebuild. */
const UNITS_AT_ONCE = 256;

interface ReplacePiece extends Replacement {
  readonly call: number;
  readonly isLast: boolean;
}

/** Groups what waits: many small replacements are one transaction, a large one is several. */
export const writeThread = (path: string): HandleCalls => {
  let opened: IndexWriter | undefined;
  const writer = () => (opened ??= new IndexWriter(new IndexFile(path)));
  return (calls, reply) => {
    let waiting: IndexCall[] = [];
    for (const call of calls) {
      if (call.method === 'replace') {
        waiting.push(call);
        continue;
      }
      new Replacing(writer, reply).all(waiting);
      waiting = [];
      reply(answered(call, () => carryOut(writer(), call)));
    }
    new Replacing(writer, reply).all(waiting);
  };
};

const carryOut = (writer: IndexWriter, { method, args }: IndexCall): unknown => {
  switch (method) {
    case 'open':
      return undefined;
    case 'begin':
      return writer.begin(Number(args[0]), Number(args[1]));
    case 'putVectors':
      return writer.putVectors(Number(args[0]), args[1] as readonly PassageVector[]);
    case 'drop':
      return writer.drop(Number(args[0]));
    case 'tidy':
      return writer.tidy();
    default:
      throw fault('DEFECT_UNKNOWN', { details: { method } });
  }
};

/** Several calls of `replace`: each is answered when its last piece is committed, or fails alone. */
class Replacing {
  readonly #outcomes = new Map<number, ReplaceOutcome[]>();
  readonly #failed = new Set<number>();

  constructor(
    private readonly writer: () => IndexWriter,
    private readonly reply: (reply: IndexReply) => void,
  ) {}

  all(calls: readonly IndexCall[]): void {
    for (const group of groupsOf(calls.flatMap(piecesOf))) {
      const pieces = group.filter(({ call }) => !this.#failed.has(call));
      try {
        this.#write(pieces);
      } catch (error) {
        if (pieces.length === 1) this.#fail(pieces, error);
        else pieces.forEach((piece) => this.#alone(piece));
      }
    }
  }

  #alone(piece: ReplacePiece): void {
    if (this.#failed.has(piece.call)) return;
    try {
      this.#write([piece]);
    } catch (error) {
      this.#fail([piece], error);
    }
  }

  #write(pieces: readonly ReplacePiece[]): void {
    if (pieces.length === 0) return;
    const { outcomes, words } = this.writer().replace(pieces);
    // Before the answers: who is answered finds the words.
    for (const { generation, changed, isNew } of words)
      this.reply({ news: packed([generation, changed, isNew]) });
    pieces.forEach(({ call, isLast }, i) => {
      const soFar = [...(this.#outcomes.get(call) ?? []), ...(outcomes[i] ?? [])];
      this.#outcomes.set(call, soFar);
      if (isLast) this.reply({ call, result: soFar });
    });
  }

  #fail(pieces: readonly ReplacePiece[], error: unknown): void {
    for (const { call } of pieces) {
      this.#failed.add(call);
      this.reply({ call, fault: carried(error) });
    }
  }
}

const piecesOf = ({ call, args }: IndexCall): ReplacePiece[] => {
  const [generation, units] = args as [number, readonly IndexedUnit[]];
  const pieces: ReplacePiece[] = [];
  for (let at = 0; at === 0 || at < units.length; at += UNITS_AT_ONCE) {
    const isLast = at + UNITS_AT_ONCE >= units.length;
    pieces.push({ call, generation, units: units.slice(at, at + UNITS_AT_ONCE), isLast });
  }
  return pieces;
};

const groupsOf = (pieces: readonly ReplacePiece[]): ReplacePiece[][] => {
  const groups: ReplacePiece[][] = [];
  let room = 0;
  for (const piece of pieces) {
    if (piece.units.length > room || groups.length === 0) {
      groups.push([]);
      room = UNITS_AT_ONCE;
    }
    groups.at(-1)?.push(piece);
    room -= piece.units.length;
  }
  return groups;
};
