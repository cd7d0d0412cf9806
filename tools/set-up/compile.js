import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { node24 } from './node.js';
import { inRoot } from './paths.js';
import { mustRun } from './run.js';
import { step } from './step.js';

export const sourceFolders = () =>
  ['apps', 'deploy', 'libs', 'test'].filter((name) => existsSync(inRoot(name)));
const swcProgram = inRoot('node_modules/@swc/cli/bin/swc.js');

const stampFile = inRoot('dist/.stamp');

const isBuilt = (name) =>
  name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.endsWith('.contract.ts');

/** Path, size and time of every source: a few milliseconds, where reading them would cost a hundred. */
const addFolder = (folder, hash) => {
  for (const entry of readdirSync(inRoot(folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) addFolder(path, hash);
    else if (isBuilt(entry.name)) addFile(path, hash);
  }
};

const addFile = (path, hash) => {
  const { size, mtimeMs } = statSync(inRoot(path));
  hash.update(`${path} ${size} ${mtimeMs}\n`);
};

export const stampNow = () => {
  const hash = createHash('sha256');
  for (const folder of sourceFolders()) addFolder(folder, hash);
  for (const file of ['.swcrc', 'node_modules/@swc/core/package.json']) addFile(file, hash);
  return hash.digest('hex');
};

const isCompiled = (stamp) => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;

/**
 * Made beside (as deep as dist: source maps hold relative paths) and put in place whole, so that two of us at once, or a
 * broken build, leave no half.
 */
export const compile = async () => {
  const stamp = stampNow();
  const fresh = inRoot(`dist-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  try {
    await mustRun(node24(), [swcProgram, ...sourceFolders(), '-d', fresh, '--quiet']);
    writeFileSync(join(fresh, '.stamp'), stamp);
    putInPlace(fresh, stamp);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
};

const putInPlace = (fresh, stamp) => {
  const old = `${fresh}-old`;
  if (existsSync(inRoot('dist'))) renameSync(inRoot('dist'), old);
  try {
    renameSync(fresh, inRoot('dist'));
  } catch (error) {
    // Somebody else was as quick; the same sources give the same build.
    if (!isCompiled(stamp)) throw error;
  }
  rmSync(old, { recursive: true, force: true });
};

export const compileWhatChanged = async () => {
  if (!isCompiled(stampNow())) await step('Compiling', compile);
};
