import {
  appendFileSync,
  readdirSync,
  readlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { AgentCall, AgentOrder, AgentReport } from '#libs/backups';
import { fault, operatorRoles, type JsonObject } from '#libs/kernel';
import { backupRoutes, orderOfServer, pathOf, SENT_PATH, withUnknownMembers } from '#libs/routes';

import {
  runOrchestrator,
  ScriptedBackups,
  tokenOf,
  type RunningOrchestrator,
} from './running-orchestrator.js';
import { CopyOnDisk, fetched, fillTree, receive, TAKEN_AT, type Received } from './sent-copies.js';

const RUN = '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f';
const MIB = 1024 ** 2;

let backups: ScriptedBackups;
let orchestrator: RunningOrchestrator;
let copy: CopyOnDisk;
let calls: AgentCall[];

beforeEach(async () => {
  calls = [];
  copy = new CopyOnDisk();
  backups = new ScriptedBackups();
  orchestrator = await runOrchestrator(backups);
}, 60_000);
afterEach(async () => {
  await orchestrator.stop();
  copy.remove();
}, 60_000);

const post = async (path: string, body: object, secret?: string) => {
  const response = await fetch(`${orchestrator.url}/api/backup-servers/${RUN}/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
    },
  });
  const json = (await response.json()) as JsonObject;
  return { status: response.status, body: json, headers: response.headers };
};

const opened = { by: 'made-up-by-the-server' };
const report: AgentReport = {
  ...{ run: RUN, server: 'one', order: 5_000, number: 1, doing: 'pull', ended: [] },
};
const bodies: Readonly<Record<string, object>> = {
  order: opened,
  report,
  opens: { stream: 'call/1', sealed: 'AAAA' },
};

describe('who calls for a run', () => {
  const ofServers = backupRoutes.filter(({ caller }) => caller === 'backup-server');

  it.each(['nobody', ...operatorRoles] as const)('is no operator: not %s', async (role) => {
    expect(ofServers).toHaveLength(4);
    for (const route of ofServers) {
      const path = pathOf(route, { run: RUN, source: 'files' });
      const name = path.split('/').at(-1) ?? '';
      const asking = route.method === 'post' ? { body: bodies[name] } : {};
      const { status, body } = await orchestrator.ask(role, path, asking);
      expect([path, status, body.code]).toEqual([path, 401, 'BACKUP_AGENT_REFUSED']);
      expect(JSON.stringify(body)).not.toMatch(/why|secret|session|token/i);
    }
  });

  it('opens nothing else by its session', async () => {
    const others = backupRoutes.filter(({ role }) => role);
    expect(others.length).toBeGreaterThan(5);
    for (const route of others) {
      const response = await fetch(orchestrator.url + pathOf(route, { id: RUN }), {
        method: route.method.toUpperCase(),
        headers: { authorization: 'Bearer a-session' },
        ...(route.method === 'post' && { body: '{}' }),
      });
      expect([route.path, response.status]).toEqual([route.path, 401]);
    }
  });

  it('is judged by what it carries and by where it connects from, and by no header', async () => {
    backups.hear = (call) => {
      calls.push(call);
      return Promise.resolve({ next: 'wait' });
    };
    const response = await fetch(`${orchestrator.url}/api/backup-servers/${RUN}/report`, {
      method: 'POST',
      body: JSON.stringify(report),
      headers: {
        authorization: 'Bearer s3-cr.et~',
        'content-type': 'application/json',
        'x-forwarded-for': '203.0.113.9',
      },
    });
    expect([response.status, await response.json()]).toEqual([200, { next: 'wait' }]);
    expect(calls).toEqual([{ run: RUN, secret: 's3-cr.et~', address: '127.0.0.1' }]);
  });

  it('is not a token of somebody else, in the form of one', async () => {
    const { status, body } = await post('report', report, await tokenOf('admin'));
    expect([status, body.code]).toEqual([401, 'BACKUP_AGENT_REFUSED']);
  });
});

describe('an order', () => {
  const lent = {
    ...{ repository: 's3:store.example/data', password: 'of the data' },
    credentials: { accessKey: 'AK', accessSecret: 'AS', sessionToken: 'ST' },
  };
  const order: AgentOrder = {
    run: {
      ...{ id: RUN, kind: 'daily', requestedAt: 1, checkPart: 3 },
      sources: [
        {
          ...{
            name: 'files',
            kind: 'folder',
            repository: 'data',
            files: 1,
            bytes: 2,
            addedBytes: 0,
          },
          ...{ paths: ['/x', '/y'], snapshot: 'a'.repeat(64) },
          manifest: {
            ...{ format: 1, source: 'files', kind: 'folder', takenAt: 5, versions: { node: '24' } },
            position: { at: 'log', era: 1, position: 2, hash: 'ab' },
            ...{ counts: { files: 1 }, checksums: { files: 'ab' }, files: 1, bytes: 2, waiting: 0 },
          },
        },
      ],
    },
    ...{ host: 'innkeeper-test', steps: ['save', 'check'], session: 'one', now: 1, expiresAt: 2 },
    repositories: { data: lent, keys: { repository: '/keys', password: 'of the keys' } },
  };

  it('is answered whole, in the form that its route describes, and kept by nobody between', async () => {
    backups.order = (opening) => {
      calls.push(opening);
      return Promise.resolve(order);
    };
    const { status, body, headers } = await post('order', opened, 'a-token');
    expect([status, body]).toEqual([200, order]);
    expect(withUnknownMembers(orderOfServer.answers, 'refuse').parse(body)).toEqual(order);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(calls).toEqual([{ run: RUN, secret: 'a-token', address: '127.0.0.1', ...opened }]);
  });

  it.each([{}, { by: 'short' }, { by: 'has a space in between' }, { ...opened, more: 1 }])(
    'is not given for a body that no server sends: %j',
    async (body) => {
      expect((await post('order', body, 'a-token')).body.code).toBe('API_REQUEST_INVALID');
    },
  );
});

describe('a report', () => {
  it('is handed on as it came; a code that we do not know is unknown', async () => {
    const heard: AgentReport[] = [];
    backups.hear = (_, one) => {
      heard.push(one);
      return Promise.resolve({ next: 'work', upTo: 'check' });
    };
    const note = {
      sources: [{ name: 'files', snapshot: 'a'.repeat(64), paths: ['/copy'], files: 1 }],
      warnings: [{ code: 'X', step: 'save' as const, detail: 'd' }],
    };
    const sent = {
      ...report,
      progress: { of: 'files', filesDone: 1, bytesDone: 2 },
      ended: [{ step: 'save', startedAt: 1, endedAt: 2, note }],
      error: { at: 'check', code: 'A_CODE_OF_NEXT_YEAR', note: { warnings: [] } },
    };
    expect(await post('report', sent, 's')).toMatchObject({ status: 200, body: { upTo: 'check' } });
    expect(heard).toEqual([{ ...sent, error: { ...sent.error, code: 'DEFECT_UNKNOWN' } }]);
  });

  it.each([
    ['servers', { server: { name: 'x' } }],
    ['retention', { retention: { kept: 0 } }],
    ['a manifest', { sources: [{ name: 'files', manifest: {} }] }],
  ])('says nothing of %s', async (_, note) => {
    const ended = [{ step: 'save', startedAt: 1, endedAt: 2, note }];
    const { status, body } = await post('report', { ...report, ended }, 's');
    expect([status, body.code]).toEqual([400, 'API_REQUEST_INVALID']);
  });
});

const sourceUrl = (after?: string): string => {
  const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
  return `${orchestrator.url}/api/backup-servers/${RUN}/sources/files${query}`;
};
const received = async (after?: string): Promise<Received> =>
  receive(await fetched(sourceUrl(after)));

/** Holds a reader in the middle, until the test has done something behind its back. */
const receivedWhile = async (name: string, meanwhile: () => void): Promise<Received> =>
  receive(await fetched(sourceUrl()), (entry) => {
    if (entry === name) meanwhile();
  });

describe('a copy that is fetched', () => {
  beforeEach(() => {
    backups.exported = () => Promise.resolve({ paths: copy.paths, takenAt: TAKEN_AT });
  });

  it('comes whole: what is large, deep, empty, oddly named, or a link', async () => {
    const big = Buffer.alloc(8 * MIB, 'all kinds of bytes');
    fillTree(copy.living, big);
    const { entries, isWhole } = await received();
    expect(isWhole).toBe(true);
    const found = new Map(entries.map((entry) => [entry.name, entry]));
    expect(entries.slice(0, 3).map(({ name }) => name)).toEqual(['0/', '0/manifest.json', '1/']);
    expect(found.get('1/big.bin')?.content.equals(big)).toBe(true);
    for (const name of [
      'a',
      'a-',
      'a b',
      '.hidden',
      'new\nline',
      'quote"\'\\',
      'Zürich 🧳',
      'n'.repeat(200),
    ])
      expect([name, found.get(`1/${name}`)?.content.toString()]).toEqual([name, name]);
    const levels = Array.from({ length: 60 }, (_, n) => `level ${n}`).join('/');
    expect(found.get(`1/${levels}/end.txt`)?.content.toString()).toBe('the end');
    expect(found.get('1/private')?.mode).toBe(0o600);
    expect(found.get('1/hollow/')).toMatchObject({ type: 'directory', mode: 0o750 });
    expect(found.get('1/link')).toMatchObject({ type: 'symlink', linkname: '../nowhere/at all' });
    expect(found.get('1/link-to-folder')).toMatchObject({ type: 'symlink', linkname: 'a.d' });
    expect(found.get('1/a')?.pax).toEqual({ mtime: '1600000000.250000000' });
    const bytes = entries.find(({ content }) => content.toString() === 'no text')?.pax?.[SENT_PATH];
    expect(Buffer.from(bytes ?? '', 'base64')).toEqual(
      Buffer.concat([Buffer.from('1/'), Buffer.from([0xff, 0x62])]),
    );
  });

  it('goes on after any entry, with everything that is left and nothing twice', async () => {
    fillTree(copy.living, Buffer.alloc(10));
    const { entries } = await received();
    const names = entries.map(({ name }) => name);
    const texts = names.filter((name) => !name.includes('\ufffd'));
    for (const name of texts.filter((_, at) => at % 5 === 0 || at > texts.length - 12)) {
      const rest = await received(name);
      expect([name, rest.isWhole, rest.entries.map((one) => one.name)]).toEqual([
        ...[name, true, names.slice(names.indexOf(name) + 1)],
      ]);
    }
  });

  it('goes on after an entry that has gone since', async () => {
    for (const name of ['b', 'd']) writeFileSync(join(copy.living, name), name);
    const rest = await received('1/c');
    expect(rest.entries.map(({ name }) => name)).toEqual(['1/d']);
  });

  it('is read from the disk no faster than it is taken', async () => {
    writeFileSync(join(copy.exported, 'large'), '');
    truncateSync(join(copy.exported, 'large'), 512 * MIB);
    const before = process.memoryUsage().arrayBuffers;
    const response = await fetched(sourceUrl());
    await new Promise((resolve) => response.once('readable', resolve));
    // However long nobody reads: what is under way is what sockets and two buffers hold.
    for (let turns = 0; turns < 200; turns++) await new Promise(setImmediate);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * MIB);
    response.destroy();
  });

  it.each([
    ['changes', (file: string) => appendFileSync(file, 'more')],
    ['gets shorter', (file: string) => truncateSync(file, 5 * MIB)],
  ])('breaks where a file of the export %s', async (_, meddle) => {
    const file = join(copy.exported, 'dump');
    writeFileSync(file, Buffer.alloc(64 * MIB));
    const { entries, isWhole } = await receivedWhile('0/dump', () => meddle(file));
    expect(isWhole).toBe(false);
    expect(entries.map(({ name }) => name)).not.toContain('0/manifest.json');
  });

  it('breaks where a file of the export is gone', async () => {
    writeFileSync(join(copy.exported, 'a dump'), Buffer.alloc(64 * MIB));
    writeFileSync(join(copy.exported, 'b'), '');
    const gone = () => unlinkSync(join(copy.exported, 'manifest.json'));
    expect((await receivedWhile('0/a dump', gone)).isWhole).toBe(false);
  });

  it('breaks before its end where another export has taken its place', async () => {
    writeFileSync(join(copy.living, 'large'), Buffer.alloc(64 * MIB));
    const { isWhole } = await receivedWhile('1/large', () => copy.replace());
    expect(isWhole).toBe(false);
  });

  it('has a living file as it is at last, and lacks what went', async () => {
    const file = join(copy.living, 'a log');
    writeFileSync(file, Buffer.alloc(64 * MIB));
    writeFileSync(join(copy.living, 'b'), 'b');
    let times = 0;
    const { entries, isWhole } = await receivedWhile('1/a log', () => {
      if (++times > 1) return;
      appendFileSync(file, 'more');
      unlinkSync(join(copy.living, 'b'));
    });
    expect(isWhole).toBe(true);
    const logs = entries.filter(({ name }) => name === '1/a log');
    expect(logs.map(({ content }) => content.length - 64 * MIB)).toEqual([0, 4]);
    expect(entries.map(({ name }) => name)).not.toContain('1/b');
  });

  it('is elsewhere where the copy that lies here is another one', async () => {
    copy.replace();
    const { status, body } = await orchestrator.ask('nobody', sourcePath);
    expect([status, body.code]).toEqual([401, 'BACKUP_AGENT_REFUSED']);
    const response = await fetch(sourceUrl(), { headers: { authorization: 'Bearer s' } });
    expect([response.status, ((await response.json()) as JsonObject).code]).toEqual([
      ...[503, 'BACKUP_EXPORT_ELSEWHERE'],
    ]);
  });

  it('is let go of when nobody wants it any more', async () => {
    const file = join(copy.exported, 'dump');
    writeFileSync(file, Buffer.alloc(64 * MIB));
    const response = await fetched(sourceUrl());
    await new Promise((resolve) => response.once('readable', resolve));
    while (openFiles(file) === 0) await new Promise(setImmediate);
    response.destroy();
    while (openFiles(file) > 0) await new Promise(setImmediate);
    expect(openFiles(file)).toBe(0);
  });

  it('is sent a few times at once at most, and again when one was let go of', async () => {
    writeFileSync(join(copy.exported, 'dump'), Buffer.alloc(64 * MIB));
    const open = [];
    for (let n = 0; n < 3; n++) {
      const response = await fetched(sourceUrl());
      expect(response.statusCode).toBe(200);
      open.push(response);
    }
    const asked = async () => {
      const response = await fetched(sourceUrl());
      response.destroy();
      return response.statusCode;
    };
    expect(await asked()).toBe(429);
    open[0]?.destroy();
    while ((await asked()) !== 200) await new Promise(setImmediate);
    for (const response of open) response.destroy();
  });

  it('keeps no stop of the process waiting, and is broken then', async () => {
    writeFileSync(join(copy.exported, 'dump'), Buffer.alloc(64 * MIB));
    const response = await fetched(sourceUrl());
    let isStopped: Promise<void> | undefined;
    const { isWhole } = await receive(response, (name) => {
      if (name === '0/dump') isStopped = orchestrator.stop();
    });
    await isStopped;
    expect(isWhole).toBe(false);
    orchestrator = await runOrchestrator(backups);
  });
});

const sourcePath = `/api/backup-servers/${RUN}/sources/files`;

/** How often this process has it open; the one way to see that is Linux’s. */
const openFiles = (file: string): number =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(join('/proc/self/fd', fd)) === file;
    } catch {
      return false;
    }
  }).length;

describe('a sample that is opened', () => {
  it('is answered with whether it was, or why it cannot be said', async () => {
    backups.opens = (_, { sealed }) => Promise.resolve(sealed === 'AAAA');
    expect((await post('opens', { stream: 'x', sealed: 'AAAA' }, 's')).body).toEqual({
      opens: true,
    });
    expect((await post('opens', { stream: 'x', sealed: 'BBBB' }, 's')).body).toEqual({
      opens: false,
    });
    expect((await post('opens', { stream: 'x', sealed: 'no base 64' }, 's')).status).toBe(400);
    backups.opens = () => Promise.reject(fault('BACKUP_AGENT_THROTTLED', { retryAfterMs: 9_500 }));
    const { status, headers } = await post('opens', { stream: 'x', sealed: 'AAAA' }, 's');
    expect([status, headers.get('retry-after')]).toEqual([429, '10']);
  });
});
