import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const MESSAGES = `type LIKE 'intake.chat_message.%'`;
const PATIENCE_MS = 1_800_000;
const LOOK_MS = 50;

/** The log of a running platform, read beside it. */
export class LogLook {
  readonly #database: DatabaseSync;

  constructor(folder: string) {
    this.#database = new DatabaseSync(join(folder, 'innkeeper.db'), { readOnly: true });
  }

  messages(): number {
    return this.#number(`SELECT count(*) AS it FROM log_facts WHERE ${MESSAGES}`);
  }

  /** Settles once there are so many facts of messages. */
  async grown(count: number): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    // Counting costs time of the machine that is measured: the head is looked at first.
    while (this.#head() < count || this.messages() < count) {
      if (Date.now() > end) throw new Error(`the log has ${this.messages()} of ${count} messages`);
      await sleep(LOOK_MS);
    }
  }

  /** From the time a message was written to the time its fact was recorded: both by this machine's clock. */
  lags(after: number): readonly number[] {
    return this.#database
      .prepare(
        `SELECT recorded_at - json_extract(data, '$.at') AS lag FROM log_facts
         WHERE ${MESSAGES} ORDER BY position LIMIT -1 OFFSET ?`,
      )
      .all(after)
      .map(({ lag }) => Number(lag));
  }

  close(): void {
    this.#database.close();
  }

  #head(): number {
    return this.#number('SELECT max(position) AS it FROM log_facts');
  }

  #number(sql: string): number {
    if (!this.#hasFacts()) return 0;
    return Number(this.#database.prepare(sql).get()?.['it'] ?? 0);
  }

  /** A log makes its tables at its first use. */
  #hasFacts(): boolean {
    const named = `SELECT 1 FROM sqlite_master WHERE name = 'log_facts'`;
    return this.#database.prepare(named).get() !== undefined;
  }
}
