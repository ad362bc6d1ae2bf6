import { now } from './clock.ts';

/** Characters of one delta. */
export const PIECE_LENGTH = 24;

const STAMP_LENGTH = 16;
const FILL = ' a word '.padEnd(PIECE_LENGTH - STAMP_LENGTH);

/** A delta that says when it was due. */
export function stampedPiece(at = now()): string {
  return at.toFixed(3).padStart(STAMP_LENGTH, '0') + FILL;
}

/** How long ago the piece was due, in milliseconds. */
export function ageOf(piece: string, at: number): number {
  return at - Number(piece.slice(0, STAMP_LENGTH));
}

/** The text of whole pieces, each of which was due at another time. */
export function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at + PIECE_LENGTH <= text.length; at += PIECE_LENGTH) {
    yield text.slice(at, at + PIECE_LENGTH);
  }
}
