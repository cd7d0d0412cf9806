import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Who has the folder, as its file says. */
export interface LocalScratchOwner {
  readonly run: string;
  readonly term: number;
}

/** Says whose the folders are that lie beside it. */
export class ScratchOwnerFile {
  readonly #path: string;

  constructor(private readonly folder: string) {
    this.#path = join(folder, 'owner.json');
  }

  async read(): Promise<LocalScratchOwner | undefined> {
    const text = await readFile(this.#path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return undefined;
      throw cause;
    });
    return text === undefined ? undefined : ownerIn(text);
  }

  /** Whole or not at all. */
  async write(owner: LocalScratchOwner): Promise<void> {
    const written = join(this.folder, `.${randomUUID()}`);
    try {
      await writeFile(written, JSON.stringify(owner), { mode: 0o600 });
      await rename(written, this.#path);
    } catch (cause) {
      await rm(written, { force: true });
      throw cause;
    }
  }

  remove(): Promise<void> {
    return rm(this.#path, { force: true });
  }
}

/** A file that is half of one is nobody's: the next run removes what lies there. */
const ownerIn = (text: string): LocalScratchOwner | undefined => {
  try {
    const { run, term } = JSON.parse(text) as Partial<LocalScratchOwner>;
    return typeof run === 'string' && typeof term === 'number' ? { run, term } : undefined;
  } catch {
    return undefined;
  }
};
