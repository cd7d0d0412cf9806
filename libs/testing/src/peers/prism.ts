import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Need } from './it-needing.js';
import { startServer, stopServer } from './server.js';

const PROGRAM = 'node_modules/@stoplight/prism-cli/dist/index.js';

/** In a folder of its own, because it is ninety megabytes: INNKEEPER_TEST_PRISM names it. */
const prismProgram = (): string | undefined =>
  [process.env['INNKEEPER_TEST_PRISM'], process.env['INNKEEPER_PEERS']]
    .filter((folder) => folder !== undefined && folder !== '')
    .map((folder) => join(folder ?? '', PROGRAM))
    .find((path) => existsSync(path));

export const prismNeed = (): Need => ({
  name: 'prism',
  met: prismProgram() !== undefined,
  reason: 'Prism is in neither of the folders INNKEEPER_TEST_PRISM and INNKEEPER_PEERS',
  howToGet:
    'npm install --ignore-scripts @stoplight/prism-cli@5.16.0 in a folder of its own, and set INNKEEPER_TEST_PRISM to it',
});

export interface WatchingProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A proxy that holds each call and each answer against an OpenAPI document. What does not fit is answered with
 * `application/problem+json`, or carries the header `sl-violations`.
 */
export const startPrism = async (document: string, upstream: string): Promise<WatchingProxy> => {
  const program = prismProgram();
  if (program === undefined) throw new Error(prismNeed().reason);
  const server = await startServer(
    'prism',
    ({ port }) => ({
      command: process.execPath,
      args: [
        ...[program, 'proxy', document, upstream, '--errors'],
        ...['--host', '127.0.0.1', '--port', String(port)],
      ],
      env: { NODE_OPTIONS: '' },
    }),
    { lifetime: 'process' },
  );
  return { url: `http://127.0.0.1:${server.port}`, stop: () => stopServer(server) };
};

/** A line that broke behind the proxy is a problem too, and none of what was said. */
const COMPLAINT = 'https://stoplight.io/prism/errors#';

/** What a watching proxy says against an answer, and the call that led to it; `undefined`: nothing. */
export const violationIn = async (response: Response): Promise<string | undefined> => {
  const said = response.headers.get('sl-violations');
  if (said !== null) return said;
  if (response.headers.get('content-type')?.includes('application/problem+json') !== true)
    return undefined;
  const text = await response.clone().text();
  return text.includes(COMPLAINT) ? text : undefined;
};
