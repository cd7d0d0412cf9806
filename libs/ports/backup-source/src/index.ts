export type {
  BackupManifest,
  BackupSource,
  BackupSourceKind,
  ExportedSource,
  RestoredSource,
  SourceDifferenceCode,
  SourcePosition,
  SourceProgress,
  SourceProof,
  SourceWatch,
} from './backup-source.port.js';
export { MANIFEST_FILE, manifestIn, manifestText, noManifest } from './manifest.js';
