/** Returns the form of a text in which case does not matter; SQLite itself folds ASCII only. */
export function foldCase(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
