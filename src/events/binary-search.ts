/** Returns the index of the first entry above a sequence number; entries are in ascending order. */
export function findIndexAfter(
  entries: readonly { readonly sequence: number }[],
  sequence: number,
): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.sequence ?? 0) <= sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}
