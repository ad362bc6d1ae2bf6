import { graphql } from '../../generated/operations/gql.ts';
import type {
  ListMessagesQueryVariables,
  MessagePageFieldsFragment,
} from '../../generated/operations/graphql.ts';
import type { Client, Flat } from '../clients/transports.ts';

export type MessagePage = Flat<MessagePageFieldsFragment>;
export type PageMessage = MessagePage['edges'][number]['node'];

export const listMessages = graphql(`
  query ListMessages($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    session(id: $id) {
      state
      messages(first: $first, after: $after, last: $last, before: $before) {
        ...MessagePageFields
      }
    }
  }
`);

type PageArguments = Omit<ListMessagesQueryVariables, 'id'>;

export async function fetchPage(
  client: Client,
  id: string,
  args: PageArguments,
): Promise<MessagePage> {
  return (await client.run(listMessages, { id, ...args })).session.messages;
}
