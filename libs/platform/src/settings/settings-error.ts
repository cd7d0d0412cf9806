import { Fault } from '#libs/kernel';

/** Everything that is wrong with the settings at once, one line per bad key; never a value. */
export class SettingsError extends Fault {
  constructor(readonly lines: readonly string[]) {
    super('SETTINGS_INVALID', { details: { bad: lines.length } });
    this.name = 'SettingsError';
  }
}
