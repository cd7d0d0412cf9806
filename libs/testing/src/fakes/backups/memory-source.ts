import { canonicalJson, type Clock } from '#libs/kernel';
import type {
  BackupManifest,
  BackupSource,
  BackupSourceKind,
  ExportedSource,
  RestoredSource,
  SourceProof,
  SourceWatch,
} from '#libs/ports/backup-source';

import type { MemoryDisk } from './memory-disk.js';

export interface MemorySourceOptions {
  readonly name: string;
  readonly kind: BackupSourceKind;
  readonly disk: MemoryDisk;
  readonly clock: Clock;
}

/** Something to back up: one text, which changes while nobody looks. */
export class MemorySource implements BackupSource {
  readonly name: string;
  readonly kind: BackupSourceKind;
  content = 'first';
  readonly #disk: MemoryDisk;
  readonly #clock: Clock;

  constructor({ name, kind, disk, clock }: MemorySourceOptions) {
    this.name = name;
    this.kind = kind;
    this.#disk = disk;
    this.#clock = clock;
  }

  async export(into: string, { signal, onProgress }: SourceWatch): Promise<ExportedSource> {
    signal.throwIfAborted();
    const { content } = this;
    const manifest: BackupManifest = {
      ...{ format: 1, source: this.name, kind: this.kind, takenAt: this.#clock.now() },
      ...{ versions: { memory: '1' }, files: 2, bytes: content.length },
      ...{ counts: { content: content.length }, checksums: { content } },
      ...(this.kind === 'innkeeper' && { position: { at: 'log', era: 1, position: 1, hash: '' } }),
    };
    this.#disk.write(`${into}/content`, content);
    this.#disk.write(`${into}/manifest.json`, canonicalJson(manifest));
    onProgress?.({ of: 'content', filesDone: 1, bytesDone: content.length });
    return { manifest, paths: [into], warnings: [] };
  }

  async prove({ folder }: RestoredSource, { signal }: SourceWatch): Promise<SourceProof> {
    signal.throwIfAborted();
    const text = this.#disk.read(`${folder}/manifest.json`);
    if (text === undefined) return this.#unreadable();
    const manifest = JSON.parse(text) as BackupManifest;
    const isSame = this.#disk.read(`${folder}/content`) === manifest.checksums['content'];
    const difference = { code: 'CHECKSUM_DIFFERS', detail: 'content' } as const;
    return { manifest, differences: isSame ? [] : [difference] };
  }

  #unreadable(): SourceProof {
    const manifest: BackupManifest = {
      ...{ format: 1, source: this.name, kind: this.kind, takenAt: this.#clock.now() },
      ...{ versions: {}, files: 0, bytes: 0, counts: {}, checksums: {} },
    };
    return { manifest, differences: [{ code: 'MANIFEST_UNREADABLE', detail: this.name }] };
  }
}
