import type { Session } from '../../src/copilot/session/session.ts';
import type { Delta } from './delta-source.ts';

/** To the log of the session, where the events of a runtime end up. */
export function appendDelta(session: Session | undefined, delta: Delta): void {
  if (!session) throw new Error('the session is not in use');
  const { messageId: id, kind, text: piece, state } = delta;
  const { log } = session;
  const at = new Date();
  const text =
    log.findText(kind, id) ?? log.openText({ kind, id, turnMessageId: null, agentId: null }, at);
  log.changeText(text, at, () => {
    if (state === 'COMPLETE') text.complete(text.text);
    else text.append(piece);
  });
}
