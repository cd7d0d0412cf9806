import { Body, Controller, Module, Post } from '@nestjs/common';
import { connect, type Socket } from 'node:net';

import { createHttpApp, type DoorTimeouts } from '../http/http-app.js';
import { DoorLoad } from '../http/door-load.js';
import { startHttpApp } from '../http/start-http-app.js';
import { silentLog } from '../logs/log.js';

export interface OpenDoor {
  /** Every body that came through. */
  readonly received: readonly string[];
  /** All that came back until the door hung up, and after how long. */
  untilClosed(talk: (socket: Socket) => void): Promise<{ text: string; ms: number }>;
  close(): Promise<void>;
}

export interface DoorUnderTest {
  readonly load?: DoorLoad;
  /** What the door waits for before it answers. */
  readonly answering?: () => Promise<void>;
}

/** `POST /bytes` behind a door of less patience, for those who talk to it below HTTP. */
export const openDoor = async (
  timeouts: DoorTimeouts,
  { load = new DoorLoad(), answering }: DoorUnderTest = {},
): Promise<OpenDoor> => {
  const received: string[] = [];

  @Controller()
  class DoorController {
    @Post('bytes')
    async bytes(@Body() body: Buffer | undefined) {
      received.push(body?.toString() ?? '');
      await answering?.();
      return { bytes: body?.length ?? 0 };
    }
  }

  @Module({ controllers: [DoorController] })
  class DoorModule {}

  const app = await createHttpApp(DoorModule, { log: silentLog, timeouts, load });
  const { port } = new URL(await startHttpApp(app, { host: '127.0.0.1', port: 0 }));
  return {
    received,
    untilClosed: (talk) => untilClosed(Number(port), talk),
    close: () => app.close(),
  };
};

const untilClosed = async (port: number, talk: (socket: Socket) => void) => {
  const since = performance.now();
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  // A door that hangs up while somebody still talks resets the connection.
  socket.on('error', () => undefined);
  socket.once('connect', () => talk(socket));
  await new Promise((resolve) => socket.once('close', resolve));
  return { text, ms: performance.now() - since };
};
