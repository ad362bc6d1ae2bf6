import type { OutgoingAttachment } from '../../copilot/sending/delivery.ts';
import { createInputError } from '../../errors/common-errors.ts';
import { GatewayError } from '../../errors/gateway-error.ts';

interface AttachmentInput {
  readonly name: string;
  readonly mimeType: string;
  readonly data: string;
}

const MAX_ATTACHMENTS = 20;
const FILE_NAME = /^[^\p{Cc}\p{Cf}/\\<>"]{1,255}$/u;
const textTypes = ['text/*', 'application/json', 'application/xml', 'application/yaml'];
const TEXT_TYPE = /^(?:text\/[a-z0-9.+-]{1,64}|application\/(?:json|xml|yaml))$/;

/** Tests by MIME type whether the first bytes of a file are those of the type. */
const fileSignatures = new Map<string, (bytes: Buffer) => boolean>([
  ['image/png', (bytes) => bytes.subarray(0, 8).toString('hex') === '89504e470d0a1a0a'],
  ['image/jpeg', (bytes) => bytes.subarray(0, 3).toString('hex') === 'ffd8ff'],
  ['image/gif', (bytes) => /^GIF8[79]a/.test(bytes.toString('latin1', 0, 6))],
  ['image/webp', (bytes) => /^RIFF.{4}WEBP/s.test(bytes.toString('latin1', 0, 12))],
  ['application/pdf', (bytes) => bytes.toString('latin1', 0, 5) === '%PDF-'],
]);

/** @throws {GatewayError} BAD_USER_INPUT, or LIMIT_EXCEEDED if the files have more than `maxBytes` in total */
export function validateAttachments(
  attachments: readonly AttachmentInput[],
  maxBytes: number,
): readonly OutgoingAttachment[] {
  if (attachments.length > MAX_ATTACHMENTS) {
    throw createInputError('attachments', `must have at most ${MAX_ATTACHMENTS} items`);
  }
  const checked = attachments.map(validateAttachment);
  const bytes = checked.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (bytes > maxBytes) {
    throw new GatewayError(
      'LIMIT_EXCEEDED',
      `attachments: must have at most ${maxBytes} bytes in total (got ${bytes})`,
    );
  }
  return checked;
}

function validateAttachment(input: AttachmentInput, index: number): OutgoingAttachment {
  const buildFieldPath = (name: string): string => `attachments[${index}].${name}`;
  const { name, data } = input;
  if (!FILE_NAME.test(name)) {
    throw createInputError(
      buildFieldPath('name'),
      'must be a file name of 1 to 255 characters without a directory',
    );
  }
  const mimeType = input.mimeType.toLowerCase();
  const hasSignature =
    fileSignatures.get(mimeType) ?? (TEXT_TYPE.test(mimeType) ? isUtf8Text : undefined);
  if (!hasSignature) {
    throw createInputError(
      buildFieldPath('mimeType'),
      `must be one of ${[...fileSignatures.keys(), ...textTypes].join(', ')}`,
    );
  }
  const bytes = Buffer.from(data, 'base64');
  // Node ignores invalid base64 and the runtime does not check it, so the decoded bytes are encoded again to compare.
  if (bytes.length === 0 || bytes.toString('base64') !== data) {
    throw createInputError(
      buildFieldPath('data'),
      'must be base64, with padding and without line breaks',
    );
  }
  if (!hasSignature(bytes)) {
    throw createInputError(buildFieldPath('data'), `is not a valid ${mimeType} file`);
  }
  return { name, mimeType, data, byteLength: bytes.length };
}

function isUtf8Text(bytes: Buffer): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0');
  } catch {
    return false;
  }
}
