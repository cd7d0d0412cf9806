import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, expect, it } from '@jest/globals';

import { startScratchMongod } from '#libs/adapters/mongodb';
import { bundleProgram, describePeer, HANG_MS, removeProgram, RunningProgram } from '#libs/testing';

import { connect, DumpFolders, mongodProgram, quietly } from './dumps.js';

/** Of servers that have the folder in their command line. */
const serversIn = async (folder: string): Promise<readonly string[]> => {
  const running = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(async (pid) => [pid, await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')]),
  );
  const isServer = (line = '') => line.includes('--dbpath') && line.includes(`${folder}/`);
  return running.filter(([, line]) => isServer(line)).map(([pid = '']) => pid);
};

const allGone = async (folder: string): Promise<boolean> => {
  const deadline = Date.now() + HANG_MS;
  while ((await serversIn(folder)).length > 0) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
};

describePeer('mongodb', 'a server that is started for a proof', () => {
  const folders = new DumpFolders();
  afterAll(() => folders.end());
  const program = mongodProgram();

  it('is a replica set of one for who has its password, and ends when it is stopped', async () => {
    const folder = await folders.folder();
    const server = await startScratchMongod({ program, folder, ...quietly });
    expect(server?.version).toMatch(/^mongod \d+\.\d+/);
    const url = server?.url.reveal() ?? '';
    const client = await connect(url);
    const write = { w: 'majority', journal: true } as const;
    await client.db('a').collection('b').insertOne({ c: 1 }, { writeConcern: write });
    await client.close();
    const stranger = await connect(url.replace(/\/\/.*@/, '//').replace('&authSource=admin', ''));
    await expect(stranger.db('a').collection('b').findOne()).rejects.toMatchObject({ code: 13 });
    await stranger.close();
    expect(await serversIn(folder)).not.toEqual([]);
    await server?.stop();
    expect(await allGone(folder)).toBe(true);
  }, 60_000);

  it('is told nothing of our settings', async () => {
    const folder = await folders.folder();
    process.env['INNKEEPER_MASTER_KEY'] = 'a secret of ours';
    try {
      const server = await startScratchMongod({ program, folder, ...quietly });
      const environments = [];
      for (const pid of await serversIn(folder)) {
        const said = await readFile(`/proc/${pid}/cmdline`, 'utf8');
        // The shell that holds the server is ours.
        if (!said.startsWith('/bin/sh'))
          environments.push(await readFile(`/proc/${pid}/environ`, 'utf8'));
      }
      expect(environments).toEqual([expect.stringMatching(/^PATH=[^\0]*\0$/)]);
      await server?.stop();
    } finally {
      delete process.env['INNKEEPER_MASTER_KEY'];
    }
  }, 60_000);

  it('ends when the work is stopped', async () => {
    const folder = await folders.folder();
    const controller = new AbortController();
    await startScratchMongod({ program, folder, signal: controller.signal });
    controller.abort();
    expect(await allGone(folder)).toBe(true);
  }, 60_000);

  it('does not outlive a process that is killed', async () => {
    const folder = await folders.folder();
    const holder = await bundleProgram(new URL('../programs/hold-mongod.ts', import.meta.url));
    const running = new RunningProgram(holder, [program, folder]);
    expect(await running.line()).toMatch(/^mongod/);
    expect(await serversIn(folder)).not.toEqual([]);
    running.child.kill('SIGKILL');
    if (running.child.signalCode === null) await once(running.child, 'exit');
    expect(await allGone(folder)).toBe(true);
    await removeProgram(holder);
  }, 60_000);

  it('is nothing where there is no such program', async () => {
    const folder = await folders.folder();
    expect(
      await startScratchMongod({ program: 'no-such-mongod', folder, ...quietly }),
    ).toBeUndefined();
  });
});
