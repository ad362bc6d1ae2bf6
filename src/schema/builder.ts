import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';

import type { Context } from '../resolvers/context.ts';

/** The plugin declares connections, their edges and `PageInfo`; `Node` and all IDs are declared in this directory. */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Scalars: {
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
    Cursor: { Input: string; Output: string };
    ID: { Input: string; Output: string };
  };
}>({
  plugins: [RelayPlugin],
  defaultFieldNullability: false,
  relay: {
    cursorType: 'String',
    firstArgOptions: {
      description:
        'The number of objects to return from the start of the list, 1 to 100. BAD_USER_INPUT together with `last`.',
    },
    afterArgOptions: {
      description: 'Returns only objects after this cursor, as in `PageInfo.endCursor`.',
    },
    lastArgOptions: {
      description:
        'The number of objects to return from the end of the list, 1 to 100. BAD_USER_INPUT together with `first`.',
    },
    beforeArgOptions: {
      description: 'Returns only objects before this cursor, as in `PageInfo.startCursor`.',
    },
    nodesOnConnection: { description: 'The objects on this page, without their cursors.' },
    edgesFieldOptions: {
      nullable: false,
      description: 'The objects on this page, each with its cursor.',
    },
    nodeFieldOptions: { nullable: false, description: 'The object at this position of the list.' },
    cursorFieldOptions: {
      description:
        'The position of the object in the list. Pass it as `after` or `before` to read the adjacent page.',
    },
    pageInfoFieldOptions: { description: 'The position of this page in the whole list.' },
    pageInfoTypeOptions: { description: 'The position of one page in a paginated list.' },
    hasNextPageFieldOptions: { description: 'Whether the list has more objects after this page.' },
    hasPreviousPageFieldOptions: {
      description: 'Whether the list has more objects before this page.',
    },
    startCursorFieldOptions: {
      description:
        'The cursor of the first object on this page, or null if the page is empty. Pass it as `before` to read the previous page.',
    },
    endCursorFieldOptions: {
      description:
        'The cursor of the last object on this page, or null if the page is empty. Pass it as `after` to read the next page.',
    },
  },
});

builder.queryType({
  description:
    'Read operations. Each field fails independently: it is then null, and the error is in `errors`.',
});
builder.mutationType({
  description:
    'Write operations on sessions. Each mutation takes one argument, `input`, and fails independently: its field is then null, and the error is in `errors`.',
});
builder.subscriptionType({
  description:
    'Live updates, over WebSocket (protocol graphql-transport-ws) or Server-Sent Events (SSE).',
});
