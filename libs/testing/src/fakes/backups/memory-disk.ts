/** Files and folders without a disk: what sources export, repositories save, and drills restore. */
export class MemoryDisk {
  readonly #files = new Map<string, string>();
  readonly #folders = new Set<string>();
  /** Files that are there and cannot be read. */
  readonly unreadable = new Set<string>();

  write(path: string, text: string): void {
    this.#files.set(path, text);
  }

  read(path: string): string | undefined {
    return this.#files.get(path);
  }

  makeFolder(path: string): void {
    this.#folders.add(path);
  }

  /** A folder is there when it was made, or when something lies in it. */
  has(path: string): boolean {
    return this.#files.has(path) || this.#folders.has(path) || this.under(path).length > 0;
  }

  /** Paths of the files at or under this path, in order. */
  under(path: string): readonly string[] {
    return [...this.#files.keys()].filter((file) => isAtOrUnder(file, path)).sort();
  }

  remove(path: string): void {
    for (const file of this.under(path)) this.#files.delete(file);
    for (const folder of this.#folders) if (isAtOrUnder(folder, path)) this.#folders.delete(folder);
  }
}

export const isAtOrUnder = (file: string, path: string): boolean =>
  file === path || file.startsWith(path.endsWith('/') ? path : `${path}/`);
