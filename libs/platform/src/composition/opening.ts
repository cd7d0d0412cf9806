import type { Settings } from '../settings/read-settings.js';
import type { DataDirectory } from './data-directory.js';
import type { Opened } from './opened.js';
import type { BackEnd, RetainedStore } from './parts.js';

/** What a technology is opened from, and what it leaves behind for the whole process. */
export interface Opening {
  readonly settings: Settings;
  readonly data: DataDirectory | undefined;
  readonly opened: Opened;
  readonly backEnds: BackEnd[];
  readonly retained: RetainedStore[];
  readonly tidiers: (() => unknown)[];
}
