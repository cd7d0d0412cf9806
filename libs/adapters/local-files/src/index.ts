export { folderSource, type FolderSourceOptions } from './folder-source.js';
export { localScratch, type LocalScratchOptions } from './scratch.js';
