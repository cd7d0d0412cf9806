import type { AddCommand } from '../../command.js';

export const addBackupKit: AddCommand = () => undefined;
