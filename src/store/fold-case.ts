/** The form in which texts are compared when case does not matter; SQLite itself folds ASCII only. */
export function foldCase(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
