import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { issueToken, readSecret, readSettings } from '#libs/platform/local';

import type { DemoChat } from './chat-of-the-demo.js';
import { BOT, TRIGGER } from './demo-rooms.js';

type DemoEnvironment = Readonly<Record<string, string | undefined>>;

/** The wanted port, or any that is free where somebody has that one. */
export const freePort = async (wanted: number): Promise<number> => {
  for (const port of [wanted, 0]) {
    const server = createServer();
    const found = await new Promise<number | undefined>((resolve) => {
      server.once('error', () => resolve(undefined));
      server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
    if (found === undefined) continue;
    server.close();
    await once(server, 'close');
    return found;
  }
  throw new Error('No port is free.');
};

/** All that a person would set up by hand for this chat. */
export const settingsFor = (
  { chat, botToken, hookTokens }: Pick<DemoChat, 'chat' | 'botToken' | 'hookTokens'>,
  { dataDir, port }: { readonly dataDir: string; readonly port: number },
): Readonly<Record<string, string>> => ({
  INNKEEPER_DATA_DIR: dataDir,
  INNKEEPER_HTTP_PORT: `${port}`,
  INNKEEPER_PUBLIC_URL: `http://127.0.0.1:${port}`,
  INNKEEPER_OUTBOUND_ALLOWED: '127.0.0.1',
  INNKEEPER_ROCKETCHAT_URL: chat.url,
  INNKEEPER_ROCKETCHAT_USER_ID: BOT.id,
  INNKEEPER_ROCKETCHAT_AUTH_TOKEN: botToken,
  INNKEEPER_ROCKETCHAT_TOKENS: hookTokens.join(','),
  INNKEEPER_ROCKETCHAT_TRIGGERS: TRIGGER,
  INNKEEPER_ROCKETCHAT_STAFF: 'staff',
});

/** What it says last, when the company is there. */
const READY = 'Innkeeper is ready';

/** The platform with the demo company, as `npm start -- --demo` starts it. */
export const startPlatform = (program: string, env: DemoEnvironment, onReady: () => void) => {
  const child = spawn(process.execPath, [program, 'start', '--demo'], {
    env: { ...process.env, ...env },
    stdio: ['inherit', 'pipe', 'pipe'],
  });
  let isReady = false;
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from.setEncoding('utf8');
    from.on('data', (text: string) => {
      to.write(text);
      if (isReady || !text.includes(READY)) return;
      isReady = true;
      onReady();
    });
  }
  const ended = once(child, 'exit');
  return {
    ended,
    async stop(): Promise<void> {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** Tokens of the platform for the person that is chosen on the page, so that a source opens with one click. */
export const tokensOf =
  (env: DemoEnvironment) =>
  async (userName: string): Promise<string | undefined> => {
    const { api, process: own } = readSettings(env, () => '');
    const key = api.signingKey ?? readSecret(own.dataDir, 'issuer');
    return key && issueToken(key, { name: userName, role: 'viewer' });
  };

export const noteOn = (env: DemoEnvironment): string =>
  (env['INNKEEPER_CHAT_MODEL_KIND'] ?? 'none') === 'none'
    ? 'No language model is set up: answers are sentences of their sources. All of this lives until you stop it.'
    : 'A language model writes the answers, and each sentence is checked. All of this lives until you stop it.';
