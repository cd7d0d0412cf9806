import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';

import { exportJWK, generateKeyPair, SignJWT } from 'jose';

import type { findPeer as FindPeer } from '#libs/testing';

import { atMost, median, type Bench, type Measured } from './figure.js';

/** By its path: the door of the testing library leads through Jest, which is not here. */
const { findPeer } = (await import(
  new URL('../../libs/testing/src/peers/find-peer.js', import.meta.url).href
)) as { findPeer: typeof FindPeer };
const { freePort } = (await import(
  new URL('../../libs/testing/src/peers/server.js', import.meta.url).href
)) as { freePort: () => Promise<number> };

interface BundleTool {
  readonly bundle: (
    entry: string,
    name: string,
    more: object,
  ) => Promise<{ readonly outfile: string }>;
  readonly bundles: { readonly 'backup-function': { readonly entry: string } };
}

const STARTS = 5;
const AUDIENCE = 'https://backup.example.com';
const CALLER = 'scheduler@project.iam.gserviceaccount.com';
const NAME = 'process start to first answer of the function, median of five';

/** What `npm start` of Google's build runs. */
const framework = createRequire(import.meta.url).resolve('@google-cloud/functions-framework');
const runner = framework.replace(/index\.js$/, 'main.js');

const bundled = async (): Promise<string> => {
  const tool = new URL('../../../tools/bundle.js', import.meta.url).href;
  const { bundle, bundles } = (await import(tool)) as BundleTool;
  const { entry, ...more } = bundles['backup-function'];
  return (await bundle(entry, 'backup-function', more)).outfile;
};

/** Google's keys, and a caller that they prove. */
const caller = async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' };
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [jwk] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const now = Math.floor(Date.now() / 1000);
  const token = await new SignJWT({
    ...{ iss: 'https://accounts.google.com', aud: AUDIENCE, email: CALLER },
    ...{ email_verified: true, iat: now, exp: now + 3600 },
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .sign(privateKey);
  const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { token, jwksUrl, close: () => void server.close() };
};

/** Cloud Scheduler waits for the first answer of a new instance as for any. */
const firstAnswer = async (url: string, token: string, child: ChildProcess): Promise<number> => {
  while (child.exitCode === null) {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(url, { method: 'POST', headers }).catch(() => undefined);
    if (response) return response.status;
    await delay(5);
  }
  throw new Error('the function did not start');
};

const start = async (source: string, env: NodeJS.ProcessEnv, token: string): Promise<number> => {
  const port = await freePort();
  const args = [`--source=${source}`, '--target=backup', `--port=${port}`];
  const began = performance.now();
  const child = spawn(process.execPath, [runner, ...args], { env, stdio: 'ignore' });
  try {
    const status = await firstAnswer(`http://127.0.0.1:${port}`, token, child);
    if (status !== 200) throw new Error(`the function answered ${status}`);
    return performance.now() - began;
  } finally {
    child.kill('SIGKILL');
  }
};

const measure = async (emulatorHost: string): Promise<Measured> => {
  const [source, { token, jwksUrl, close }] = await Promise.all([bundled(), caller()]);
  const env = {
    ...{ PATH: process.env['PATH'] ?? '', METADATA_SERVER_DETECTION: 'none' },
    INNKEEPER_BACKUP_DOCUMENTS_KIND: 'firestore',
    INNKEEPER_FIRESTORE_PROJECT: 'innkeeper-bench',
    INNKEEPER_FIRESTORE_EMULATOR_HOST: emulatorHost,
    INNKEEPER_FUNCTION_AUDIENCE: AUDIENCE,
    INNKEEPER_FUNCTION_CALLER: CALLER,
    INNKEEPER_FUNCTION_JWKS_URL: jwksUrl,
  };
  try {
    // The first one also warms the emulator, and does not count.
    await start(source, env, token);
    const times: number[] = [];
    for (let i = 0; i < STARTS; i++) times.push(await start(source, env, token));
    return [atMost(NAME, median(times) / 1000, 's', 1.5)];
  } finally {
    close();
  }
};

export const backupFunction: Bench = {
  name: 'function',
  means: 'the bundled function that watches backups: a new instance, up to its first whole look',
  async run() {
    const peer = findPeer('firestore');
    if (!peer.found) return [{ name: NAME, notRun: `${peer.reason}; ${peer.howToGet}` }];
    const emulator = await peer.start();
    try {
      return await measure(emulator.host);
    } finally {
      await emulator.stop();
    }
  },
};
