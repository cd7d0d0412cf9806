/** The pieces of a compound of German or Dutch, folded, from the front; none if it is no compound. */
export const piecesOf = (_word: string, _language: string): readonly string[] => [];
