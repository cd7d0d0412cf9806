import { honestComments } from './honest-comments.js';
import { noDefaultExport } from './no-default-export.js';
import { noHiddenInput } from './no-hidden-input.js';
import { noRelativeImportAcrossPackages } from './no-relative-import-across-packages.js';
import { oneTypeOneName } from './one-type-one-name.js';

/** House rules that no published plug-in has. */
export const house = {
  rules: {
    'honest-comments': honestComments,
    'no-default-export': noDefaultExport,
    'no-hidden-input': noHiddenInput,
    'no-relative-import-across-packages': noRelativeImportAcrossPackages,
    'one-type-one-name': oneTypeOneName,
  },
};
