import { compileWhatChanged } from './compile.js';
import { installWhatIsMissing } from './install.js';
import { refuseOldNode } from './node.js';

/** Everything that must be there before anything of ours runs; says what it does, is silent when nothing is to do. */
export const setUp = async ({ compiled = true } = {}) => {
  refuseOldNode();
  try {
    await installWhatIsMissing();
    if (compiled) await compileWhatChanged();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
};
