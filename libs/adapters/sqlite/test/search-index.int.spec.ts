import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sqliteSearchIndex } from '#libs/adapters/sqlite';
import { searchIndexContract } from '#suites/search-index';

searchIndexContract('the search index on SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-index-'));
  const open = () => sqliteSearchIndex({ path: join(folder, 'index.db') });
  let index = await open();
  return {
    index,
    restart: async () => {
      await index.close();
      return (index = await open());
    },
    unreachable: async () => {
      const closed = await sqliteSearchIndex({ path: join(folder, 'other.db') });
      await closed.close();
      return closed;
    },
    dispose: async () => {
      await index.close();
      rmSync(folder, { recursive: true });
    },
  };
});
