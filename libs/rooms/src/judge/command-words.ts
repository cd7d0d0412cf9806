import type { RoomCommand } from './room-command.js';

type CommandName = RoomCommand['does'];

interface CommandRule {
  readonly does: CommandName;
  /** `none`: only a message that is this word and nothing else is meant; else what follows belongs to it. */
  readonly takes: 'none' | 'words' | 'title';
  /** By language. */
  readonly words: Readonly<Record<string, string>>;
}

/** What a message begins with that tells us to do something. Each is what nobody begins a question with. */
export const commandRules: readonly CommandRule[] = [
  {
    does: 'help',
    takes: 'none',
    words: {
      en: 'help',
      de: 'hilfe',
      fr: 'aide',
      es: 'ayuda',
      it: 'aiuto',
      nl: 'help',
      pl: 'pomoc',
      pt: 'ajuda',
    },
  },
  {
    does: 'list',
    takes: 'none',
    words: {
      en: 'list',
      de: 'liste',
      fr: 'liste',
      es: 'lista',
      it: 'elenco',
      nl: 'lijst',
      pl: 'lista',
      pt: 'lista',
    },
  },
  {
    does: 'search',
    takes: 'words',
    words: {
      en: 'search mine',
      de: 'suche in meinen',
      fr: 'cherche dans les miennes',
      es: 'busca en las mías',
      it: 'cerca tra le mie',
      nl: 'zoek in de mijne',
      pl: 'szukaj w moich',
      pt: 'procura nas minhas',
    },
  },
  {
    does: 'rename',
    takes: 'title',
    words: {
      en: 'rename',
      de: 'umbenennen',
      fr: 'renommer',
      es: 'renombrar',
      it: 'rinomina',
      nl: 'hernoem',
      pl: 'zmień nazwę',
      pt: 'renomear',
    },
  },
  {
    does: 'archive',
    takes: 'none',
    words: {
      en: 'archive',
      de: 'archivieren',
      fr: 'archiver',
      es: 'archivar',
      it: 'archivia',
      nl: 'archiveer',
      pl: 'archiwizuj',
      pt: 'arquivar',
    },
  },
  {
    does: 'new',
    takes: 'none',
    words: {
      en: 'new',
      de: 'neu',
      fr: 'nouveau',
      es: 'nuevo',
      it: 'nuovo',
      nl: 'nieuw',
      pl: 'nowy',
      pt: 'novo',
    },
  },
];
