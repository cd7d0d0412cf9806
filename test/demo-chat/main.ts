import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { FakeRocketchat as FakeChat } from '#libs/testing';

import { openDemoChat } from './chat-of-the-demo.js';
import { startChatPage } from './page-server.js';
import { freePort, noteOn, settingsFor, startPlatform, tokensOf } from './platform-beside.js';

/** By its path: the door of the testing library leads through Jest, which is not here. */
const { FakeRocketchat } = (await import(
  new URL('../../libs/testing/src/fakes/rocketchat/fake-rocketchat.js', import.meta.url).href
)) as { FakeRocketchat: typeof FakeChat };

const PAGE_PORT = 3100;
const PLATFORM_PORT = 3000;

const portIn = (name: string, byDefault: number): Promise<number> =>
  freePort(Number(process.env[name] ?? byDefault));

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const [program = ''] = process.argv.slice(2);
const dataDir = mkdtempSync(join(tmpdir(), 'innkeeper-demo-chat-'));
const demo = await openDemoChat(FakeRocketchat);
const port = await portIn('INNKEEPER_HTTP_PORT', PLATFORM_PORT);
// People who look at the page do not look for each lease.
const quiet = { INNKEEPER_LOG_LEVEL: 'warn' };
const env = { ...quiet, ...process.env, ...settingsFor(demo, { dataDir, port }) };
demo.hooksTo(`http://127.0.0.1:${port}/webhooks/rocketchat`);
const page = await startChatPage({
  chat: demo.chat,
  folder: pathToFileURL(`${process.cwd()}/test/demo-chat/page/`).href,
  port: await portIn('DEMO_CHAT_PORT', PAGE_PORT),
  tokenFor: tokensOf(env),
  note: noteOn(env),
});
const platform = startPlatform(program, env, () =>
  say(
    `\nThe chat is here: ${page.url}\nAsk there as one of five people. What was said before today can be found in about half a minute.\nCtrl-C ends all of it.\n`,
  ),
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void platform.stop());
const [code] = (await platform.ended) as [number | null];
await page.close();
await demo.close();
rmSync(dataDir, { recursive: true, force: true });
process.exitCode = code ?? 0;
