import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Attachment } from '../../events/message.ts';

type RuntimeAttachment = NonNullable<
  Extract<RuntimeEvent, { type: 'user.message' }>['data']['attachments']
>[number];

/** Other clients of the runtime send other kinds: of these only the name is told, paths stay inside. */
export function toAttachment(told: RuntimeAttachment): Attachment {
  const name = 'displayName' in told ? (told.displayName ?? null) : null;
  if (told.type !== 'blob')
    return { name: name?.split(/[/\\]/).at(-1) ?? null, ...unknownMetadata };
  const byteLength =
    told.data === undefined ? told.byteLength : Buffer.byteLength(told.data, 'base64');
  return { name, mimeType: told.mimeType, byteLength: byteLength ?? null };
}

const unknownMetadata = { mimeType: null, byteLength: null };
