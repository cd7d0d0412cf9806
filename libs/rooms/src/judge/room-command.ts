/** What somebody may tell us besides asking. `language`: of the word that was used, where it tells. */
export type RoomCommand = (
  | { readonly does: 'help' }
  | { readonly does: 'list' }
  | { readonly does: 'search'; readonly words: string }
  | { readonly does: 'rename'; readonly title: string }
  | { readonly does: 'archive' }
  | { readonly does: 'new' }
) & { readonly language?: string };
