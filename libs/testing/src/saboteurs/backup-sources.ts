import type { BackupSource } from '#libs/ports/backup-source';

/** Believes every copy. */
export const backupSourceTrusting = (inner: BackupSource): BackupSource => ({
  name: inner.name,
  kind: inner.kind,
  export: (...asked) => inner.export(...asked),
  prove: async (...asked) => ({ ...(await inner.prove(...asked)), differences: [] }),
});

/** Goes on after it was stopped: nobody ever told it. */
export const backupSourceDeaf = (inner: BackupSource): BackupSource => {
  const { signal } = new AbortController();
  return {
    name: inner.name,
    kind: inner.kind,
    export: (into, watch) => inner.export(into, { ...watch, signal }),
    prove: (restored) => inner.prove(restored, { signal }),
  };
};

/** Says of itself what it held the first time. */
export const backupSourceRemembering = (inner: BackupSource): BackupSource => {
  let said: Awaited<ReturnType<BackupSource['export']>> | undefined;
  return {
    name: inner.name,
    kind: inner.kind,
    async export(...asked) {
      const exported = await inner.export(...asked);
      said ??= exported;
      return { ...exported, manifest: said.manifest };
    },
    prove: (...asked) => inner.prove(...asked),
  };
};
