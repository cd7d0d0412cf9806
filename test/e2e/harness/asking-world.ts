import { readFileSync, writeFileSync } from 'node:fs';

import type { OperatorRole } from '#libs/kernel';

import { DataFolder } from './data-folder.js';
import { Operator, until, type Answer } from './outside.js';
import { Program } from './program.js';
import { otherProviders } from './providers.js';

export interface ShownAnswer {
  readonly id: string;
  readonly conversation: string;
  readonly outcome: string;
  readonly answer: string;
  readonly citations: readonly { readonly record: string; readonly quote: string }[];
}

export type Asker = 'anna' | 'ben';

/** The whole platform on embedded parts, with payments for the group finance, and Anna alone in it. */
export class AskingWorld {
  readonly #folder = new DataFolder();
  readonly #people = this.#folder.file('people.json');
  #program: Program | undefined;

  readonly url = (): string => this.#program?.url ?? '';

  async start(): Promise<void> {
    this.#program = await Program.start('innkeeper', {
      ...otherProviders,
      ...this.#folder.settings,
      INNKEEPER_DIRECTORY_FILE: this.#people,
      INNKEEPER_KIND_READERS: '{"payment":"group:finance"}',
    });
  }

  async kill(): Promise<void> {
    await this.#program?.end('SIGKILL');
  }

  let(people: object): void {
    writeFileSync(this.#people, JSON.stringify(people));
  }

  as(role: OperatorRole, name?: string): Operator {
    return new Operator(this.url, this.#folder.secret('issuer'), role, name);
  }

  askAs(name: Asker, text: string): Promise<Answer> {
    return this.as('viewer', name).post('/api/questions', { text });
  }

  /** Asks again until it is answered from this record. */
  answered(name: Asker, text: string, record: string): Promise<ShownAnswer> {
    return until(`${name} is answered from ${record}`, async () => {
      const { json } = await this.askAs(name, text);
      const answer = json as ShownAnswer;
      return answer.citations.some((one) => one.record === record) && answer;
    });
  }

  /** The files in which such words stand, however they are written. */
  filesWith(word: string): readonly string[] {
    const forms = [word, word.toLowerCase(), word.toUpperCase()].flatMap((form) => [
      Buffer.from(form),
      Buffer.from(form, 'utf16le'),
    ]);
    return this.#folder.files().filter((path) => {
      const bytes = readFileSync(path);
      return forms.some((form) => bytes.includes(form));
    });
  }

  async dispose(): Promise<void> {
    await this.kill();
    this.#folder.remove();
  }
}
