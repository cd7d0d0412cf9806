const ENTITY = /^[^.]+\.[^.]+\.(.+)$/su;

/** The provider’s own id of a thing: `rocketchat.main.GENERAL` is `GENERAL`. What is no such name stays as it is. */
export const ownIdOf = (entity: string): string => ENTITY.exec(entity)?.[1] ?? entity;
