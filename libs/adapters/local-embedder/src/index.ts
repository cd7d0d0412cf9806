export { localEmbedder, type LocalEmbedder, type LocalEmbedderOptions } from './local-embedder.js';
export { isModelName, modelsFolder } from './model-files.js';
export type { ModelSource } from './model-source.js';
export { addressSource, folderSource, hubSource } from './open-sources.js';
export { pullModel, type PulledModel, type PullOptions } from './pull-model.js';
