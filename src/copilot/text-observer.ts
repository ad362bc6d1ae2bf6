import type { TextOrigin } from '../events/text-assembly.ts';

/** Learns of texts before their first piece and after their final. */
export interface TextObserver {
  opened(text: TextOrigin): void;
  completed(text: TextOrigin): void;
}
