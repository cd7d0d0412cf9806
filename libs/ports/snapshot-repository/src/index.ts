export type {
  CheckDepth,
  RepositoryDamage,
  RepositoryDamageCode,
  RepositoryProgress,
  RepositoryWatch,
  RestoredFolders,
  RestoreOrder,
  SavedFolders,
  SavedSnapshot,
  Snapshot,
  SnapshotRepository,
} from './snapshot-repository.port.js';
