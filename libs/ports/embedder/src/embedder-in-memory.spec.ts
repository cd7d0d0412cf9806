import { embedderContract, embedderTroubleContract } from './embedder.contract.js';
import { memoryEmbedderHarness } from './embedder-in-memory.contract.js';

embedderContract('memory', async () => memoryEmbedderHarness());
embedderTroubleContract('memory', async () => memoryEmbedderHarness());
