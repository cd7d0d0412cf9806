import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { topics } from '#libs/contracts';
import { readSettings, runProcess, silentLog, type RunningProcess } from '#libs/platform';
import { HANG_MS } from '#libs/testing';

import { processOutside } from '../src/process-outside.js';
import { loadRoles } from '../src/roles.js';
import { runWith, type Answer } from './fake-outside.js';

const fixtures = fileURLToPath(new URL('../../../test/fixtures/aircall/', import.meta.url));
const sample = (name: string): string => join(fixtures, `${name}.json`);
const ended = sample('call.ended.answered');
const chatSample = (name: string): string => join(fixtures, '..', 'rocketchat', `${name}.json`);
const CALL = 'aircall.main.4190001001';

const right = 'the-right-token-1';
const wrong = 'a-wrong-token-22';

/** The platform of `npm start` in a directory of its own, and the command line beside it. */
class Embedded {
  readonly folder = mkdtempSync(join(tmpdir(), 'innkeeper-cli-'));
  readonly env = {
    INNKEEPER_DATA_DIR: this.folder,
    INNKEEPER_HTTP_PORT: '0',
    INNKEEPER_CANARY_SECONDS: '0',
    INNKEEPER_BACKUP_SCHEDULE: 'off',
    INNKEEPER_AIRCALL_TOKENS: right,
    INNKEEPER_ROCKETCHAT_USER_ID: 'AwZyTLwwGJm2QkbdE',
    INNKEEPER_ROCKETCHAT_TOKENS: 'the-token-of-the-chat',
  };
  #running: RunningProcess | undefined;

  async start(tokens = right): Promise<void> {
    const settings = readSettings({ ...this.env, INNKEEPER_AIRCALL_TOKENS: tokens }, () => '');
    this.#running = await runProcess(await loadRoles(), settings, silentLog);
  }

  get running(): RunningProcess {
    if (!this.#running) throw new Error('the platform was not started');
    return this.#running;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  readonly type = (words: readonly string[], env: Record<string, string> = {}): Promise<Answer> =>
    runWith(words, (io) => processOutside({ ...this.env, ...env }, io));

  /** The same command until it says what it will say: a consumer works when it wakes. */
  async until(words: readonly string[], said: (answer: Answer) => boolean): Promise<Answer> {
    const deadline = performance.now() + HANG_MS;
    for (;;) {
      const answer = await this.type(words);
      if (said(answer)) return answer;
      if (performance.now() > deadline) throw new Error(`never said: ${answer.out}${answer.err}`);
      await sleep(20);
    }
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true });
  }
}

const idOf = (document: unknown): string => (document as { id: string }).id;
const idIn = ({ documents: [first] }: Answer): string => idOf(first);
const someDocuments = ({ documents }: Answer): boolean => documents.length > 0;
const recorded = ({ out }: Answer): boolean => out.includes('Now: in ');

