/**
 * What the driver has inside and does not declare. A document that is made an object and bytes again is not always the
 * same one: keys like `1` move, and doubled ones go. What is restored has to be.
 */
declare module 'mongodb/lib/cmap/commands.js' {
  export class DocumentSequence {
    constructor(field: string);
    /** Gives the length of everything so far. */
    push(document: object, bytes: Uint8Array): number;
  }
}
