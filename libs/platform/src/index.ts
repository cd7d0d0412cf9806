export { builtRoles, type Role } from './roles.js';
export { describeSettings, type DescribedSetting } from './settings/describe.js';
export { readSettings, type Settings } from './settings/read-settings.js';
export { renderEnvExample, renderSettingsPage } from './settings/render.js';
export { SettingsError } from './settings/settings-error.js';
export type { Environment, Origin, ReadText } from './settings/texts.js';
export { token, type Token } from './wiring/token.js';
export { provide, wire, type Wired } from './wiring/wire.js';
