export { settingsDirectory } from './directory.js';
export { fileDirectory, type FileDirectoryOptions } from './directory-file.js';
