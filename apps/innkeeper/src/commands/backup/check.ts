import type { AddCommand } from '../../command.js';

export const addBackupCheck: AddCommand = () => undefined;
