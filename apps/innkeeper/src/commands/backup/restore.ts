import type { AddCommand } from '../../command.js';

export const addBackupRestore: AddCommand = () => undefined;
