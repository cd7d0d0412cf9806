import type { SqliteDatabase } from '#libs/adapters/sqlite';

/**
 * Puts back a log that ends earlier, as a backup has it: everything after a commit is as if it had never been.
 * Documents, keys and the bus stay: they have backups of their own, or none.
 */
export const restoreOlderLog = async (
  database: SqliteDatabase,
  keptCommits: number,
): Promise<void> => {
  await database.write(() => {
    const commits = database.sql('SELECT first FROM log_commits ORDER BY first').all();
    const lost = commits[Math.max(1, keptCommits)];
    if (!lost) return;
    const first = Number(lost['first']);
    database.sql('DELETE FROM log_facts WHERE position >= ?').run(first);
    database.sql('DELETE FROM log_commits WHERE first >= ?').run(first);
  });
};
