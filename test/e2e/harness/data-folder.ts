import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDataDirectory, openParts, readSettings, type Parts } from '#libs/platform';

import { still } from './still.js';

/** A data directory of a test's own. */
export class DataFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'innkeeper-e2e-'));

  get settings(): Record<string, string> {
    return {
      INNKEEPER_DATA_DIR: this.path,
      ...still,
    };
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Every file in it, however deep. */
  files(): readonly string[] {
    return readdirSync(this.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  }

  secret(name: 'aircall-token' | 'issuer' | 'master-key'): string {
    return readFileSync(this.file(`secrets/${name}`), 'utf8').trim();
  }

  /** The ports on it; only while no process holds it. */
  async inspect<T>(look: (parts: Parts) => Promise<T>): Promise<T> {
    const data = openDataDirectory(this.path);
    const parts = await openParts(
      readSettings(this.settings, () => ''),
      data,
    );
    try {
      return await look(parts);
    } finally {
      await parts.close();
      data.release();
    }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
