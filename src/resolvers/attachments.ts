import type { OutgoingAttachment } from '../copilot/sending/delivery.ts';
import { Failure } from '../errors/gateway-error.ts';
import { badInput } from './input.ts';

interface AttachmentInput {
  readonly name: string;
  readonly mimeType: string;
  readonly data: string;
}

const MAX_ATTACHMENTS = 20;
const NAME = /^[^\p{Cc}\p{Cf}/\\<>"]{1,255}$/u;
const TEXT_TYPE = /^(?:text\/[a-z0-9.+-]{1,64}|application\/(?:json|xml|yaml))$/;

/** By which bytes a file of the type begins. */
const signatures = new Map<string, (bytes: Buffer) => boolean>([
  ['image/png', (bytes) => bytes.subarray(0, 8).toString('hex') === '89504e470d0a1a0a'],
  ['image/jpeg', (bytes) => bytes.subarray(0, 3).toString('hex') === 'ffd8ff'],
  ['image/gif', (bytes) => /^GIF8[79]a/.test(bytes.toString('latin1', 0, 6))],
  ['image/webp', (bytes) => /^RIFF.{4}WEBP/s.test(bytes.toString('latin1', 0, 12))],
  ['application/pdf', (bytes) => bytes.toString('latin1', 0, 5) === '%PDF-'],
]);

/** @throws Failure BAD_USER_INPUT, and LIMIT_EXCEEDED when they have more than `maxBytes` together */
export function checkAttachments(
  attachments: readonly AttachmentInput[],
  maxBytes: number,
): readonly OutgoingAttachment[] {
  if (attachments.length > MAX_ATTACHMENTS) {
    throw badInput('attachments', `must not be more than ${MAX_ATTACHMENTS}`);
  }
  const checked = attachments.map(checkAttachment);
  const bytes = checked.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (bytes > maxBytes) {
    throw new Failure(
      'LIMIT_EXCEEDED',
      `attachments: must not exceed ${maxBytes} bytes together; these have ${bytes}`,
    );
  }
  return checked;
}

function checkAttachment(input: AttachmentInput, index: number): OutgoingAttachment {
  const field = (name: string): string => `attachments[${index}].${name}`;
  const { name, data } = input;
  if (!NAME.test(name)) throw badInput(field('name'), 'must be a file name without a folder');
  const mimeType = input.mimeType.toLowerCase();
  const hasSignature = signatures.get(mimeType) ?? (TEXT_TYPE.test(mimeType) ? isText : undefined);
  if (!hasSignature) {
    const types = [...signatures.keys(), 'text/*', 'application/json', '…xml', '…yaml'].join(', ');
    throw badInput(field('mimeType'), `must be one of ${types}`);
  }
  const bytes = Buffer.from(data, 'base64');
  // Node skips over what is no base64, and the runtime takes anything.
  if (bytes.length === 0 || bytes.toString('base64') !== data) {
    throw badInput(field('data'), 'must be base64, with padding and without line breaks');
  }
  if (!hasSignature(bytes)) throw badInput(field('data'), `is no ${mimeType}`);
  return { name, mimeType, data, byteLength: bytes.length };
}

function isText(bytes: Buffer): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0');
  } catch {
    return false;
  }
}
