import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Controller, Module } from '@nestjs/common';
import { afterEach, describe, expect, it } from '@jest/globals';

import { subscriptions } from '#libs/contracts';
import { FakeChat, FakeEmbeddings } from '#libs/testing';

import { Reactor } from '../src/bus/reactor.js';
import { runProcess, type RunningProcess } from '../src/composition/run-process.js';
import { writeSummary } from '../src/composition/summary.js';
import { silentLog, type LogFields } from '../src/logs/log.js';
import { readSettings } from '../src/settings/read-settings.js';

@Controller()
class ReadsNothingReactor {
  @Reactor(subscriptions.roomsOfHints, subscriptions.roomsOfChat, subscriptions.roomsOfGone)
  react(): Promise<void> {
    return Promise.resolve();
  }
}

@Module({ controllers: [ReadsNothingReactor] })
class NothingModule {}

interface StartedProcess {
  readonly running: RunningProcess;
  readonly summary: string;
  readonly warned: readonly { readonly event: string; readonly fields: LogFields | undefined }[];
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const started = async (env: Readonly<Record<string, string>>): Promise<StartedProcess> => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-models-'));
  closing.push(() => Promise.resolve(rmSync(folder, { recursive: true })));
  const settings = readSettings(
    {
      INNKEEPER_DATA_DIR: folder,
      INNKEEPER_HTTP_PORT: '0',
      INNKEEPER_ROLES: 'llm-responder',
      ...env,
    },
    (path) => readFileSync(path, 'utf8'),
  );
  const warned: { event: string; fields: LogFields | undefined }[] = [];
  const warn = (event: string, fields?: LogFields): void => void warned.push({ event, fields });
  const running = await runProcess({ 'llm-responder': NothingModule }, settings, {
    ...silentLog,
    warn,
  });
  closing.push(() => running.stop());
  let summary = '';
  const write = (text: string | Uint8Array): boolean => Boolean((summary += String(text)));
  await writeSummary(settings, running, { isTTY: true, write });
  return { running, summary, warned };
};

const servers = async () => {
  const chat = await new FakeChat('openai').start();
  closing.push(() => chat.stop());
  const embeddings = new FakeEmbeddings();
  await embeddings.start();
  closing.push(() => embeddings.stop());
  return { chat, embeddings };
};

const settingsOf = (chat: string, embeddings: string) => ({
  INNKEEPER_CHAT_MODEL_KIND: 'openai',
  INNKEEPER_CHAT_MODEL_URL: chat,
  INNKEEPER_CHAT_MODEL_NAME: 'the-model',
  INNKEEPER_EMBEDDER_KIND: 'openai',
  INNKEEPER_EMBEDDER_URL: embeddings,
  INNKEEPER_EMBEDDER_MODEL: 'the-embedder',
  INNKEEPER_RERANKER_URL: 'http://127.0.0.1:9/rerank',
});

/** What is reached at the start nobody waits for. */
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((again) => setTimeout(again, 10));
};

describe('models by settings', () => {
  it('are opened where questions are answered, and the summary says which text goes to whom', async () => {
    const { chat, embeddings } = await servers();
    const { running, summary } = await started(settingsOf(chat.url, embeddings.url));
    expect(running.parts.chatModel?.model).toBe('the-model');
    expect(running.parts.embedder).toBeDefined();
    expect(running.parts.reranker).toBeDefined();
    const host = (url: string): string => new URL(url).host;
    expect(summary).toMatch(/^ {2}meaning +the-embedder: no vectors yet$/m);
    for (const line of [
      `passages and questions go to ${host(embeddings.url)} (the-embedder)`,
      'questions and the best passages go to 127.0.0.1:9',
      `questions and what is found for them go to ${host(chat.url)} (the-model)`,
    ])
      expect(summary).toContain(line);
  });

  it('are not there without settings, and the summary says how to turn them on', async () => {
    const { running, summary, warned } = await started({});
    const { chatModel, embedder, reranker } = running.parts;
    expect([chatModel, embedder, reranker]).toEqual([undefined, undefined, undefined]);
    expect(summary).toMatch(/^ {2}meaning +off: set INNKEEPER_EMBEDDER_KIND$/m);
    expect(summary).toMatch(/^ {2}model +off: set INNKEEPER_CHAT_MODEL_KIND$/m);
    expect(summary).not.toContain(' go to ');
    expect(warned).toEqual([]);
  });

  it('stop no start when they are away, which the log says of each', async () => {
    const away = 'http://127.0.0.1:9/v1';
    const { running, warned } = await started(settingsOf(away, away));
    expect(running.url).toMatch(/^http/);
    await until(() => warned.length === 2);
    const told = warned.map(({ event, fields = {} }) => [
      event,
      fields['backend'],
      fields['error'],
    ]);
    expect(told).toEqual(
      expect.arrayContaining([
        [
          'model.unreachable',
          'language model',
          expect.objectContaining({ code: 'CHAT_MODEL_UNAVAILABLE' }),
        ],
        [
          'model.unreachable',
          'embedding model',
          expect.objectContaining({ code: 'EMBEDDER_UNAVAILABLE' }),
        ],
      ]),
    );
  });
});
