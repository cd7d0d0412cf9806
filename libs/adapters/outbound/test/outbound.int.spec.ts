import type { IncomingMessage, ServerResponse } from 'node:http';

import { nodeOutbound } from '#libs/adapters/outbound';
import {
  outboundContract,
  type Arrived,
  type OutboundHarness,
  type Scripted,
} from '#suites/outbound';

import { loopbackServer, type Loopback } from './loopback.js';

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

const perform = (scripted: Scripted | undefined, response: ServerResponse): void => {
  if (scripted === 'breaks_off') {
    response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
  } else if (scripted === undefined || scripted === 'hangs_up') response.destroy();
  else response.writeHead(scripted.status, scripted.headers).end(scripted.body);
};

const onLoopback = async (): Promise<OutboundHarness> => {
  let answers: Readonly<Record<string, Scripted>> = {};
  const arrived: Arrived[] = [];
  const serve = (): Promise<Loopback> =>
    loopbackServer((request, response) => {
      const { method = '', url: path = '', headers } = request;
      void bodyOf(request).then((body) => {
        const plain = headers as Record<string, string>;
        arrived.push({ origin: `http://${headers.host}`, method, path, headers: plain, body });
        perform(answers[path], response);
      });
    });
  const [one, two, gone] = await Promise.all([serve(), serve(), serve()]);
  await gone.close();
  const outbound = nodeOutbound({ allowed: ['127.0.0.0/8'] });
  return {
    outbound,
    arrived,
    origin: one.origin,
    elsewhere: two.origin,
    nowhere: gone.origin,
    script: (next) => void (answers = next),
    async dispose() {
      outbound.close();
      await Promise.all([one.close(), two.close()]);
    },
  };
};

outboundContract('Node’s HTTP client', onLoopback);
