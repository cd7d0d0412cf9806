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
