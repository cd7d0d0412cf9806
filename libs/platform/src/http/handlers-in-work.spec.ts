import { beforeEach, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';

import { silentLog } from '../logs/log.js';
import { createHttpApp } from './http-app.js';
import { startHttpApp } from './start-http-app.js';

let entered: PromiseWithResolvers<void>;
let mayEnd: PromiseWithResolvers<void>;
beforeEach(() => {
  entered = Promise.withResolvers<void>();
  mayEnd = Promise.withResolvers<void>();
});

@Controller()
class SlowController {
  @Get('slow')
  async slow() {
    entered.resolve();
    await mayEnd.promise;
    return {};
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

it('closes only when the work is done that a client asked for before it hung up', async () => {
  const app = await createHttpApp(SlowModule, { log: silentLog });
  const url = new URL(await startHttpApp(app, { host: '127.0.0.1', port: 0 }));
  const server: Server = app.getHttpServer();
  const connected = once(server, 'connection') as Promise<[Socket]>;
  const client = connect(Number(url.port), '127.0.0.1');
  client.write('GET /slow HTTP/1.1\r\nhost: localhost\r\n\r\n');
  const [connection] = await connected;
  await entered.promise;
  client.destroy();
  await once(connection, 'close');

  const order: string[] = [];
  const closed = app.close().then(() => order.push('closed'));
  // The server has ended by then: only the work is left to wait for.
  await once(server, 'close');
  setImmediate(() => {
    order.push('done');
    mayEnd.resolve();
  });
  await closed;
  expect(order).toEqual(['done', 'closed']);
});

it('asks who is answered while it closes to keep no connection, because the next request would be refused', async () => {
  const app = await createHttpApp(SlowModule, { log: silentLog });
  const url = new URL(await startHttpApp(app, { host: '127.0.0.1', port: 0 }));
  const client = connect(Number(url.port), '127.0.0.1');
  client.write('GET /slow HTTP/1.1\r\nhost: localhost\r\nconnection: keep-alive\r\n\r\n');
  const answer = (async () => Buffer.concat(await client.toArray()).toString())();
  await entered.promise;

  const closed = app.close();
  setImmediate(() => mayEnd.resolve());
  expect(await answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(await answer).toMatch(/^connection: close\r$/im);
  await closed;
});
