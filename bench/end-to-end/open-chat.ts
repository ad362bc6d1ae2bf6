import type { Chat } from './chat.ts';
import { graphqlChat } from './graphql-chat.ts';
import { rawChat } from './raw-chat.ts';

export type ChatKind = 'graphql' | 'raw';

export function openChat(url: string, kind: ChatKind): Promise<Chat> {
  return kind === 'raw' ? rawChat(url) : graphqlChat(url);
}
