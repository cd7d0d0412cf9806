import type { Settings } from './read-settings.js';
import type { Origin, SettingText } from './texts.js';

export interface DescribedSetting {
  readonly name: string;
  /** `[secret]` for every secret, empty when unset. */
  readonly value: string;
  readonly origin: Origin;
}

const describe = ({ note, text, origin }: SettingText): DescribedSetting => ({
  name: note.name,
  value: text === undefined ? '' : note.secret ? '[secret]' : text,
  origin,
});

/** What is set and from where, fit for a screen and a ticket. */
export const describeSettings = ({ texts }: Settings): readonly DescribedSetting[] =>
  texts.map(describe);
