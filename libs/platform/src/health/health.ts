import type { Code } from '#libs/kernel';

export interface PartState {
  readonly name: string;
  /** A role's part stops readiness; a back end is shown, and what it stops says so itself. */
  readonly kind: 'role' | 'backend';
  readonly role?: string;
  readonly ready: boolean;
  readonly code?: Code;
  readonly since: number;
}

/** Every role of this process reads and writes it, so none of them can be trusted with work. */
export const isStoreCorrupt = ({ ready, code }: PartState): boolean =>
  !ready && code === 'STORE_CORRUPT';

export interface HealthReport {
  readonly ready: boolean;
  readonly parts: readonly PartState[];
}

/** What works in this process: every part says so itself, and readiness is read off. */
export class Health {
  readonly #parts = new Map<string, PartState>();
  #draining = false;

  constructor(private readonly now: () => number = Date.now) {}

  /** A part of a role of this process: a subscription, a projector, the door. */
  role(role: string, name: string, ready: boolean, code?: Code): void {
    this.#set({ name: `${role}/${name}`, kind: 'role', role, ready, ...(code && { code }) });
  }

  /**
   * A back end as last seen. That it is away does not stop readiness: the door works while the log is away. That its
   * file is damaged does.
   */
  backend(name: string, ready: boolean, code?: Code): void {
    this.#set({ name, kind: 'backend', ready, ...(code && { code }) });
  }

  /** From here on nobody should send anything more. */
  drain(): void {
    this.#draining = true;
  }

  report(): HealthReport {
    const parts = [...this.#parts.values()];
    return {
      ready:
        !this.#draining &&
        parts.every((part) => (part.kind === 'backend' ? !isStoreCorrupt(part) : part.ready)),
      parts,
    };
  }

  #set(part: Omit<PartState, 'since'>): void {
    const before = this.#parts.get(part.name);
    const same = before?.ready === part.ready && before.code === part.code;
    if (!same) this.#parts.set(part.name, { ...part, since: this.now() });
  }
}
