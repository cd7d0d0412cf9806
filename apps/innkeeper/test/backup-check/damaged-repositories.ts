import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { truncateSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { RepositoryFindingCode } from '#libs/backups';

export const PASSWORD = 'correct-horse-battery';

/** A real repository that a test may break. */
export class Repository {
  constructor(
    private readonly program: string,
    readonly folder: string,
    private readonly password = PASSWORD,
  ) {}

  restic(...args: readonly string[]): string {
    return execFileSync(this.program, ['--repo', this.folder, '--no-cache', ...args], {
      env: {
        PATH: process.env['PATH'],
        HOME: dirname(this.folder),
        RESTIC_PASSWORD: this.password,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
  }

  save(paths: readonly string[], ...args: readonly string[]): void {
    this.restic('backup', '--quiet', '--host', 'laptop', ...args, ...paths);
  }

  copyTo(folder: string): Repository {
    cpSync(this.folder, folder, { recursive: true, preserveTimestamps: true });
    return new Repository(this.program, folder, this.password);
  }

  /** Oldest first. */
  get snapshots(): string[] {
    const list = JSON.parse(this.restic('snapshots', '--json')) as { id: string; time: string }[];
    return list.sort((a, b) => Date.parse(a.time) - Date.parse(b.time)).map(({ id }) => id);
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  /** Largest first. */
  filesIn(folder: string): string[] {
    return globSync(`${folder}/**/*`, { cwd: this.folder })
      .map((path) => this.path(path))
      .filter((path) => statSync(path).isFile())
      .sort((a, b) => statSync(b).size - statSync(a).size);
  }

  first(folder: string): string {
    const [path] = this.filesIn(folder);
    if (path === undefined) throw new Error(`nothing in ${folder}`);
    return path;
  }

  /** Changes the repository as a broken disk would: its files are read-only to those who write nicely. */
  flip(path: string): void {
    const bytes = readFileSync(path);
    const at = bytes.length >> 1;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    this.replace(path, bytes);
  }

  replace(path: string, bytes: Uint8Array): void {
    rmSync(path);
    writeFileSync(path, bytes);
  }

  cut(path: string): void {
    const { size } = statSync(path);
    this.replace(path, readFileSync(path));
    truncateSync(path, size >> 1);
  }
}

export interface Damage {
  readonly title: string;
  readonly code: RepositoryFindingCode;
  readonly verdict: 'bad' | 'unreadable';
  /** The program that made it finds nothing wrong. */
  readonly missed?: boolean;
  /** By names and sizes alone. */
  readonly seenInStructure?: boolean;
  readonly harm: (repository: Repository, folder: string) => void;
}

const inside = (
  title: string,
  code: RepositoryFindingCode,
  harm: Damage['harm'],
  missed = false,
): Damage => ({ title, code, verdict: 'bad', harm, missed });

const bySize = (...of: Parameters<typeof inside>): Damage => ({
  ...inside(...of),
  seenInStructure: true,
});

const outside = (title: string, code: RepositoryFindingCode, harm: Damage['harm']): Damage => ({
  ...{ title, code, verdict: 'unreadable', harm },
});

const tree = (repository: Repository): string => {
  const small = repository.filesIn('data').at(-1);
  if (small === undefined) throw new Error('no pack');
  return small;
};

const swapPacks = (repository: Repository): void => {
  const [a = '', b = ''] = repository.filesIn('data');
  const [bytesOfA, bytesOfB] = [readFileSync(a), readFileSync(b)];
  repository.replace(a, bytesOfB);
  repository.replace(b, bytesOfA);
};

/** Same size, other content, and no sign of it but the content. */
const otherBytes = (repository: Repository): void => {
  const path = repository.first('data');
  repository.replace(path, createHash('shake256', { outputLength: statSync(path).size }).digest());
};

const removeAll = (repository: Repository, folder: string): void => {
  for (const path of repository.filesIn(folder)) rmSync(path);
};

const emptied = (repository: Repository, folder: string): string => {
  const place = join(folder, 'not-mounted');
  mkdirSync(place);
  repository.save([place]);
  return place;
};

/** Every way to break a repository that we know, each done to a copy of a real one. */
export const damages: readonly Damage[] = [
  bySize('a pack that was deleted', 'PACK_MISSING', (r) => rmSync(r.first('data'))),
  inside('a pack of trees that was deleted', 'PACK_MISSING', (r) => rmSync(tree(r))),
  inside('all packs deleted', 'PACK_MISSING', (r) => removeAll(r, 'data')),
  bySize('a pack that was cut in half', 'PACK_DAMAGED', (r) => r.cut(r.first('data'))),
  bySize('a pack without a byte', 'PACK_DAMAGED', (r) => r.replace(r.first('data'), Buffer.of())),
  inside('one bit of a pack', 'PACK_DAMAGED', (r) => r.flip(r.first('data')), true),
  inside('one bit of a pack of trees', 'PACK_DAMAGED', (r) => r.flip(tree(r))),
  inside('two packs that changed places', 'PACK_DAMAGED', swapPacks),
  inside('a pack of the same size and other bytes', 'PACK_DAMAGED', otherBytes, true),
  inside('all indexes deleted', 'INDEX_MISSING', (r) => removeAll(r, 'index')),
  inside('an index that was cut in half', 'INDEX_DAMAGED', (r) => r.cut(r.first('index'))),
  inside('one bit of an index', 'INDEX_DAMAGED', (r) => r.flip(r.first('index'))),
  inside('one bit of a snapshot', 'SNAPSHOT_DAMAGED', (r) => r.flip(r.first('snapshots'))),
  inside('a snapshot that was cut in half', 'SNAPSHOT_DAMAGED', (r) => r.cut(r.first('snapshots'))),
  inside('all snapshots deleted', 'SNAPSHOTS_NONE', (r) => removeAll(r, 'snapshots'), true),
  inside('a newest snapshot of an empty folder', 'SNAPSHOT_EMPTY', emptied, true),
  inside(
    'a newest snapshot of empty files',
    'SNAPSHOT_EMPTY',
    (r, folder) => {
      const place = join(folder, 'cut-off');
      mkdirSync(place);
      writeFileSync(join(place, 'dump.sql'), '');
      r.save([place]);
    },
    true,
  ),
  inside(
    'a snapshot from next year',
    'SNAPSHOT_FROM_FUTURE',
    (r, folder) => r.save([join(folder, 'data-of-it')], '--time', '2035-01-01 03:00:00'),
    true,
  ),
  inside(
    'a snapshot from before there was a restic',
    'SNAPSHOT_CLOCK_WRONG',
    (r, folder) => r.save([join(folder, 'data-of-it')], '--time', '1980-01-01 03:00:00'),
    true,
  ),
  inside(
    'a snapshot of somebody else among ours',
    'SNAPSHOT_FOREIGN',
    (r, folder) => r.save([join(folder, 'data-of-it')], '--tag', 'innkeeper'),
    true,
  ),
  outside('the key deleted', 'KEY_MISSING', (r) => removeAll(r, 'keys')),
  outside('one bit of the key', 'KEY_DAMAGED', (r) => r.flip(r.first('keys'))),
  outside('a key that was cut in half', 'KEY_DAMAGED', (r) => r.cut(r.first('keys'))),
  outside('the config deleted', 'CONFIG_MISSING', (r) => rmSync(r.path('config'))),
  outside('one bit of the config', 'CONFIG_DAMAGED', (r) => r.flip(r.path('config'))),
  outside('a config without a byte', 'CONFIG_DAMAGED', (r) =>
    r.replace(r.path('config'), Buffer.of()),
  ),
  outside('an empty folder', 'REPOSITORY_MISSING', (r) => {
    rmSync(r.folder, { recursive: true });
    mkdirSync(r.folder);
  }),
  outside('a folder that is not there', 'REPOSITORY_MISSING', (r) =>
    rmSync(r.folder, { recursive: true }),
  ),
  outside('a folder of something else', 'REPOSITORY_FOREIGN', (r) => {
    rmSync(r.folder, { recursive: true });
    mkdirSync(r.path('photos'), { recursive: true });
    writeFileSync(r.path('photos', 'beach.jpg'), 'not a repository');
  }),
];

/** What lies about in good repositories, too. */
export const harmless: readonly { readonly title: string; readonly harm: Damage['harm'] }[] = [
  {
    title: 'an upload that was cut off',
    harm: (r) => writeFileSync(`${r.first('data')}-tmp-123`, 'half a pack'),
  },
  {
    title: 'files of others',
    harm: (r) => writeFileSync(r.path('README.txt'), 'the backups of the office'),
  },
  {
    title: 'a pack that no index names yet',
    harm: (r) => {
      const bytes = Buffer.from('what an interrupted run left');
      const name = createHash('sha256').update(bytes).digest('hex');
      const folder = dirname(dirname(r.first('data')));
      mkdirSync(join(folder, name.slice(0, 2)), { recursive: true });
      writeFileSync(join(folder, name.slice(0, 2), name), bytes);
    },
  },
  {
    title: 'a lock that was left behind',
    harm: (r) =>
      writeFileSync(
        r.path('locks', basename(r.first('snapshots'))),
        readFileSync(r.first('snapshots')),
      ),
  },
];
