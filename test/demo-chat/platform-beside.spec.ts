import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { expect, it } from '@jest/globals';

import { readSettings } from '#libs/platform/local';

import type { DemoChat } from './chat-of-the-demo.js';
import { BOT, TRIGGER } from './demo-rooms.js';
import { freePort, settingsFor } from './platform-beside.js';

const demo = {
  chat: { url: 'http://127.0.0.1:4000' } as DemoChat['chat'],
  botToken: 'a-token-of-the-bot',
  hookTokens: ['a-token-of-rooms-1', 'a-token-of-direct-1'],
};

it('gives the platform settings that it understands', () => {
  const settings = readSettings(settingsFor(demo, { dataDir: '/tmp/none', port: 3005 }), () => '');
  expect(settings.chat).toMatchObject({
    url: demo.chat.url,
    triggers: [TRIGGER],
    staff: ['staff'],
  });
  expect(settings.rocketchat.secrets).toHaveLength(2);
  expect(settings.operations.publicUrl).toBe('http://127.0.0.1:3005');
  expect(BOT.roles).toEqual(['bot']);
});

it('takes another port where somebody has the wanted one', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await freePort(port)).not.toBe(port);
  server.close();
});
