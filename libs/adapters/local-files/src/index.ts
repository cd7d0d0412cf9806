export { folderSource, type FolderSourceOptions } from './folder-source.js';
