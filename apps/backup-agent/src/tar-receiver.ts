import { constants } from 'node:fs';
import { chmod, lchown, lutimes, mkdir, open, rm, symlink, utimes } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { PullWatch } from '#libs/backups';
import { asFault, fault, Fault } from '#libs/kernel';
import { extract } from 'tar-stream';

import { foreign, type TarContent, type TarHead } from './tar-head.js';
import { namesIn, placeOf, type EntryNames } from './tar-names.js';

interface ReceivedFolder {
  readonly place: Buffer;
  readonly head: TarHead;
}

const BLOCK = 512;
const PRIVATE = 0o700;
/** A file is made new, and never through a link that stands in its place. */
const NEW_FILE = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW;

/** Writes a copy down as it comes in: below its own places and nowhere else, and only what came whole counts. */
export class TarReceiver {
  #last: string | undefined;
  #files = 0;
  #bytes = 0;
  /** By path, as bytes in latin1. */
  readonly #links = new Set<string>();
  readonly #folders = new Map<string, ReceivedFolder>();
  readonly #isRoot = process.getuid?.() === 0;

  constructor(
    private readonly places: readonly string[],
    private readonly onProgress: PullWatch['onProgress'],
  ) {}

  /** The last entry that came whole. */
  get last(): string | undefined {
    return this.#last;
  }

  /** Throws where the stream ends before its archive does. */
  async receive(
    body: ReadableStream<Uint8Array>,
    signal: AbortSignal,
    onBytes: () => void,
  ): Promise<void> {
    const tar = extract();
    const end = new TarEnd();
    const fed = pipeline(
      Readable.fromWeb(body),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          onBytes();
          end.saw(chunk);
          yield chunk;
        }
      },
      tar,
      { signal },
    );
    fed.catch(() => undefined);
    try {
      for await (const entry of tar) {
        const head = entry.header as TarHead;
        await this.#take(head, entry);
        end.entry(head);
      }
      await fed;
    } catch (thrown) {
      signal.throwIfAborted();
      throw thrown instanceof Fault ? thrown : writingFault(thrown);
    }
    if (!end.isWhole) throw fault('BACKUP_DESK_UNREACHABLE', { details: { why: 'cut_off' } });
  }

  /** Folders get their rights and times when nothing is written into them any more. */
  async close(): Promise<void> {
    for (const { place, head } of [...this.#folders.values()].reverse()) {
      if (this.#isRoot) await lchown(place, head.uid, head.gid);
      await chmod(place, modeOf(head));
      await utimes(place, ...timesOf(head));
    }
  }

  async #take(head: TarHead, entry: TarContent): Promise<void> {
    const names = namesIn(head, this.places.length);
    this.#refuseLinked(names);
    const place = placeOf(this.places[names.at] ?? '', names);
    switch (head.type) {
      case 'directory':
        await this.#folder(names, { place, head });
        break;
      case 'symlink':
        await this.#link(names, { place, head });
        break;
      case 'file':
        await this.#file(names, { place, head }, entry);
        break;
      default:
        throw foreign('its kind');
    }
    entry.resume();
    this.#last = head.name;
  }

  /** Nothing is written through a link of the archive. */
  #refuseLinked({ keys }: EntryNames): void {
    if (keys.slice(0, -1).some((key) => this.#links.has(key))) throw foreign('a link on its way');
  }

  async #folder({ keys }: EntryNames, folder: ReceivedFolder): Promise<void> {
    const key = keys.at(-1) ?? '';
    if (this.#links.has(key)) throw foreign('a link in its place');
    await mkdir(folder.place, { recursive: true, mode: PRIVATE });
    this.#folders.set(key, folder);
  }

  async #link({ keys, target }: EntryNames, { place, head }: ReceivedFolder): Promise<void> {
    if (keys.length < 2) throw foreign('a link as a whole');
    await rm(place, { force: true });
    await symlink(target, place);
    this.#links.add(keys.at(-1) ?? '');
    if (this.#isRoot) await lchown(place, head.uid, head.gid);
    await lutimes(place, ...timesOf(head));
  }

  async #file(
    { keys }: EntryNames,
    { place, head }: ReceivedFolder,
    entry: TarContent,
  ): Promise<void> {
    await rm(place, { force: true });
    this.#links.delete(keys.at(-1) ?? '');
    const file = await open(place, NEW_FILE, 0o600);
    try {
      for await (const chunk of entry) {
        await file.appendFile(chunk as Buffer);
        this.#bytes += (chunk as Buffer).length;
        this.onProgress({ filesDone: this.#files, bytesDone: this.#bytes });
      }
      if (this.#isRoot) await file.chown(head.uid, head.gid);
      await file.chmod(modeOf(head));
      await file.utimes(...timesOf(head));
    } finally {
      await file.close();
    }
    this.#files += 1;
    this.onProgress({ filesDone: this.#files, bytesDone: this.#bytes });
  }
}

/**
 * Whether an archive ended. tar-stream takes one that breaks off between two entries for whole. Its end is two blocks of
 * zeros, and a file may end with zeros too, so they must come after the last entry.
 */
class TarEnd {
  #seen = 0;
  #zeros = 0;
  #end = 0;

  get isWhole(): boolean {
    return this.#zeros >= 2 * BLOCK && this.#seen - this.#end >= 2 * BLOCK;
  }

  saw(chunk: Uint8Array): void {
    this.#seen += chunk.length;
    let zeros = 0;
    while (zeros < chunk.length && zeros < 2 * BLOCK && chunk[chunk.length - 1 - zeros] === 0)
      zeros += 1;
    this.#zeros = zeros === chunk.length ? this.#zeros + zeros : zeros;
  }

  entry({ byteOffset, size }: TarHead): void {
    this.#end = byteOffset + Math.ceil(size / BLOCK) * BLOCK;
  }
}

const modeOf = ({ mode }: TarHead): number => mode & 0o7777;

/** Whole seconds stand in the header; what is finer besides. */
const timesOf = ({ mtime, pax }: TarHead): [number, number] => {
  const fine = Number(pax?.['mtime'] ?? NaN);
  const seconds = Number.isFinite(fine) ? fine : mtime.getTime() / 1000;
  return [seconds, seconds];
};

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** A disk says its own errors by codes; what is none of them came from the stream. */
const writingFault = (cause: unknown): Fault => {
  const { code = '' } = cause as { readonly code?: string };
  if (FULL.has(code)) return fault('BACKUP_SCRATCH_FULL', { cause });
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return fault('BACKUP_SCRATCH_DENIED', { cause });
  return fault('BACKUP_DESK_UNREACHABLE', { cause: asFault(cause) });
};
