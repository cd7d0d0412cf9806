import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { BackupRun } from '#libs/backups';
import { itNeeding, programPath } from '#libs/testing';

import {
  runOrchestrator,
  ScriptedBackups,
  tokenOf,
  type RunningOrchestrator,
} from './running-orchestrator.js';

const DAY = 86_400_000;
const hostile = '<img src=x onerror=alert(1)>';

let backups: ScriptedBackups;
let orchestrator: RunningOrchestrator;
let profile: string;

const onServer = (at: number): Pick<BackupRun, 'worksOn' | 'server'> => ({
  worksOn: 'server',
  server: {
    ...{ name: 'innkeeper-prod-backup-1', state: 'gone', number: 1, id: '1', type: 'cpx31' },
    ...{ location: 'fsn1', wantedAt: at, madeAt: at, heardAt: at, goneAt: at + 13 * 60_000 },
    ...{ expiresAt: at + DAY, cents: 1.76 },
  },
});

/** A night three weeks deep, the last of it with a name that wants to be more than text. */
const nights = (): void => {
  const now = Date.now();
  for (let ago = 20; ago > 0; ago--) {
    const startedAt = now - ago * DAY;
    const ended: Partial<BackupRun> = {
      ...{ status: 'succeeded', step: 'close', requestedAt: startedAt, startedAt },
      endedAt: startedAt + 9_000,
      sources: [
        {
          ...{ name: ago === 1 ? hostile : 'innkeeper', kind: 'innkeeper', repository: 'data' },
          ...{ files: 14, bytes: 48_000_000 + (20 - ago) * 2_000_000, addedBytes: 2_000_000 },
          snapshot: 'c0ffee12'.repeat(8),
        },
      ],
    };
    const failed: Partial<BackupRun> = {
      ...{ status: 'failed', step: 'save', sources: [] },
      error: { code: 'BACKUP_REPOSITORY_FULL', step: 'save', next: hostile },
    };
    const warned: Partial<BackupRun> = {
      status: 'succeeded_with_warnings',
      warnings: [{ code: 'BACKUP_RESTIC_OLD', step: 'prepare', detail: hostile }],
    };
    const { id } = backups.add({
      ...ended,
      ...(ago === 5 && failed),
      ...(ago % 7 === 2 && warned),
      ...(ago % 3 === 1 && onServer(startedAt)),
    });
    if (ago % 7 === 1)
      backups.change(id, {
        drill: { of: id, verdict: 'good', sources: [], rpoMs: 5_000, rtoMs: 8_000 },
      });
  }
};

beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'innkeeper-page-'));
  backups = new ScriptedBackups();
  nights();
  backups.state = {
    ...backups.state,
    answer: 'The backup is good: it ended 9 h ago and was proved by a restore yesterday.',
    good: {
      ...{
        run: (await backups.list({ limit: 1 })).items[0]?.id as BackupRun['id'],
        kind: 'daily',
        endedAt: Date.now() - DAY,
        ageMs: DAY,
      },
      ...{ files: 14, bytes: 88_000_000, addedBytes: 2_000_000 },
    },
    troubles: [{ code: 'BACKUP_KIT_MISSING', about: 'kit', says: hostile, since: Date.now() }],
  };
  orchestrator = await runOrchestrator(backups);
}, 60_000);
afterAll(async () => {
  await orchestrator.stop();
  rmSync(profile, { recursive: true, force: true });
});

describe('the page of backups', () => {
  it('is open, holds nothing of anybody, and lets in no script but its own', async () => {
    const { status, headers, body } = await orchestrator.ask('nobody', '/backups');
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*script-src 'sha256-/,
    );
    expect(body.text).not.toMatch(/c0ffee|is good/);
  });

  const browser = programPath('chromium');
  const need = {
    name: 'chromium',
    met: browser !== undefined,
    reason: 'there is no chromium on the PATH',
    howToGet: 'install the package chromium',
  };

  /** Once the page has come to rest. */
  const shown = async (): Promise<string> => {
    const address = `${orchestrator.url}/backups#${await tokenOf('viewer')}`;
    const { stdout } = await promisify(execFile)(browser ?? '', [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
      ...[`--user-data-dir=${profile}`, '--virtual-time-budget=5000', '--dump-dom', address],
    ]);
    return stdout.slice(stdout.indexOf('<main'), stdout.indexOf('</main>'));
  };

  itNeeding(
    need,
    'says at a glance whether the backup is good, day by day, and what stays',
    async () => {
      const page = await shown();
      expect(page).toContain('class="card verdict well"');
      expect(page).toContain('was proved by a restore yesterday');
      expect(page.match(/class="day[ "]/g)).toHaveLength(35);
      expect(page.match(/class="day well/g)?.length).toBeGreaterThan(10);
      expect(page.match(/class="day ill"/g)).toHaveLength(1);
      expect(page.match(/class="day \w+ proved"/g)?.length).toBeGreaterThan(1);
      expect(page).toContain('BACKUP_REPOSITORY_FULL');
      expect(page).toContain('daily (1)');
      expect(page).toContain('of unknown origin (1)');
    },
    60_000,
  );

  itNeeding(
    need,
    'shows the life of the server of a run, and what those before it cost',
    async () => {
      const now = Date.now();
      // Nobody works at it before it was looked at.
      const { work } = backups;
      const seen = Promise.withResolvers<void>();
      backups.work = (run, signal) => seen.promise.then(() => work(run, signal));
      const { id } = backups.add({
        ...{
          status: 'running',
          step: 'save',
          worksOn: 'server',
          startedAt: now,
          endedAt: undefined,
        },
        server: {
          ...{ name: `innkeeper-prod-backup-${hostile}`, state: 'heard', number: 1, id: '1' },
          ...{ type: 'cpx31', location: 'fsn1', wantedAt: now, madeAt: now, heardAt: now },
          expiresAt: now + 6 * 3_600_000,
        },
      });
      const page = await shown();
      seen.resolve();
      backups.work = work;
      backups.change(id, { status: 'succeeded', endedAt: now });
      expect(page).toContain('Server: cpx31 in fsn1');
      expect(page.match(/<li class="done">(?:ordered|made)<time/g)).toHaveLength(2);
      expect(page).toMatch(/<li class="done now">heard<time/);
      expect(page).toMatch(/<li class=" gone">gone<time><\/time>/);
      expect(page).toMatch(/title="boot".*title="destroy"/);
      expect(page).toContain('13 min<span class="cents"> · 1.76 ct</span>');
      expect(page).not.toContain('<img');
    },
    60_000,
  );

  itNeeding(
    need,
    'shows what others named as text, never as HTML',
    async () => {
      const page = await shown();
      expect(page).toContain('&lt;img');
      expect(page).not.toContain('<img');
    },
    60_000,
  );
});
