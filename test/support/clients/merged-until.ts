import type { LiveDelta } from '../operations/events.ts';
import type { Collector } from './collector.ts';
import { MergedTexts } from './merge.ts';

/** All that a client holds, as soon as it fits; a patch that leaves a gap fails. */
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

/** @param contents of all texts, in the order in which they began */
export function holds(...contents: string[]) {
  return (texts: MergedTexts): boolean =>
    JSON.stringify(texts.contents) === JSON.stringify(contents);
}

/** The last of these texts came to its end. */
export function holdsComplete(...contents: string[]) {
  return (texts: MergedTexts, { state }: LiveDelta): boolean =>
    state === 'COMPLETE' && holds(...contents)(texts);
}
