import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How many at a time: enough to keep a disk busy. */
const AT_ONCE = 32;

/** Files and their bytes under a folder. restic's own numbers count folders as files in some versions. */
export const sizeOf = async (folder: string): Promise<{ files: number; bytes: number }> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  let bytes = 0;
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const some = files.slice(at, at + AT_ONCE);
    const sizes = await Promise.all(some.map((file) => lstat(join(file.parentPath, file.name))));
    for (const { size } of sizes) bytes += size;
  }
  return { files: files.length, bytes };
};
