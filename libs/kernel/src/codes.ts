import { answeringCodes } from './codes/answering-codes.js';
import { backupCodes } from './codes/backup-codes.js';
import { captureCodes } from './codes/capture-codes.js';
import { catalogCodes } from './codes/catalog-codes.js';
import type { CodeEntry } from './codes/entry.js';
import { knowledgeCodes } from './codes/knowledge-codes.js';
import { modelCodes } from './codes/model-codes.js';
import { processCodes } from './codes/process-codes.js';
import { providerCodes } from './codes/provider-codes.js';
import { serverCodes } from './codes/server-codes.js';
import { storeCodes } from './codes/store-codes.js';

export type { CodeEntry };

/** Every error code there is. A code is never renamed and never used for something else. */
export const codes = {
  ...processCodes,
  ...storeCodes,
  ...providerCodes,
  ...captureCodes,
  ...catalogCodes,
  ...knowledgeCodes,
  ...modelCodes,
  ...answeringCodes,
  ...backupCodes,
  ...serverCodes,
} satisfies Record<string, CodeEntry>;

export type Code = keyof typeof codes;
