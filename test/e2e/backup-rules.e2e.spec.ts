import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { describe, expect } from '@jest/globals';

import { itNeeding, programPath } from '#libs/testing';

const folder = fileURLToPath(new URL('../../deploy/prometheus/', import.meta.url));
const promtool = programPath('promtool');
const need = {
  ...{ name: 'promtool', met: promtool !== undefined },
  reason: 'promtool is neither in INNKEEPER_PEERS nor on the PATH',
  howToGet: 'apt-get install prometheus',
};

const said = (...args: readonly string[]): string => {
  const { stdout, stderr } = spawnSync(promtool ?? '', args, { cwd: folder, encoding: 'utf8' });
  return stdout + stderr;
};

describe('the rules of Prometheus about backups', () => {
  itNeeding(need, 'are rules', () => {
    expect(said('check', 'rules', 'backups.rules.yml')).toContain('SUCCESS: 7 rules found');
  });

  itNeeding(need, 'fire when something is late, failed, unusual or left, and not before', () => {
    expect(said('test', 'rules', 'backups.rules.test.yml')).toMatch(/SUCCESS\s*$/);
  });
});
