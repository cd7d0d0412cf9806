import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { extract } from 'tar-stream';

import { manifestText, noManifest } from '#libs/ports/backup-source';

export const TAKEN_AT = 1_764_500_000_000;

/** A copy as an export leaves it, and a folder that is saved where it lies. */
export class CopyOnDisk {
  readonly root = mkdtempSync(join(tmpdir(), 'innkeeper-copy-'));
  readonly exported = join(this.root, 'export');
  readonly living = join(this.root, 'living');

  constructor() {
    mkdirSync(this.exported);
    mkdirSync(this.living);
    this.#writeManifest(TAKEN_AT);
  }

  get paths(): readonly string[] {
    return [this.exported, this.living];
  }

  /** Another export was made in the same place. */
  replace(): void {
    this.#writeManifest(TAKEN_AT + 1);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #writeManifest(takenAt: number): void {
    const manifest = { ...noManifest('files', 'folder'), takenAt };
    writeFileSync(join(this.exported, 'manifest.json'), manifestText(manifest));
  }
}

/** Everything that a file system does to names. */
export const fillTree = (folder: string, big: Buffer): void => {
  const deep = join(folder, ...Array.from({ length: 60 }, (_, n) => `level ${n}`));
  mkdirSync(deep, { recursive: true });
  writeFileSync(join(deep, 'end.txt'), 'the end');
  writeFileSync(join(folder, 'big.bin'), big);
  writeFileSync(join(folder, 'empty'), '');
  writeFileSync(join(folder, 'private'), 'only mine', { mode: 0o600 });
  mkdirSync(join(folder, 'hollow'), { mode: 0o750 });
  for (const name of [
    'a-',
    'a',
    'a b',
    '.hidden',
    'new\nline',
    'quote"\'\\',
    'Zürich 🧳',
    'n'.repeat(200),
  ])
    writeFileSync(join(folder, name), name);
  mkdirSync(join(folder, 'a.d'));
  writeFileSync(join(folder, 'a.d', 'within'), 'within');
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0x62])]), 'no text');
  symlinkSync('../nowhere/at all', join(folder, 'link'));
  symlinkSync('a.d', join(folder, 'link-to-folder'));
  utimesSync(join(folder, 'a'), 1_600_000_000, 1_600_000_000.25);
};

export interface ReceivedEntry {
  readonly name: string;
  readonly type: string;
  readonly mode: number;
  readonly content: Buffer;
  readonly linkname?: string;
  readonly pax?: Readonly<Record<string, string>>;
}

export interface Received {
  /** Those that came whole. */
  readonly entries: readonly ReceivedEntry[];
  readonly isWhole: boolean;
}

/** As a server of a backup reads it: what the connection did not end well is not whole. */
export const receive = async (
  response: IncomingMessage,
  onEntry: (name: string) => Promise<void> | void = () => undefined,
): Promise<Received> => {
  if (response.statusCode !== 200) throw new Error(`no copy: ${response.statusCode}`);
  const entries: ReceivedEntry[] = [];
  const reader = extract();
  response.on('error', (error) => reader.destroy(error));
  response.pipe(reader);
  try {
    for await (const entry of reader) {
      const { name, type, mode, linkname, pax } = entry.header;
      await onEntry(name);
      const parts: Buffer[] = [];
      for await (const part of entry) parts.push(part as Buffer);
      entries.push({
        ...{ name, type: type ?? '', mode: mode ?? 0, content: Buffer.concat(parts) },
        ...(linkname && { linkname }),
        ...(pax !== null && pax !== undefined && { pax: pax as Readonly<Record<string, string>> }),
      });
    }
    return { entries, isWhole: response.complete };
  } catch {
    return { entries, isWhole: false };
  }
};

/** The answer, of which nothing was read yet. */
export const fetched = (url: string, secret = 'a-session'): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { authorization: `Bearer ${secret}` }, agent: false }, resolve).on(
      'error',
      reject,
    );
  });
