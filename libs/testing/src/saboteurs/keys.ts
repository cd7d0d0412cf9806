import type { Awaitable } from '#libs/kernel';
import type { Keys, Sealed, Tombstone, Unsealed } from '#libs/ports/keys';

/** Passes everything on under other names; what a saboteur does wrong, it does with the names. */
abstract class RenamingKeys implements Keys {
  constructor(protected readonly inner: Keys) {}

  protected abstract nameOf(stream: string): string;

  seal(items: readonly Unsealed[]): Awaitable<readonly (Uint8Array | undefined)[]> {
    return this.inner.seal(items.map((item) => ({ ...item, stream: this.nameOf(item.stream) })));
  }

  open(items: readonly Sealed[]): Awaitable<readonly (Uint8Array | undefined)[]> {
    return this.inner.open(items.map((item) => ({ ...item, stream: this.nameOf(item.stream) })));
  }

  fingerprint(values: readonly Uint8Array[]): Awaitable<readonly Uint8Array[]> {
    return this.inner.fingerprint(values);
  }

  destroy(streams: readonly string[], at: number): Promise<void> {
    return this.inner.destroy(
      streams.map((stream) => this.nameOf(stream)),
      at,
    );
  }

  tombstones(): Promise<readonly Tombstone[]> {
    return this.inner.tombstones();
  }

  retire(streams: readonly string[]): Promise<void> {
    return this.inner.retire(streams.map((stream) => this.nameOf(stream)));
  }

  forget(streams: readonly string[]): Promise<void> {
    return this.inner.forget(streams.map((stream) => this.nameOf(stream)));
  }
}

/** Renames nothing: shows that the suite does not object to the disguise itself. */
export class HonestKeys extends RenamingKeys {
  protected nameOf(stream: string): string {
    return stream;
  }
}

/** Destroys, but gives the stream a new key afterwards: an erased guest is remembered again. */
export class RebornKeys extends RenamingKeys {
  readonly #destroyed = new Map<string, number>();

  protected nameOf(stream: string): string {
    const times = this.#destroyed.get(stream) ?? 0;
    return times === 0 ? stream : `${stream}/${times}`;
  }

  override async destroy(streams: readonly string[], at: number): Promise<void> {
    await super.destroy(streams, at);
    for (const stream of streams)
      this.#destroyed.set(stream, (this.#destroyed.get(stream) ?? 0) + 1);
  }
}

/** One key for all streams: nothing can be erased without everything. */
export class OneKeyForAll extends RenamingKeys {
  protected nameOf(): string {
    return 'all';
  }
}