describe('the command line beside a running platform', () => {
  const platform = new Embedded();
  const { type } = platform;
  beforeAll(() => platform.start(), 30_000);
  afterAll(() => platform.dispose());

  it('sends a delivery and follows it to its record', async () => {
    const sent = await type(['send', 'aircall', ended, '--json']);
    expect(sent).toMatchObject({ code: 0, documents: [{ status: 200 }] });
    const again = await type(['send', 'aircall', ended, '--times', '3', '--json']);
    expect(again.documents.map((answer) => (answer as { id: string }).id)).toEqual(
      Array.from({ length: 3 }, () => idIn(sent)),
    );

    const { code } = await platform.until(['trace', idIn(sent)], recorded);
    expect(code).toBe(0);
    const { documents } = await type(['trace', `call/${CALL}`, '--json']);
    expect(documents).toMatchObject([{ records: [{ kind: 'call', id: CALL }] }]);
  });

  it('reads the log in order, personal parts only when asked for', async () => {
    const stream = ['facts', '--json', '--stream', `call/${CALL}`];
    const { documents, out } = await type(stream);
    expect(documents).toMatchObject([{ type: 'intake.call.observed.v1', sealed: true }]);
    expect(out).not.toContain('Maya');
    expect((await type([...stream, '--personal'])).out).toContain('Maya');
  });

  it('gives back the very bytes that were posted', async () => {
    const deliveries = await type(['deliveries', '--json']);
    const { sha256, id } = deliveries.documents[0] as { sha256: string; id: string };
    const { bytes, err } = await type(['deliveries', 'show', id, '--raw']);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    const { token: _, ...payload } = JSON.parse(readFileSync(ended, 'utf8')) as { token: string };
    expect(JSON.parse(bytes.toString())).toEqual({ ...payload, token: right });
    expect(err).toBe('');
  });

  it('shows records, filtered, and one with its history', async () => {
    const where = (status: string) => ['records', 'call', '--where', `status=${status}`, '--json'];
    expect((await type(where('ended'))).documents).toMatchObject([{ id: CALL }]);
    expect((await type(where('ringing'))).documents).toEqual([]);
    const { documents } = await type(['records', 'call', CALL, '--json']);
    expect(documents).toMatchObject([{ id: CALL, history: [{ event: 'call.ended' }] }]);
    expect((await type(['records', 'call', 'aircall.main.0'])).code).toBe(1);
    expect((await type(['records', 'call', '--where', 'mood=good'])).code).toBe(2);
  });

  it('asks whose a number is that two share, and takes an answer', async () => {
    const text = readFileSync(sample('contact.created'), 'utf8');
    const file = join(platform.folder, 'tom.json');
    writeFileSync(file, text.replace('77120045', '77120046').replace('Maya', 'Tom'));
    await type(['send', 'aircall', file]);
    const { documents } = await platform.until(['link', '--json'], someDocuments);
    const pair = ['contact/aircall.main.77120045', 'contact/aircall.main.77120046'];
    expect(documents[0]).toMatchObject({ candidates: [{}, { displayName: 'Tom Osei' }] });
    expect((await type(['link', 'show', `call/${CALL}`])).out).toContain('nobody');
    const same = await type(['link', 'settle', ...pair, '--same', '--json']);
    expect(same).toMatchObject({ code: 0, documents: [{ same: true, linked: true }] });
    expect((await type(['link', 'show', `call/${CALL}`])).out).toContain('an operator’s ruling');
    const apart = await type(['link', 'settle', ...pair.toReversed(), '--apart', '--json']);
    expect(apart).toMatchObject({ code: 0, documents: [{ same: false }] });
    expect((await type(['link', '--json'])).documents).toEqual([]);
    expect((await type(['link', 'show', 'contact/aircall.main.0'])).code).toBe(1);
  });

  it('is content while nothing needs a person', async () => {
    expect(await type(['doctor'])).toMatchObject({ code: 0 });
    expect(await type(['verify'])).toMatchObject({ code: 0 });
    expect(await type(['bus', 'verify'])).toMatchObject({ code: 0 });
  });

  it('finds, shows, sends once more and drops a dead letter', async () => {
    await platform.running.parts.bus.publish(topics.deliveries, [
      { data: new TextEncoder().encode('no delivery'), attributes: {} },
    ]);
    const list = await platform.until(['dead', '--json'], someDocuments);
    expect(list.documents).toMatchObject([{ code: 'INTAKE_DELIVERY_MALFORMED' }]);
    const sick = await type(['doctor']);
    expect(sick.code).toBe(1);
    expect(sick.out).toContain('DEAD_LETTERS');

    expect((await type(['dead', 'redrive', '--all', '--json'])).documents).toEqual([
      { redriven: 1 },
    ]);
    const back = await platform.until(['dead', '--json'], someDocuments);
    expect((await type(['dead', 'show', idIn(back)])).out).toContain('check its permissions');
    expect((await type(['dead', 'drop', idIn(back)])).code).toBe(0);
    expect((await type(['dead', '--json'])).documents).toEqual([]);
  });

  it('builds the records again and finds them equal', async () => {
    const { documents, code } = await type(['rebuild', 'catalog', '--switch', '--json']);
    expect(code).toBe(0);
    expect(documents).toMatchObject([
      { state: 'switched', result: { comparison: { differences: 0 } } },
    ]);
    expect((await type(['records', 'call', CALL])).code).toBe(0);
  }, 20_000);

  it('takes what could not prove itself out of quarantine once the secret is right', async () => {
    const hungup = sample('call.hungup');
    const refused = await type(['send', 'aircall', hungup], { INNKEEPER_AIRCALL_TOKENS: wrong });
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('401 INTAKE_TOKEN_INVALID');
    await platform.until(['quarantine', '--json'], someDocuments);
    expect((await type(['quarantine', 'retry', '--json'])).documents).toEqual([
      { proved: 0, left: 1 },
    ]);

    await platform.stop();
    expect((await type(['quarantine'])).code).toBe(3);
    await platform.start(`${right},${wrong}`);
    const retried = await type(['quarantine', 'retry', '--json']);
    expect(retried).toMatchObject({ code: 0, documents: [{ proved: 1, left: 0 }] });
    const { documents } = await platform.until(
      ['facts', '--stream', `call/${CALL}`, '--json'],
      (answer) => answer.documents.length === 2,
    );
    expect(documents).toMatchObject([{}, { data: { event: 'call.hungup' } }]);
  }, 30_000);

  it('erases what is linked to a contact, and the chain stays whole', async () => {
    await type(['send', 'aircall', sample('contact.created')]);
    const target = 'contact/aircall.main.77120045';
    await platform.until(['trace', target], recorded);
    const unasked = await type(['erase', target]);
    expect(unasked.code).toBe(2);
    expect(unasked.out).toContain(`call/${CALL}`);
    expect((await type(['records', 'call', CALL])).out).toContain('Maya');

    const { documents } = await type(['erase', target, '--yes', '--json']);
    expect(documents).toMatchObject([{ erased: true, refolded: true }]);
    expect((await type(['records', 'call', CALL])).out).not.toContain('Maya');
    expect((await type(['facts', '--json', '--personal'])).out).not.toContain('Maya');
    expect((await type(['verify', '--json'])).documents).toMatchObject([{ whole: true }]);
  }, 20_000);

  it('says what is set without a secret', async () => {
    const { out } = await type(['settings']);
    expect(out).toMatch(/INNKEEPER_AIRCALL_TOKENS +environment +\[secret\]/);
    expect(out).not.toContain(right);
  });

  it('reaches a platform elsewhere with a token, which may do what its role may', async () => {
    const there = ['--to', platform.running.url];
    const elsewhere = { INNKEEPER_DATA_DIR: join(platform.folder, 'nothing') };
    const refused = await type(['deliveries', ...there], elsewhere);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('INNKEEPER_TOKEN');

    const viewer = (await type(['token'])).out.trim();
    const asViewer = { ...elsewhere, INNKEEPER_TOKEN: viewer };
    const list = await type(['deliveries', ...there, '--json'], asViewer);
    expect(list.code).toBe(0);
    const raw = await type(['deliveries', 'show', idIn(list), '--raw', ...there], asViewer);
    expect(raw).toMatchObject({ code: 2, out: '' });
    expect(raw.err).toContain('API_ROLE_INSUFFICIENT');

    const file = join(platform.folder, 'token');
    writeFileSync(file, `${viewer}\n`);
    const fromFile = { ...elsewhere, INNKEEPER_TOKEN_FILE: file };
    expect((await type(['doctor', ...there], fromFile)).code).toBe(0);
  });

  it('sends what the chat announces, and does not listen to our own answers', async () => {
    const files = ['07-own-rest-answer-bot-false-loop-test', '01-public-channel-trigger-word'];
    const sent = await type(['send', 'rocketchat', ...files.map(chatSample), '--json']);
    expect(sent).toMatchObject({ code: 0, documents: [{ status: 200 }, { status: 200 }] });
    const announced = ['facts', '--json', '--type', 'intake.chat_message.announced.v1'];
    const { documents } = await platform.until(announced, someDocuments);
    expect(documents).toMatchObject([{ stream: 'chat_message/rocketchat.main.JWd3SdzHDwy4PPwu8' }]);
    const [own, plain] = await Promise.all(
      sent.documents.map((answer) => type(['deliveries', 'show', idOf(answer), '--json'])),
    );
    expect(own?.documents).toMatchObject([{ source: 'rocketchat', facts: [] }]);
    expect(plain?.documents).toMatchObject([{ source: 'rocketchat', facts: [expect.anything()] }]);
  });
});

