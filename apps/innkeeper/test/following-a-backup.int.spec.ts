import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { followRun } from '../src/commands/backup/follow-run.js';
import { httpApi, type Api } from '../src/platform/http-api.js';
import { createRouteClient } from '../src/platform/route-client.js';
import { goodRun, runShown } from './backup-runs.js';

let api: Api;
let asked: { readonly url: string | undefined; readonly headers: IncomingHttpHeaders }[];
let answer: (response: ServerResponse, turn: number) => void;
const server = createServer((request, response) => {
  asked.push({ url: request.url, headers: request.headers });
  answer(response, asked.length);
});

beforeEach(async () => {
  asked = [];
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  api = httpApi(createRouteClient(`http://127.0.0.1:${port}`, (role) => Promise.resolve(role)));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const tell = (response: ServerResponse, event: string, data: object): void =>
  void response.write(`id: 1\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

const follow = (interrupted = new AbortController().signal) => {
  const states: string[] = [];
  const onState = async ({ step }: { readonly step: string }): Promise<void> =>
    void states.push(step);
  const { id } = runShown();
  const ended = followRun({
    events: (signal) => api.watchBackup(id, signal),
    onState,
    interrupted,
  });
  return { ended, states };
};

describe('a backup over HTTP', () => {
  it('is asked for as an operator, under its key', async () => {
    answer = (response) => response.writeHead(202).end(JSON.stringify(runShown()));
    await api.askBackup({ kind: 'weekly' }, 'week-47');
    expect(asked[0]?.headers).toMatchObject({
      'idempotency-key': 'week-47',
      authorization: 'Bearer operator',
    });
  });

  it('is followed over a connection that breaks, to its end', async () => {
    answer = (response, turn) => {
      tell(response, 'run', runShown({ step: turn === 1 ? 'export' : 'save' }));
      if (turn === 1) setImmediate(() => response.destroy());
      else {
        tell(response, 'answer', goodRun());
        response.end();
      }
    };
    const { ended, states } = follow();
    expect(await ended).toEqual(goodRun());
    expect(states).toEqual(['export', 'save']);
  });

  it('is left at once where somebody interrupts, and its connection closed', async () => {
    const leaving = new AbortController();
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    answer = (response) => {
      response.once('close', resolve);
      tell(response, 'run', runShown());
      leaving.abort();
    };
    const { ended } = follow(leaving.signal);
    expect(await ended).toBeUndefined();
    await closed;
    expect(asked).toHaveLength(1);
  });
});
