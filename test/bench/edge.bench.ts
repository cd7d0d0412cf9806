import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { bundleWorker, startWorker } from '../edge/edge-worker.js';
import { atMost, type Bench } from './figure.js';
import { send } from './load/send.js';

const TOKEN = 'a-token-of-the-edge-bench';
const REQUESTS = 10_000;
const SECONDS = 2;
const CLIENTS = 16;
const NAME = 'edge door, CPU of workerd a request';
/** Linux counts a process's time in hundredths of a second. */
const MS_A_TICK = 10;

const worker = fileURLToPath(
  new URL('../../deploy/cloudflare/aircall-webhook/src/worker.js', import.meta.url),
);

/** Takes all that is published, as Pub/Sub answers. */
const startTopic = async () => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"messageIds":["1"]}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** With a key of its own, so that the token is signed and kept as it is at the edge. */
const keyFile = (): string => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return JSON.stringify({
    client_email: 'bench@example.iam.gserviceaccount.com',
    private_key_id: 'bench',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  });
};

/** CPU time of all workerd processes below this one. */
const workerdMs = (): number => {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [name = '', rest = ''] = stat.split(') ');
      const fields = rest.split(' ');
      if (name.endsWith('(workerd') && fields[1] === String(process.pid))
        ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It ended while it was being looked at.
    }
  return ticks * MS_A_TICK;
};

export const edge: Bench = {
  name: 'edge',
  means: `the door in workerd, ${REQUESTS.toLocaleString('en')} signed posts, published by REST`,
  async run({ progress }) {
    if (process.platform !== 'linux')
      return [{ name: NAME, notRun: 'only Linux tells the CPU time of another process here' }];
    const topic = await startTopic();
    const door = await startWorker(await bundleWorker(worker), {
      INNKEEPER_ENVIRONMENT: 'bench',
      INNKEEPER_PUBSUB_PROJECT: 'bench',
      INNKEEPER_PUBSUB_URL: topic.url,
      INNKEEPER_PUBSUB_KEY: keyFile(),
      INNKEEPER_AIRCALL_TOKENS: TOKEN,
    });
    let from = 0;
    const post = async (): Promise<number> => {
      const load = { url: door.url, token: TOKEN, clients: CLIENTS, seconds: SECONDS, from };
      const { answered, failed } = await send(load);
      from += answered + failed;
      if (failed > 0) throw new Error(`${failed} posts were refused`);
      return answered;
    };
    try {
      await post();
      const before = workerdMs();
      let answered = 0;
      while (answered < REQUESTS) {
        answered += await post();
        progress(`${answered} posts`);
      }
      return [atMost(NAME, (workerdMs() - before) / answered, 'ms', 5)];
    } finally {
      await door.stop();
      topic.stop();
    }
  },
};
