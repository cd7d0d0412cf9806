import type { Sources } from '#libs/intake';
import { fault, type OperatorRole } from '#libs/kernel';
import {
  isPersonName,
  issueToken,
  LOCAL_OPERATOR,
  openSources,
  readRunning,
  readSecret,
  readSettings,
  type Settings,
} from '#libs/platform/local';
import { readFileSync } from 'node:fs';

import { UsageError } from '../exit.js';
import { reach } from './route-client.js';

export type CallerEnvironment = Readonly<Record<string, string | undefined>>;

const read = (path: string): string => readFileSync(path, 'utf8');

/** What this machine knows of a platform: its environment, and the data directory that names. */
export class KnownPlatform {
  #settings: Settings | undefined;

  constructor(
    private readonly env: CallerEnvironment,
    private readonly to: string | undefined,
  ) {
    if (to !== undefined && !/^https?:\/\/./.test(to))
      throw new UsageError(`--to ${to} is no address.`, 'Write it as http://127.0.0.1:3000.');
  }

  /** Read when needed only: who names a platform elsewhere needs none of its settings here. */
  get settings(): Settings {
    this.#settings ??= readSettings(this.env, read, 'ask');
    return this.#settings;
  }

  /** Where the platform is; missing if nothing says that it runs. */
  get url(): string | undefined {
    return this.to ?? readRunning(this.settings.process.dataDir)?.url;
  }

  get platform(): string {
    const { url } = this;
    if (url === undefined)
      throw fault('PLATFORM_UNREACHABLE', { details: { data: this.settings.process.dataDir } });
    return url;
  }

  /** INNKEEPER_TOKEN if there is one; else, of the platform in the data directory, one we sign. */
  async tokenFor(role: OperatorRole): Promise<string> {
    const given = this.#textOf('INNKEEPER_TOKEN');
    if (given !== undefined) return given;
    if (this.to === undefined || this.#isHere(this.to)) return this.issue(role);
    // Whether anybody is there matters more than how to be let in.
    await reach(this.to, '/health/live', {});
    throw new UsageError(
      `A token for ${this.to} is missing.`,
      'Make one there with `innkeeper token`, and set INNKEEPER_TOKEN to it.',
    );
  }

  issue(role: OperatorRole, name = LOCAL_OPERATOR): Promise<string> {
    const { api, process } = this.settings;
    const key = api.signingKey ?? readSecret(process.dataDir, 'issuer');
    if (!key)
      throw new UsageError(
        `Nothing to sign a token with in ${process.dataDir}.`,
        'Start the platform here once with `npm start`, or set INNKEEPER_DATA_DIR or INNKEEPER_API_SIGNING_KEY.',
      );
    if (!isPersonName(name))
      throw new UsageError(
        '--subject is no name.',
        'Write it in one line, as the directory has it.',
      );
    return issueToken(key, { name, role });
  }

  /** The sources of this deployment, with their secrets as the door has them. */
  get sources(): Sources {
    const { dataDir } = this.settings.process;
    return openSources(this.settings, (name) => readSecret(dataDir, name));
  }

  #isHere(url: string): boolean {
    const here = readRunning(this.settings.process.dataDir)?.url;
    return here !== undefined && new URL(here).origin === new URL(url).origin;
  }

  #textOf(name: string): string | undefined {
    if (this.env[name]) return this.env[name];
    const file = this.env[`${name}_FILE`];
    return file ? read(file).trim() : undefined;
  }
}
