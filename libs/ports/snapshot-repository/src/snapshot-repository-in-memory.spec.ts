import { snapshotRepositoryContract } from './snapshot-repository.contract.js';
import { memoryRepositoryHarness } from './snapshot-repository-in-memory.contract.js';

snapshotRepositoryContract('memory', async () => memoryRepositoryHarness());
