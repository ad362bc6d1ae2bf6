import type { LiveDelta } from '../operations/events.ts';
import type { Collector } from './collector.ts';
import { MergedTexts } from './merge.ts';

/** Merges deltas until the texts fit. A delta that leaves a gap fails. */
export async function mergeUntil(
  deltas: Collector<{ readonly messageDelta: LiveDelta }>,
  fits: (texts: MergedTexts, delta: LiveDelta) => boolean,
): Promise<MergedTexts> {
  const mergedUpTo = (count: number): MergedTexts =>
    new MergedTexts(deltas.collected.slice(0, count).map((value) => value.messageDelta));
  const texts = mergedUpTo(deltas.taken);
  await deltas.next(({ messageDelta: delta }) => {
    texts.apply(delta);
    return fits(texts, delta);
  });
  return texts;
}

/** @param contents the content of all texts, in the order of their first delta */
export function holds(...contents: string[]) {
  return (texts: MergedTexts): boolean =>
    JSON.stringify(texts.contents) === JSON.stringify(contents);
}

/** Returns whether the texts fit and the last one is complete. */
export function holdsComplete(...contents: string[]) {
  return (texts: MergedTexts, { state }: LiveDelta): boolean =>
    state === 'COMPLETE' && holds(...contents)(texts);
}
