import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';

import { Secret } from '#libs/kernel';
import { openRestore } from '#libs/platform/local';
import { describePeers, describeRestic, findRestic, itNeeding } from '#libs/testing';

import { EmptyMachine } from './harness/empty-machine.js';
import { until } from './harness/outside.js';
import type { Ended } from './harness/program.js';
import { PASSPHRASE, SavedBackups } from './harness/saved-backups.js';
import { smallDiskNeed } from './harness/small-disk.js';

const MEGABYTES = 24;
const KIT = '--kit kit.age --passphrase-file passphrase';

describeRestic('restic', 'a restore that meets trouble', (restic) => {
  let machine: EmptyMachine;
  let saved: SavedBackups;

  const restore = (words: string, before = ''): Promise<Ended> =>
    machine.type(`${before} npx innkeeper backup restore ${words}`);

  beforeAll(async () => {
    machine = new EmptyMachine({ restic: restic.path });
    const repositories = machine.file('disk');
    saved = new SavedBackups({ program: restic.path, repositories }, MEGABYTES);
    await saved.prepare();
    await saved.save('whole', ['innkeeper', 'files', 'keys']);
    await saved.saveForeign();
    await saved.save('broken', ['innkeeper']);
    writeFileSync(machine.file('kit.age'), await saved.kit());
    writeFileSync(machine.file('staging.age'), await saved.kit('staging'));
    writeFileSync(machine.file('passphrase'), PASSPHRASE);
    writeFileSync(machine.file('wrong'), 'six herons at one flowerpot');
  }, 120_000);
  beforeEach(() => rmSync(machine.file('to'), { recursive: true, force: true }));
  afterAll(() => {
    machine?.remove();
    saved?.remove();
  });

  const nothingIn = (folder: string): void =>
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);

  it('passes over a run that died and snapshots of others, and says so', async () => {
    const { code, stdout, stderr } = await restore(`${KIT} --to to`);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toMatch(/^! broken of .* is passed over: no keys were saved after it/mu);
    expect(stderr).toMatch(/^! 1 snapshot of others in there: left alone\.$/mu);
    expect(stdout).toMatch(/^✔ files: /mu);
    const came = machine.file('to/sources/files/files');
    for (const name of ['hello.txt', 'deep/0.bin'])
      expect(readFileSync(join(came, name)).equals(readFileSync(join(saved.files, name)))).toBe(
        true,
      );
    expect(statSync(machine.file('to/data/secrets/master-key')).mode & 0o077).toBe(0);
  }, 60_000);

  it('opens no kit with another passphrase, and touches nothing', async () => {
    const { code, stdout, stderr } = await restore('--kit kit.age --passphrase-file wrong --to to');
    expect(code).toBe(2);
    expect(stderr).toContain('BACKUP_KIT_UNREADABLE');
    expect(`${stdout}${stderr}`).not.toContain('herons');
    nothingIn(machine.file('to'));
  });

  it('names the environments that are there where the kit is of another one', async () => {
    const asked = '--kit staging.age --passphrase-file passphrase --to to';
    const { code, stderr } = await restore(asked);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'No backup of the environment staging lies here: there are those of local.',
    );
    nothingIn(machine.file('to'));
  });

  it('names the oldest day where everything is later', async () => {
    const { code, stderr } = await restore(`${KIT} --as-of 2020-01-31 --to to`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/No backup is of 2020-01-31 or before .*: the oldest is of 20/u);
  });

  it('says what stays closed without keys', async () => {
    const { code, stdout } = await restore(`${KIT} --no-keys --to to`);
    expect(code).toBe(0);
    expect(stdout).toContain('personal data and raw deliveries stay closed');
    expect(existsSync(machine.file('to/data/keys.db'))).toBe(false);
    expect(existsSync(machine.file('to/data/innkeeper.db'))).toBe(true);
  }, 60_000);

  it('writes neither over what is there nor into what lives', async () => {
    mkdirSync(machine.file('to'));
    writeFileSync(machine.file('to/mine.txt'), 'mine');
    expect((await restore(`${KIT} --to to`)).stderr).toContain('BACKUP_TARGET_NOT_EMPTY');
    expect(readdirSync(machine.file('to'))).toEqual(['mine.txt']);
    mkdirSync(machine.file('data'));
    const inside = await restore(`${KIT} --to data/restored`);
    expect([inside.code, inside.stderr.includes('BACKUP_TARGET_LIVES')]).toEqual([2, true]);
    const repository = await restore(`${KIT} --to disk/data/restored`);
    expect(repository.stderr).toContain('BACKUP_TARGET_LIVES');
    rmSync(machine.file('data'), { recursive: true });
  }, 60_000);

  it('brings one path of a source back, and names what is not there', async () => {
    const { code, stdout } = await restore(`${KIT} --source files --path deep/3.bin --to to`);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    const came = readFileSync(machine.file('to/sources/files/3.bin'));
    expect(came.equals(readFileSync(join(saved.files, 'deep/3.bin')))).toBe(true);
    const missing = await restore(`${KIT} --source files --path deep/none --to other`);
    expect([missing.code, missing.stderr.includes('BACKUP_PATH_NOT_FOUND')]).toEqual([1, true]);
    nothingIn(machine.file('other'));
  }, 60_000);

  it('is killed in the middle, leaves nothing to start on, and goes well when it is asked again', async () => {
    // It stops where the second source would begin.
    const hanging = machine.file('hanging-restic');
    const begun = machine.file('begun');
    const text = `#!/bin/sh\ncase "$*" in *restore*) if [ -e to/.restoring/*/finished/sources/innkeeper/copy ]; then echo $$ >'${begun}'; exec sleep 600; fi;; esac\nexec restic "$@"\n`;
    writeFileSync(hanging, text, { mode: 0o755 });
    const ended = machine.type(
      `INNKEEPER_BACKUP_RESTIC=${hanging} npx innkeeper backup restore ${KIT} --to to & echo $! >running; wait $!`,
    );
    const sleeping = await until('it is in the middle', async () =>
      existsSync(begun) ? Number(readFileSync(begun, 'utf8')) : undefined,
    );
    process.kill(Number(readFileSync(machine.file('running'), 'utf8')), 'SIGKILL');
    process.kill(sleeping, 'SIGKILL');
    await ended;
    expect(readdirSync(machine.file('to'))).toEqual(['.restoring']);
    const again = await restore(`${KIT} --to to`);
    expect({ code: again.code, stderr: again.stderr }).toMatchObject({ code: 0 });
    expect(readdirSync(machine.file('to')).sort()).toEqual(['data', 'settings.env', 'sources']);
  }, 60_000);

  it('names damage of the repository, and leaves nothing half', async () => {
    cpSync(machine.file('disk'), machine.file('damaged'), { recursive: true });
    const packs = readdirSync(machine.file('damaged/data/data'), {
      recursive: true,
      encoding: 'utf8',
    })
      .map((name) => machine.file(`damaged/data/data/${name}`))
      .filter((path) => statSync(path).isFile() && statSync(path).size > 1_000_000);
    for (const pack of packs) truncateSync(pack, statSync(pack).size - 500_000);
    const moved = '--repository damaged/data --keys-repository damaged/keys';
    const { code, stderr } = await restore(`${KIT} ${moved} --to to`);
    expect({ code, stderr }).toMatchObject({ code: 2 });
    expect(stderr).toContain('BACKUP_REPOSITORY_DAMAGED');
    nothingIn(machine.file('to'));
  }, 60_000);

  it('names what came back otherwise than it was saved', async () => {
    await saved.save('spoiled', ['innkeeper', 'keys'], (folder) => {
      const sums = join(folder, 'files.sha256');
      writeFileSync(
        sums,
        readFileSync(sums, 'utf8').replace(/^./u, (sign) => (sign === '0' ? '1' : '0')),
      );
    });
    const { code, stdout } = await restore(`spoiled ${KIT} --to to`);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✖ innkeeper: /mu);
    expect(stdout).toContain('FILE_DIFFERS innkeeper.db');
  }, 60_000);

  for (const age of ['restic', 'restic-old'] as const)
    itNeeding(
      smallDiskNeed,
      `says that the disk is full with ${age}, and leaves nothing half`,
      async () => {
        const program = findRestic(age)?.path ?? restic.path;
        mkdirSync(machine.file('small'), { recursive: true });
        const small = `mount -t tmpfs -o size=8m tmpfs small && INNKEEPER_BACKUP_RESTIC=${program} npx innkeeper backup restore whole ${KIT} --to small; code=$?; ls -A small; exit $code`;
        const { code, stdout, stderr } = await machine.type(
          `unshare --map-root-user --mount sh -c '${small}'`,
        );
        expect({ code, stderr }).toMatchObject({ code: 3 });
        expect(stderr).toContain('BACKUP_TARGET_FULL');
        expect(stdout).toBe('');
      },
      60_000,
    );
});

