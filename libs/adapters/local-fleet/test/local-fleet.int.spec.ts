import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { asFault } from '#libs/kernel';

import { processesByProc, processesByPs } from '../src/processes.js';
import { FleetPlace, isAlive, labels, order, until, watch } from './fleet-place.js';

const { name } = order;

/** Starts what a server of ours starts: one in its group, one in a group of its own, both deaf to SIGTERM. */
const WITH_CHILDREN = `#!/bin/sh
trap '' TERM
sleep 600 &
echo $! >"$HOME/child"
setsid sh -c 'echo $$ >"$HOME/apart"; trap "" TERM; while :; do sleep 600; done' &
wait
`;

describe('servers that are processes of this machine', () => {
  let place: FleetPlace;
  beforeEach(() => {
    place = new FleetPlace();
  });
  afterEach(() => place.dispose());

  const useProgram = async (script: string): Promise<void> => {
    await place.dispose();
    place = new FleetPlace(script);
  };

  const runs = async () => {
    const { id } = await place.open().create(order, watch);
    return place.open().ready(id, watch);
  };

  it('are told what they are told in a file that nobody else reads', async () => {
    await runs();
    const modes = [
      '',
      'agent.json',
      'server.json',
      'process.json',
      'work',
      'home',
      'program.log',
    ].map((file) => statSync(place.at(name, file)).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600, 0o600, 0o600, 0o700, 0o700, 0o600]);
    const said = readFileSync(`/proc/${place.pidOf(name)}/cmdline`, 'utf8');
    expect(said).toContain(place.at(name, 'agent.json'));
    expect(said).not.toContain('of one server');
  });

  it('get nothing of our environment', async () => {
    await useProgram('#!/bin/sh\nenv >"$HOME/environment"; pwd >"$HOME/place"; sleep 600\n');
    process.env['INNKEEPER_PASSWORD_OF_OURS'] = 'must stay here';
    try {
      await runs();
    } finally {
      delete process.env['INNKEEPER_PASSWORD_OF_OURS'];
    }
    const file = place.at(name, 'home/place');
    await until(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'));
    expect(readFileSync(file, 'utf8').trim()).toBe(place.at(name, 'work'));
    const given = readFileSync(place.at(name, 'home/environment'), 'utf8').trim().split('\n');
    // Shells add where they are.
    const known = given.filter((line) => !/^(?:PWD|OLDPWD|SHLVL|_)=/.test(line)).sort();
    expect(known).toEqual([
      `HELD=${place.held}`,
      `HOME=${place.at(name, 'home')}`,
      `PATH=${process.env['PATH']}`,
      `TMPDIR=${place.at(name, 'tmp')}`,
    ]);
  });

  it('end with everything that they started, also what is deaf or apart', async () => {
    await useProgram(WITH_CHILDREN);
    const { id } = await runs();
    const files = ['home/child', 'home/apart'].map((file) => place.at(name, file));
    await until(() => files.every((file) => existsSync(file) && readFileSync(file, 'utf8') !== ''));
    const pids = [place.pidOf(name), ...files.map((file) => Number(readFileSync(file, 'utf8')))];
    expect(pids.map(isAlive)).toEqual([true, true, true]);
    await place.open({ graceMs: 50 }).destroy(id, watch);
    expect(pids.map(isAlive)).toEqual([false, false, false]);
    expect(place.names()).toEqual([]);
  });

  it('end with their children where the first of them ended before', async () => {
    await useProgram('#!/bin/sh\nsleep 600 &\necho $! >"$HOME/child"\nexit 0\n');
    const { id } = await place.open().create(order, watch);
    const file = place.at(name, 'home/child');
    await until(() => existsSync(file) && readFileSync(file, 'utf8') !== '');
    const child = Number(readFileSync(file, 'utf8'));
    await until(() => !isAlive(place.pidOf(name)));
    expect(await place.open().find(name, watch)).toMatchObject({ status: 'off' });
    await place.open().destroy(id, watch);
    expect(isAlive(child)).toBe(false);
  });

  it('are let go as soon as they go by themselves', async () => {
    const { id } = await runs();
    // Else this waits for an hour.
    await place.open({ graceMs: 3_600_000 }).destroy(id, watch);
    expect(place.names()).toEqual([]);
  });

  it('never end a process that has the number of one that ended', async () => {
    const { id } = await runs();
    await place.end(name);
    const stranger = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    try {
      const before = readFileSync(place.at(name, 'process.json'), 'utf8');
      const { began } = JSON.parse(before) as { began: string };
      writeFileSync(
        place.at(name, 'process.json'),
        JSON.stringify({ pid: stranger.pid, began: `${began}0` }),
      );
      expect(await place.open().find(name, watch)).toMatchObject({ status: 'off' });
      await place.open({ graceMs: 0 }).destroy(id, watch);
      expect(isAlive(stranger.pid ?? 0)).toBe(true);
      expect(place.names()).toEqual([]);
    } finally {
      stranger.kill('SIGKILL');
    }
  });

  it('are finished where their maker ended between folder and process', async () => {
    const { id } = await runs();
    await place.end(name);
    for (const file of ['process.json', 'begun']) rmSync(place.at(name, file));
    expect(await place.open().find(name, watch)).toMatchObject({ id, status: 'starting' });
    expect(await place.open().create(order, watch)).toMatchObject({ id });
    expect(await place.open().ready(id, watch)).toMatchObject({ id, status: 'running' });
    await place.end(name);
    for (const file of ['process.json', 'begun']) rmSync(place.at(name, file));
    await place.open().destroy(id, watch);
    expect(place.names()).toEqual([]);
  });

  it('are not there while they are made, and remains of a making go', async () => {
    mkdirSync(join(place.folder, '.making-x'), { recursive: true });
    writeFileSync(join(place.folder, '.making-x', 'agent.json'), 'a token of somebody');
    mkdirSync(join(place.folder, 'something-else'));
    expect(await place.open().list({}, watch)).toEqual([]);
    await runs();
    expect(existsSync(join(place.folder, '.making-x'))).toBe(true);
    const old = new Date(Date.now() - 3_600_000);
    utimesSync(join(place.folder, '.making-x'), old, old);
    await place.open().create({ ...order, name: 'innkeeper-test-backup-2' }, watch);
    expect(existsSync(join(place.folder, '.making-x'))).toBe(false);
    expect(existsSync(join(place.folder, 'something-else'))).toBe(true);
  });

  it('go on leaving where somebody ended in the middle of it', async () => {
    const { id } = await runs();
    writeFileSync(place.at(name, 'leaving'), '');
    expect(await place.open().list(labels, watch)).toMatchObject([{ id, status: 'leaving' }]);
    expect(await place.open().create(order, watch)).toMatchObject({ id, status: 'leaving' });
    await place.open().destroy(id, watch);
    expect(place.names()).toEqual([]);
  });

  it('are refused where there are no groups of processes', async () => {
    const made = place.open({ platform: 'win32' }).create(order, watch).catch(asFault);
    expect(await made).toMatchObject({ code: 'SERVER_REFUSED' });
    expect(place.names()).toEqual([]);
  });

  it('are told apart by the program of other systems as by the files of this one', async () => {
    const other = place.open({ platform: 'darwin', graceMs: 50 });
    const { id } = await other.create(order, watch);
    expect(await other.ready(id, watch)).toMatchObject({ status: 'running' });
    const pid = place.pidOf(name);
    const [byFile, byProgram] = [await processesByProc(), await processesByPs()].map((all) =>
      all.find((one) => one.pid === pid),
    );
    expect(byProgram).toMatchObject({ parent: byFile?.parent, group: pid });
    await other.destroy(id, watch);
    expect(isAlive(pid)).toBe(false);
  });
});
