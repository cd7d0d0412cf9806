import type { Clock } from '#libs/kernel';
import type {
  BackupManifest,
  BackupSource,
  BackupSourceKind,
  SourcePosition,
} from '#libs/ports/backup-source';

import { writeManifest } from './dump-manifest.js';
import { readDump, type Dump, type DumpOrder } from './dump-reader.js';
import { proveDump } from './prove-dump.js';

export interface DumpSourceOptions extends DumpOrder {
  readonly name: string;
  readonly kind: BackupSourceKind;
  readonly mongod: string;
  readonly clock: Clock;
  readonly positionOf?: (dump: Dump) => SourcePosition;
  readonly waiting?: () => Promise<number>;
}

/** What every source on MongoDB has in common. */
export const dumpSource = (options: DumpSourceOptions): BackupSource => ({
  name: options.name,
  kind: options.kind,
  export: async (into, watch) => {
    const startedAt = options.clock.now();
    const waiting = await options.waiting?.();
    const dump = await readDump(options, into, watch);
    const read = manifestOf(options, dump, startedAt);
    const manifest = waiting === undefined ? read : { ...read, waiting };
    await writeManifest(into, manifest);
    return { manifest, paths: [into], warnings: dump.warnings };
  },
  prove: (restored, watch) => proveDump(options, restored, watch),
});

const manifestOf = (
  { name, kind, positionOf = momentOf }: DumpSourceOptions,
  dump: Dump,
  startedAt: number,
): BackupManifest => {
  const each = [...dump.collections];
  return {
    format: 1,
    source: name,
    kind,
    takenAt: startedAt,
    versions: dump.versions,
    position: positionOf(dump),
    counts: Object.fromEntries(each.map(([of, { count }]) => [of, count])),
    checksums: Object.fromEntries(each.map(([of, { checksum }]) => [of, checksum])),
    files: dump.files,
    bytes: dump.bytes,
  };
};

const momentOf = ({ moment }: Dump): SourcePosition => ({ at: 'cluster_time', ...moment });
