import { allSubscriptions, allTopics } from '#libs/contracts';
import { openParts, readSettings, type Parts } from '#libs/platform';

import { distributedSettings, type Addresses } from './distributed-settings.js';
import { knock, Operator } from './outside.js';
import { nextBody, randomFrom } from './history.js';
import type { Environment } from './platform-process.js';
import { patientParts } from './patient.js';
import { Program, type ProgramName } from './program.js';
import type { Answered } from './senders.js';

const usualRoles = { door: 'webhook-ingest', rest: 'catalog,api' };

/**
 * A door by itself, and everything else in a second process. The test looks at the servers directly,
 * the platform may have to go through lines that the test can cut.
 */
export class Deployment {
  readonly #direct: Record<string, string>;
  readonly #cuttable: Record<string, string>;
  readonly #random = randomFrom(11);
  readonly answered: Answered[] = [];
  door: Program | undefined;
  rest: Program | undefined;
  readonly #others: Program[] = [];
  readonly viewer: Operator;

  constructor(direct: Addresses, cuttable: Partial<Addresses> = {}) {
    this.#direct = distributedSettings(direct);
    this.#cuttable = {
      ...this.#direct,
      ...(cuttable.mongodbUrl && { INNKEEPER_MONGODB_URL: cuttable.mongodbUrl }),
      ...(cuttable.pubsubHost && { INNKEEPER_PUBSUB_EMULATOR_HOST: cuttable.pubsubHost }),
    };
    const key = this.#direct['INNKEEPER_API_SIGNING_KEY'] ?? '';
    this.viewer = new Operator(() => this.rest?.url ?? '', key, 'viewer');
  }

  setting(name: string): string {
    return this.#direct[name] ?? '';
  }

  /** With another program as the door, more settings for all, or roles shared out otherwise. */
  async start(
    doorProgram: ProgramName = 'webhook-ingest',
    more: Environment = {},
    roles: { readonly door: string; readonly rest: string } = usualRoles,
  ): Promise<void> {
    await this.inspect(({ bus }) => bus.create(allTopics, allSubscriptions));
    const all = { ...this.#cuttable, ...more };
    // Each kept as soon as it runs: where one cannot start, the other can still be stopped.
    await Promise.all([
      Program.start(doorProgram, { ...all, INNKEEPER_ROLES: roles.door }).then(
        (door) => (this.door = door),
      ),
      Program.start('innkeeper', { ...all, INNKEEPER_ROLES: roles.rest }).then(
        (rest) => (this.rest = rest),
      ),
    ]);
  }

  /** One more process, with roles that the two do not have. */
  async startAlso(program: ProgramName, more: Environment = {}): Promise<Program> {
    const other = await Program.start(program, { ...this.#cuttable, ...more });
    this.#others.push(other);
    return other;
  }

  /** One delivery; what is answered 200 is remembered. */
  async post(): ReturnType<typeof knock> {
    const body = nextBody(this.#random, this.#direct['INNKEEPER_AIRCALL_TOKENS'] ?? '');
    const answer = await knock(this.door?.url ?? '', body);
    if (answer.status === 200) this.answered.push({ id: (answer.json as { id: string }).id, body });
    return answer;
  }

  /** The ports, past lines that are cut; the caller that opens them closes them. */
  parts(): Promise<Parts> {
    return openParts(
      readSettings({ ...this.#direct, INNKEEPER_ROLES: 'catalog' }, () => ''),
      undefined,
    );
  }

  async inspect<T>(look: (parts: Parts) => Promise<T>): Promise<T> {
    const parts = await this.parts();
    try {
      return await look(patientParts(parts));
    } finally {
      await parts.close();
    }
  }

  async stop(): Promise<readonly (number | null | undefined)[]> {
    const all = [this.door, this.rest, ...this.#others.splice(0)];
    const ended = await Promise.all(all.map(async (one) => one?.end()));
    return ended.map((one) => one?.code);
  }
}
