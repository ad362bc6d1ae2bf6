import type { Attachment } from '../../events/message.ts';
import type { EventData } from './translation.ts';

type RuntimeAttachment = NonNullable<EventData<'user.message'>['attachments']>[number];

/**
 * Other clients of the runtime send attachments of other kinds than `blob`. Clients see only the base name of these:
 * paths are internal.
 */
export function toAttachment(attachment: RuntimeAttachment): Attachment {
  const name = 'displayName' in attachment ? (attachment.displayName ?? null) : null;
  if (attachment.type !== 'blob') {
    return { name: name?.split(/[/\\]/).at(-1) ?? null, mimeType: null, byteLength: null };
  }
  const { data, mimeType } = attachment;
  const byteLength = data === undefined ? attachment.byteLength : Buffer.byteLength(data, 'base64');
  return { name, mimeType, byteLength: byteLength ?? null };
}
