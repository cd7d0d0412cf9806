import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { getTestServer } from '@google-cloud/functions-framework/testing';
import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

import { FirestoreDatabase, firestoreDocuments } from '#libs/adapters/firestore';
import { randomId, systemClock, type JsonObject } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';
import {
  describePeers,
  FakeHetzner,
  startFakeServer,
  type Emulator,
  type FakeServer,
  type ToxicProxy,
  type Toxiproxy,
} from '#libs/testing';

import { houseRoot } from '../architecture/house.js';

const PROJECT = 'innkeeper-backup-function';
const AUDIENCE = 'https://backup.example.com';
const CALLER = 'scheduler@project.iam.gserviceaccount.com';
const HOST = 'innkeeper-local';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const runs: Collection = { name: 'backup_runs', fields: ['requestedAt'], orderedBy: 'requestedAt' };
const openRuns: Collection = {
  ...runs,
  fields: ['good', 'holds', 'open', 'owes', 'proved', 'requestedAt'],
};
const watchers: Collection = { name: 'backup_watchers', fields: [] };
const alerts: Collection = { name: 'backup_alerts', fields: [] };

interface PostedAlert {
  readonly key: unknown;
  readonly body: JsonObject;
}

type Claims = Readonly<Record<string, unknown>>;

describePeers(
  ['firestore', 'toxiproxy'],
  'the function that watches backups',
  (firestore, toxi) => {
    let emulator: Emulator;
    let proxies: Toxiproxy;
    /** How the function reaches Firestore. */
    let way: ToxicProxy;
    let database: FirestoreDatabase;
    let documents: Documents;
    let hetzner: FakeHetzner;
    let keys: FakeServer;
    let receiver: FakeServer;
    let url: string;
    let close: () => void;
    let tokenOf: (claims?: Claims) => Promise<string>;
    let strangersToken: () => Promise<string>;
    let posted: PostedAlert[];

    beforeAll(async () => {
      emulator = await firestore.start();
      proxies = await toxi.start();
      way = await proxies.proxyTo(Number(emulator.host.split(':')[1]));
      database = new FirestoreDatabase({ project: PROJECT, emulatorHost: emulator.host });
      documents = firestoreDocuments({ database, clock: systemClock });
      const [ours, another] = await Promise.all([
        generateKeyPair('RS256'),
        generateKeyPair('RS256'),
      ]);
      const jwk = { ...(await exportJWK(ours.publicKey)), kid: 'one', alg: 'RS256' };
      keys = await startFakeServer(() => ({ status: 200, body: { keys: [jwk] } }));
      receiver = await startFakeServer(({ headers, body }) => {
        posted.push({ key: headers['idempotency-key'], body: JSON.parse(body) as JsonObject });
        return { status: 204 };
      });
      hetzner = await FakeHetzner.start();
      const signed = (claims: Claims, key = ours.privateKey) => {
        const now = Math.floor(systemClock.now() / 1000);
        return new SignJWT({
          ...{ iss: 'https://accounts.google.com', aud: AUDIENCE, email: CALLER },
          ...{ email_verified: true, iat: now, exp: now + 3600, ...claims },
        })
          .setProtectedHeader({ alg: 'RS256', kid: 'one' })
          .sign(key);
      };
      tokenOf = (claims = {}) => signed(claims);
      strangersToken = () => signed({}, another.privateKey);
      // Its time came within the last hour, by the clock that the function has.
      const hour = String(new Date(systemClock.now()).getUTCHours()).padStart(2, '0');
      Object.assign(process.env, {
        METADATA_SERVER_DETECTION: 'none',
        INNKEEPER_BACKUP_DOCUMENTS_KIND: 'firestore',
        INNKEEPER_FIRESTORE_PROJECT: PROJECT,
        INNKEEPER_FIRESTORE_EMULATOR_HOST: way.host,
        INNKEEPER_BACKUP_SCHEDULE: `${hour}:00`,
        INNKEEPER_TIME_ZONE: 'UTC',
        INNKEEPER_FUNCTION_AUDIENCE: AUDIENCE,
        INNKEEPER_FUNCTION_CALLER: CALLER,
        INNKEEPER_FUNCTION_JWKS_URL: keys.url,
        INNKEEPER_ALERTS_URL: `${receiver.url}/alerts`,
        INNKEEPER_OUTBOUND_ALLOWED: '127.0.0.1',
        INNKEEPER_SERVER_FLEET_KIND: 'hetzner',
        INNKEEPER_HETZNER_URL: hetzner.url,
        INNKEEPER_HETZNER_TOKEN: hetzner.token,
        INNKEEPER_HETZNER_IMAGE: hetzner.snapshot,
        INNKEEPER_HETZNER_SSH_KEY: 'operator',
        INNKEEPER_BACKUP_AGENT_URL: 'https://innkeeper.example.com',
      });
      await import(join(houseRoot, 'deploy/gcp/backup/src/function.ts'));
      const server = getTestServer('backup').listen(0, '127.0.0.1');
      await new Promise((listening) => server.once('listening', listening));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      close = () => void server.close();
    }, 120_000);

    afterAll(async () => {
      close();
      await Promise.all([keys.close(), receiver.close(), hetzner.close(), database.close()]);
      await emulator.stop();
      await proxies.stop();
    }, 60_000);

    beforeEach(async () => {
      posted = [];
      jest.spyOn(console, 'log').mockImplementation(() => undefined);
      for (const collection of [runs, watchers, alerts]) await documents.drop(collection);
    });

    /** As an orchestrator leaves word that it lives. */
    const seen = async (ago: number): Promise<void> => {
      const now = systemClock.now();
      const [stored] = await documents.get(watchers, [HOST]);
      const body = { seenAt: now - ago, since: now - 2 * DAY };
      await documents.swap(watchers, { id: HOST, body }, stored?.version ?? 0);
    };

    const call = async (authorization?: string) => {
      const headers = { ...(authorization !== undefined && { authorization }) };
      const response = await fetch(url, { method: 'POST', headers });
      return { status: response.status, body: (await response.json()) as JsonObject };
    };

    const look = async () => call(`Bearer ${await tokenOf()}`);

    const stored = async (collection: Collection) =>
      (await documents.query(collection, { limit: 10 })).items.map(
        ({ body }) => body as JsonObject,
      );

    it('requests the run of the schedule once, though it is called twice at once', async () => {
      await seen(0);
      const answers = await Promise.all([look(), look(), look()]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(await stored(runs)).toMatchObject([
        { run: { kind: expect.any(String), requestedBy: 'schedule', step: 'admit' } },
      ]);
      expect(answers[0]?.body).toEqual({
        ...{ verdict: 'not_good', advanced: [], alerts: [], failed: [] },
        reaped: { destroyed: [], left: [] },
      });
    });

    it('goes on with a run that nobody works at any more, and leaves no server of it', async () => {
      await seen(20 * MINUTE);
      const at = systemClock.now() - 20 * MINUTE;
      const id = randomId(at);
      const name = `innkeeper-local-backup-${id}`;
      const expiresAt = Math.ceil((at + DAY) / 1000) * 1000;
      const labels = {
        ...{ 'innkeeper-environment': 'local', 'innkeeper-run': id },
        'innkeeper-expires': String(expiresAt / 1000),
      };
      const machine = hetzner.addStranger(name, labels);
      hetzner.addStranger('a-server-of-others', {});
      const server = {
        ...{ name, state: 'made', number: 1, id: String(machine.id) },
        ...{ wantedAt: at, madeAt: at, expiresAt },
      };
      const run = {
        ...{ id, kind: 'manual', requestedBy: 'operator', status: 'running', step: 'destroy' },
        ...{ attempt: 1, failures: 0, requestedAt: at, startedAt: at, stepStartedAt: at },
        ...{ heartbeatAt: at, steps: [], sources: [], warnings: [], claims: 1, revision: 1 },
        ...{ worksOn: 'server', server, claim: { holder: randomId(at), until: at } },
      };
      const fields = { requestedAt: at, good: 0, holds: 0, open: 1, owes: 0, proved: 0 };
      await documents.swap(openRuns, { id, body: { run, owed: [] }, fields }, 0);
      const { body } = await look();
      expect(body).toMatchObject({
        ...{ failed: [], advanced: [{ run: id, step: 'clean', status: 'running' }] },
        reaped: { destroyed: [], left: [] },
      });
      expect(hetzner.machines.map((one) => one.name)).toEqual(['a-server-of-others']);
      expect(await stored(runs)).toMatchObject([{ run: { server: { state: 'gone' } } }]);
    });

    it('tells once that nobody makes backups, and once that somebody does again', async () => {
      await seen(20 * MINUTE);
      await Promise.all([look(), look()]);
      await look();
      await seen(0);
      await look();
      await look();
      const ofGone = posted.filter(({ body }) => body['cause'] === 'BACKUP_ORCHESTRATOR_GONE');
      expect(ofGone).toMatchObject([
        {
          body: {
            ...{ state: 'raised', about: 'backups', title: 'Nobody makes backups now.' },
            runbook: 'docs/runbooks/backup-orchestrator-gone.md',
          },
        },
        { body: { state: 'cleared', clearedAt: expect.any(String) } },
      ]);
      expect(
        ofGone.map(({ key, body }) => key === `${body['id'] as string}.${body['state'] as string}`),
      ).toEqual([true, true]);
    });

    it('says nothing while somebody makes backups, also when they are not good', async () => {
      await seen(0);
      expect(await look()).toMatchObject({
        status: 200,
        body: { verdict: 'not_good', alerts: [] },
      });
      expect(posted).toEqual([]);
    });

    it.each([
      ['for somebody else', { aud: 'https://other.example.com' }],
      ['of somebody else', { email: 'other@project.iam.gserviceaccount.com' }],
      ['that is over', { exp: 1_700_000_000 }],
      ['of another issuer', { iss: 'https://accounts.example.com' }],
      ['of an unverified address', { email_verified: false }],
    ])('does nothing for a caller with a token %s', async (_, claims) => {
      await seen(DAY);
      expect(await call(`Bearer ${await tokenOf(claims)}`)).toMatchObject({
        ...{ status: 401, body: { code: 'BACKUP_WATCH_REFUSED' } },
      });
      expect([await stored(runs), await stored(alerts), posted]).toEqual([[], [], []]);
    });

    it('does nothing for a caller without a token, or with one that another key signed', async () => {
      await seen(DAY);
      const callers = [undefined, 'Basic eDp5', `Bearer ${await strangersToken()}`];
      const answers = await Promise.all(callers.map(call));
      expect(answers.map(({ status, body }) => [status, body['code']])).toEqual(
        callers.map(() => [401, 'BACKUP_WATCH_REFUSED']),
      );
      expect([await stored(runs), await stored(alerts), posted]).toEqual([[], [], []]);
    });

    it('writes no token and no address of who is told into its log', async () => {
      const said = jest.spyOn(console, 'log').mockClear();
      await seen(DAY);
      const token = await tokenOf();
      await call(`Bearer ${token}`);
      await call(`Bearer ${await strangersToken()}`);
      const lines = said.mock.calls.map(([line]) => String(line));
      expect(lines.map((line) => (JSON.parse(line) as JsonObject)['event'])).toEqual([
        ...['backup.watched', 'backup.not_watched'],
      ]);
      expect(lines.join()).not.toContain(token.split('.')[1]);
      expect(lines.join()).not.toContain(receiver.url);
    });

    it('answers 503 and does nothing else while Firestore is away, and goes on when it is back', async () => {
      await seen(DAY);
      await way.cut();
      expect(await look()).toMatchObject({ status: 503, body: { code: 'DOCUMENTS_UNAVAILABLE' } });
      expect([await stored(runs), await stored(alerts), posted]).toEqual([[], [], []]);
      await way.mend();
      expect(await look()).toMatchObject({ status: 200, body: { failed: [] } });
      expect(posted.length).toBeGreaterThan(0);
    }, 60_000);
  },
);