describe('the command line where nothing runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-cli-'));
  const typeWith = (env: Record<string, string>, ...words: string[]) =>
    runWith(words, (io) => processOutside({ INNKEEPER_DATA_DIR: folder, ...env }, io));
  const type = (...words: string[]) => typeWith({}, ...words);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says that the platform does not answer, exits 3, and makes nothing', async () => {
    for (const words of ['doctor', 'facts', 'deliveries']) expect((await type(words)).code).toBe(3);
    expect((await type('doctor', '--to', 'http://127.0.0.1:9')).code).toBe(3);
    expect((await type('token')).code).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says so too when it was killed and its address is left', async () => {
    const running = { pid: 1, url: 'http://127.0.0.1:9', startedAt: 0 };
    writeFileSync(join(folder, 'running.json'), JSON.stringify(running));
    const { code, err } = await type('send', 'aircall', ended);
    expect({ code, first: err.slice(0, 2) }).toEqual({ code: 2, first: '✖ ' });
    const token = { INNKEEPER_AIRCALL_TOKENS: right };
    expect(await typeWith(token, 'send', 'aircall', ended)).toMatchObject({ code: 3 });
    expect(await type('settings')).toMatchObject({ code: 0 });
  });

  it('opens the embedded bus by itself to make topics', async () => {
    expect(await type('bus', 'create')).toMatchObject({ code: 0 });
    expect((await type('bus', 'verify', '--json')).documents).toEqual([{ missing: [] }]);
  });
});
