import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { DataFolder } from './data-folder.js';
import { Operator, until } from './outside.js';
import { Program, type Ended } from './program.js';

/** One entry of INNKEEPER_FOLLOW. */
export interface FollowEntry {
  readonly name: string;
  readonly database: string;
  readonly collection: string;
  readonly url: string;
  readonly filter?: object;
  readonly fields?: readonly string[];
  readonly subject?: string;
}

export interface ShownNotice {
  readonly id: string;
  readonly source: string;
  readonly deleted: boolean;
  readonly subject?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ShownFeed {
  readonly name: string;
  readonly phase: 'snapshot' | 'stream' | 'halted';
  readonly done: number;
  readonly of?: number;
  readonly lagMs: number;
  readonly tokenAt: string | null;
  readonly preImages: boolean;
  readonly code?: string;
  readonly waiting?: { readonly count: number };
  readonly parked: readonly { readonly id: string; readonly bytes?: number }[];
}

export interface Typed {
  readonly code: number | null;
  readonly err: string;
  /** What it printed with --json, line by line. */
  readonly documents: readonly never[];
}

const PROGRAM = fileURLToPath(new URL('../../../dist/apps/innkeeper/src/main.js', import.meta.url));

/** The platform of `npm start` that follows collections, as those see it who know only its outside. */
export class Follower {
  readonly #folder = new DataFolder();
  #program: Program | undefined;

  constructor(private readonly follow: readonly FollowEntry[]) {}

  async start(): Promise<void> {
    this.#program = await Program.start('innkeeper', {
      ...this.#folder.settings,
      INNKEEPER_FOLLOW: JSON.stringify(this.follow),
    });
  }

  /** What it printed since it started last. */
  get printed(): string {
    return this.#program?.stderr ?? '';
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<Ended | undefined> {
    return this.#program?.end(signal);
  }

  async dispose(): Promise<void> {
    await this.end('SIGKILL');
    this.#folder.remove();
  }

  get viewer(): Operator {
    return new Operator(() => this.#program?.url ?? '', this.#folder.secret('issuer'), 'viewer');
  }

  /** The command line beside it, as its own process. */
  async type(...words: readonly string[]): Promise<Typed> {
    const child = spawn(process.execPath, [PROGRAM, ...words, '--json'], {
      env: { PATH: process.env['PATH'] ?? '', ...this.#folder.settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, err] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    const lines = out.split('\n').filter((line) => line !== '');
    return { code: child.exitCode, err, documents: lines.map((line) => JSON.parse(line) as never) };
  }

  async feeds(): Promise<readonly ShownFeed[]> {
    const { json } = await this.viewer.get('/api/capture');
    return (json as { items: ShownFeed[] }).items;
  }

  async feed(name: string): Promise<ShownFeed> {
    const found = (await this.feeds()).find((one) => one.name === name);
    if (!found) throw new Error(`${name} is not followed`);
    return found;
  }

  async streams(...names: readonly string[]): Promise<void> {
    await until(`${names.join(', ')} as a stream`, async () => {
      const feeds = await this.feeds();
      return names.every((name) => feeds.find((one) => one.name === name)?.phase === 'stream');
    });
  }

  /** All records of a feed that lists show, by what comes after the name of the feed. */
  async records(name: string): Promise<ReadonlyMap<string, ShownNotice>> {
    const start = `${name}.main.`;
    const found = new Map<string, ShownNotice>();
    let after = '';
    do {
      const { json } = await this.viewer.get(`/api/records/notice?limit=200${after}`);
      const { items, next } = json as { items: ShownNotice[]; next: string | null };
      for (const one of items) if (one.id.startsWith(start)) found.set(rest(one.id, start), one);
      after = next === null ? '' : `&after=${encodeURIComponent(next)}`;
    } while (after !== '');
    return found;
  }

  /** Waits until the records of a feed are these, by one field of them each. */
  async shows(name: string, field: string, expected: Readonly<Record<string, unknown>>) {
    let seen: unknown;
    const due = JSON.stringify(Object.entries(expected).sort());
    await until(`${name} shows ${due.slice(0, 500)}`, async () => {
      const records = await this.records(name);
      const pairs = [...records].map(([id, { body }]): [string, unknown] => [id, body[field]]);
      seen = JSON.stringify(pairs.sort());
      return seen === due;
    }).catch((error: unknown) => {
      throw new Error(`it shows ${String(seen).slice(0, 500)}`, { cause: error });
    });
  }

  /** How many facts the log holds of a document, all its lives together. */
  async facts(notice: string): Promise<number> {
    let count = 0;
    let after = 0;
    for (;;) {
      const query = `type=intake.notice.observed.v1&limit=200&after=${after}`;
      const { json } = await this.viewer.get(`/api/facts?${query}`);
      const page = json as {
        items: { data: { notice?: string } }[];
        next: string | null;
        position: number;
      };
      count += page.items.filter(({ data }) => data.notice === notice).length;
      if (page.next === null) return count;
      after = page.position;
    }
  }
}

const rest = (id: string, start: string): string => id.slice(start.length);