describePeers(['s3', 'toxiproxy'], 'a restore from a bucket', (s3, toxiproxy) => {
  describeRestic('restic', 'whose network is cut', (restic) => {
    it('gives up in the middle, says why, and leaves nothing', async () => {
      const server = await s3.start();
      const proxies = await toxiproxy.start();
      const machine = new EmptyMachine({ restic: restic.path });
      const credentials = { ...server.owner, accessSecret: new Secret(server.owner.accessSecret) };
      const place = { program: restic.path, credentials };
      await server.makeBucket('cut');
      const saved = new SavedBackups({ ...place, repositories: `s3:${server.url}/cut` }, MEGABYTES);
      try {
        await saved.prepare();
        await saved.save('whole', ['innkeeper', 'files', 'keys']);
        const proxy = await proxies.proxyTo(server.port);
        const at = (name: 'data' | 'keys') => ({
          ...saved.site[name],
          repository: `s3:http://${proxy.host}/cut/${name}`,
        });
        const desk = await openRestore(
          { data: at('data'), keys: at('keys') },
          { program: restic.path, environment: process.env, living: [], patienceMs: 3_000 },
        );
        const { signal } = new AbortController();
        const lists = await desk.lists({ keys: true }, signal);
        const files = lists.data.find(({ tags }) => tags.includes('source:files'));
        const snapshot = {
          id: files?.id ?? '',
          source: 'files',
          savedAt: 0,
          paths: files?.paths ?? [],
        };
        await proxy.add({ type: 'limit_data', attributes: { bytes: (MEGABYTES * 1_000_000) / 4 } });
        const cut = desk.source(snapshot, machine.file('to'), { signal });
        await expect(cut).rejects.toMatchObject({ code: 'BACKUP_REPOSITORY_UNREACHABLE' });
        expect(existsSync(machine.file('to'))).toBe(false);
      } finally {
        machine.remove();
        saved.remove();
        await proxies.stop();
        await server.stop();
      }
    }, 120_000);
  });
});
