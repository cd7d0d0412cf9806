export { localScratch, type LocalScratchOptions } from './scratch.js';
export { folderSource, type FolderSourceOptions } from './folder-source.js';
