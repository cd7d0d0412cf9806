import { readFileSync } from 'node:fs';

import type { OperatorRole } from '#libs/kernel';
import { guesty } from '#libs/providers/guesty';
import type { AnswerDocument, ErasureAnswer, RebuildAnswer } from '#libs/routes';

import { DataFolder } from './data-folder.js';
import { Deployment } from './deployment.js';
import type { Addresses } from './distributed-settings.js';
import type { Environment } from './platform-process.js';
import { deliver, Operator, until, type Answer } from './outside.js';
import type { Program } from './program.js';
import { signedPost, type Post } from './providers.js';

const DOOR = 'webhook-ingest,catalog,api';
const HOME_OF_SAMPLE = '65b1c2d3e4f5a6b7c8d9e0f1';
const listing = readFileSync(
  new URL('../../fixtures/guesty/listing.new.json', import.meta.url),
  'utf8',
);

/** A busy machine may take longer than the platform waits for its servers: then it says so, and is asked again. */
const answered = (what: () => Promise<Answer>): Promise<Answer> =>
  until('it is answered', async () => {
    const answer = await what();
    if (answer.status < 300) return answer;
    if (answer.status === 503) return undefined;
    throw new Error(`it was answered with ${answer.status}: ${answer.text}`);
  });

/** Who takes in, folds and erases in one process; who indexes and answers in another, or in one each. */
export class FindingWorld {
  readonly #folder = new DataFolder();
  readonly #deployment: Deployment;
  /** Alone in its process, where the index is a server. */
  #indexer: Program | undefined;

  constructor(
    addresses: Addresses,
    private readonly qdrantHost?: string,
  ) {
    this.#deployment = new Deployment(addresses);
  }

  async start(): Promise<void> {
    const index: Environment = this.qdrantHost
      ? {
          INNKEEPER_SEARCH_INDEX_KIND: 'qdrant',
          INNKEEPER_QDRANT_URL: `http://${this.qdrantHost}`,
        }
      : { INNKEEPER_DATA_DIR: this.#folder.path };
    const rest = this.qdrantHost ? 'llm-responder' : 'vectorizer,llm-responder';
    await this.#deployment.start('innkeeper', index, { door: DOOR, rest });
    if (this.qdrantHost)
      this.#indexer = await this.#deployment.startAlso('innkeeper', {
        ...index,
        INNKEEPER_ROLES: 'vectorizer',
      });
  }

  /** At the process that folds. */
  at(role: OperatorRole): Operator {
    const { door } = this.#deployment;
    return this.#operator(role, () => door?.url ?? '');
  }

  /** At the process that answers questions. */
  get asker(): Operator {
    return this.#operator('viewer', () => this.#deployment.rest?.url ?? '');
  }

  #operator(role: OperatorRole, url: () => string): Operator {
    return new Operator(url, this.#deployment.setting('INNKEEPER_API_SIGNING_KEY'), role);
  }

  deliver(post: Post): Promise<Answer> {
    return deliver(this.#deployment.door?.url ?? '', post);
  }

  /** A home by this name, as Guesty delivers it; settles when it is a record. Answers its id. */
  async addHome(name: string, last: string): Promise<string> {
    const id = `${HOME_OF_SAMPLE.slice(0, -1)}${last}`;
    const told = listing
      .replaceAll(HOME_OF_SAMPLE, id)
      .replaceAll('Quay Loft', name)
      .replaceAll('QUAY-01', `HOME-${last}`);
    await this.deliver(await signedPost(guesty, told));
    const record = `guesty.main.${id}`;
    await until(`${name} is a record`, async () => {
      return (await this.at('viewer').get(`/api/records/listing/${record}`)).status === 200;
    });
    return record;
  }

  /** All that is shown to somebody who asks: what a search finds, the answer, and every answer that was ever given. */
  async shown(question: string): Promise<string> {
    const answer = JSON.stringify(await this.ask(question));
    return [await this.search(question), answer, await this.#dialogues()].join('\n');
  }

  async search(text: string): Promise<string> {
    const path = `/api/search?limit=50&text=${encodeURIComponent(text)}`;
    return (await answered(() => this.asker.get(path))).text;
  }

  async ask(text: string): Promise<AnswerDocument> {
    return (await answered(() => this.asker.post('/api/questions', { text }))).json;
  }

  async #dialogues(): Promise<string> {
    const { json } = await answered(() => this.asker.get('/api/dialogues?limit=200'));
    const { items } = json as { items: { id: string }[] };
    const shown = await Promise.all(
      items.map(({ id }) => answered(() => this.asker.get(`/api/dialogues/${id}`))),
    );
    return shown.map(({ text }) => text).join('\n');
  }

  /** Settles when a search finds it, and an answer cites it. */
  async isShown(question: string, holds: (text: string) => boolean): Promise<void> {
    await until(`${question} is answered from it`, async () => {
      if (!holds(await this.search(question))) return false;
      return holds(JSON.stringify((await this.ask(question)).citations));
    });
  }

  /** Settles when an erasure is answered that the catalog has read. */
  async erase(target: string, also: readonly string[] = []): Promise<void> {
    const asked = { target, also, confirm: true };
    await until(`${target} is erased`, async () => {
      const { json } = await answered(() => this.at('admin').post('/api/erasures', asked));
      const { erased, refolded } = json as ErasureAnswer;
      return erased && refolded === true;
    });
  }

  /** A search about a home, once who answers knows its name: until then it is one about all homes. */
  async searchAbout(text: string, home: string, record: string): Promise<string> {
    return until(`${home} is known to who answers`, async () => {
      const found = await this.search(`${text} ${home}`);
      const { scope } = JSON.parse(found) as { scope: { ids: readonly string[] } };
      return scope.ids.includes(`listing/${record}`) && found;
    });
  }

  /** A note that answers where the silver key hangs; its id. */
  async write(name: string, word: string, listing?: string): Promise<string> {
    const text = `# Keys\n\nThe silver key hangs behind the ${word} curtain.\n`;
    const asked = { name, text, ...(listing !== undefined && { listing }) };
    const { json } = await answered(() => this.at('operator').post('/api/notes', asked));
    const { note } = json as { note: string };
    return note;
  }

  /** Whether an index that is made of the records now is the same as the live one. */
  async isIndexEqual(): Promise<boolean> {
    const { json } = await this.at('operator').post('/api/rebuilds/knowledge');
    const { id } = json as { id: string };
    const state = await until('the index was compared', async () => {
      const shown = (await this.at('viewer').get(`/api/rebuilds/${id}`)).json as RebuildAnswer;
      return ['asked', 'running'].includes(shown.state) ? undefined : shown.state;
    });
    return state === 'equal';
  }

  /** It stops at once, also in the middle of a write, until it is resumed. */
  pauseIndexer(): void {
    this.#signal('SIGSTOP');
  }

  resumeIndexer(): void {
    this.#signal('SIGCONT');
  }

  #signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    if (!this.#indexer) throw new Error('no indexer has a process of its own');
    process.kill(this.#indexer.pid, signal);
  }

  async stop(): Promise<void> {
    // A process that stands still hears of no end.
    if (this.#indexer?.alive) this.resumeIndexer();
    await this.#deployment.stop();
    this.#folder.remove();
  }
}
