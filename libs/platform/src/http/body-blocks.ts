import { BODY_LIMIT } from '#libs/contracts';
import { fault } from '#libs/kernel';

import type { HeldBody } from './body-budget.js';

const FIRST_BLOCK = 16 * 1024;
const NEXT_BLOCK = 64 * 1024;

/**
 * A body as it arrives. A small one comes whole and is taken as it is. Everything else is copied into blocks, because
 * a sender may cut its body into chunks of one byte, and each chunk alone costs far more than its bytes.
 */
export class BodyBlocks {
  readonly #blocks: Buffer[] = [];
  #last: Buffer = NOTHING;
  /** How much of the last block is filled. */
  #filled = 0;
  #length = 0;

  constructor(
    /** NaN where the sender does not say. */
    private readonly declared: number,
    private readonly held: HeldBody,
  ) {}

  /** Throws where it is larger than any door takes, and where the door has no room. */
  add(chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > BODY_LIMIT) throw fault('INTAKE_BODY_TOO_LARGE');
    if (this.#last === NOTHING && chunk.length === this.declared) {
      this.held.grow(chunk.length);
      this.#push(ownBytes(chunk), chunk.length);
    } else this.#copy(chunk);
  }

  joined(): Buffer {
    const last =
      this.#filled === this.#last.length ? this.#last : this.#last.subarray(0, this.#filled);
    return this.#blocks.length <= 1 ? last : Buffer.concat([...this.#blocks.slice(0, -1), last]);
  }

  #copy(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      if (this.#filled === this.#last.length) this.#open(chunk.length - at);
      const copied = chunk.copy(this.#last, this.#filled, at);
      this.#filled += copied;
      at += copied;
    }
  }

  /** Never larger than what is still to come, where that is known. */
  #open(wanted: number): void {
    const most = this.#last === NOTHING ? FIRST_BLOCK : NEXT_BLOCK;
    const coming = this.declared - (this.#length - wanted);
    const size = coming > 0 ? Math.min(most, coming) : most;
    this.held.grow(size);
    this.#push(Buffer.allocUnsafeSlow(size), 0);
  }

  #push(block: Buffer, filled: number): void {
    this.#blocks.push(block);
    this.#last = block;
    this.#filled = filled;
  }
}

const NOTHING = Buffer.alloc(0);

/** A view of a larger buffer would keep all of that, and its bytes may change. */
const ownBytes = (chunk: Buffer): Buffer =>
  chunk.buffer.byteLength === chunk.length ? chunk : Buffer.from(chunk);
