import { fault, type Fault } from '#libs/kernel';

export interface BodyLimits {
  /** All bodies together that are arriving or being answered. */
  readonly mostBytes: number;
  /** A body up to this size is never refused or cut: the limit of connections bounds those. */
  readonly smallBytes: number;
}

/**
 * A provider sends some 2 kB and is answered within milliseconds, so 64 MiB are thousands of bodies at once. It is
 * also little beside the 512 MiB that a process should have. Almost every webhook fits into 16 KiB.
 */
export const bodyLimits: BodyLimits = { mostBytes: 64 * 1024 ** 2, smallBytes: 16 * 1024 };

/** So much has to come before a body counts as going on: a byte now and then is no progress. */
const PROGRESS_BYTES = 64 * 1024;

/** The memory of one body, from its first byte until its answer is sent. */
export interface HeldBody {
  /** Throws `DOOR_OVERLOADED` where nobody can make room, and `DOOR_SENDER_TOO_SLOW` where this one has to. */
  grow(bytes: number): void;
  /** All of it has come: it is not cut any more. */
  whole(): void;
  release(): void;
}

/**
 * Bounds the memory of bodies. When it is full, the large body that has made no progress for longest is cut, so
 * a stranger who stops in the middle loses to everybody who sends on.
 */
export class BodyBudget {
  #heldBytes = 0;
  /** Those that may be cut, by their last progress. */
  readonly #slowest = new Set<Body>();

  constructor(private readonly limits: BodyLimits = bodyLimits) {}

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** `cut` is called when this body has to go; its memory counts as free from then on. */
  open(cut: (why: Fault) => void): HeldBody {
    return new Body(this, cut);
  }

  grow(body: Body, bytes: number): void {
    const { mostBytes, smallBytes } = this.limits;
    const after = body.bytes + bytes;
    if (this.#heldBytes + bytes > mostBytes) {
      this.#makeRoom(bytes, body);
      if (this.#heldBytes + bytes > mostBytes && after > smallBytes) throw fault('DOOR_OVERLOADED');
    }
    this.#heldBytes += bytes;
    body.bytes = after;
    if (after <= smallBytes || after - body.progressAt < PROGRESS_BYTES) return;
    body.progressAt = after;
    this.#slowest.delete(body);
    this.#slowest.add(body);
  }

  whole(body: Body): void {
    this.#slowest.delete(body);
  }

  release(body: Body): void {
    this.#slowest.delete(body);
    this.#heldBytes -= body.bytes;
    body.bytes = 0;
  }

  #makeRoom(bytes: number, growing: Body): void {
    for (const slow of this.#slowest) {
      if (this.#heldBytes + bytes <= this.limits.mostBytes) return;
      this.release(slow);
      if (slow === growing) throw fault('DOOR_SENDER_TOO_SLOW');
      slow.cut(fault('DOOR_SENDER_TOO_SLOW'));
    }
  }
}

class Body implements HeldBody {
  bytes = 0;
  /** How large it was when it last made progress. */
  progressAt = -PROGRESS_BYTES;

  constructor(
    private readonly budget: BodyBudget,
    readonly cut: (why: Fault) => void,
  ) {}

  grow(bytes: number): void {
    this.budget.grow(this, bytes);
  }

  whole(): void {
    this.budget.whole(this);
  }

  release(): void {
    this.budget.release(this);
  }
}
