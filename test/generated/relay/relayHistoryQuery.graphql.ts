/**
 * @generated SignedSource<<6cf71e3ca7ca2b662065f16152bc0180>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type relayHistoryQuery$variables = {
  sessionId: string;
};
export type relayHistoryQuery$data = {
  readonly session: {
    readonly messages: {
      readonly nodes: ReadonlyArray<{
        readonly __typename: string;
        readonly content?: string;
        readonly id: string;
      }>;
    } | null | undefined;
  } | null | undefined;
};
export type relayHistoryQuery = {
  response: relayHistoryQuery$data;
  variables: relayHistoryQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "sessionId"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "id",
    "variableName": "sessionId"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v3 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "content",
    "storageKey": null
  }
],
v4 = {
  "alias": null,
  "args": [
    {
      "kind": "Literal",
      "name": "last",
      "value": 50
    }
  ],
  "concreteType": "MessageConnection",
  "kind": "LinkedField",
  "name": "messages",
  "plural": false,
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": null,
      "kind": "LinkedField",
      "name": "nodes",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "__typename",
          "storageKey": null
        },
        (v2/*:: as any*/),
        {
          "kind": "InlineFragment",
          "selections": (v3/*:: as any*/),
          "type": "UserMessage",
          "abstractKey": null
        },
        {
          "kind": "InlineFragment",
          "selections": (v3/*:: as any*/),
          "type": "AssistantMessage",
          "abstractKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "storageKey": "messages(last:50)"
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "relayHistoryQuery",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "Session",
        "kind": "LinkedField",
        "name": "session",
        "plural": false,
        "selections": [
          (v4/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "relayHistoryQuery",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "Session",
        "kind": "LinkedField",
        "name": "session",
        "plural": false,
        "selections": [
          (v4/*:: as any*/),
          (v2/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "9ad2ac79b0fbee0c502d5c34934a20e0",
    "id": null,
    "metadata": {},
    "name": "relayHistoryQuery",
    "operationKind": "query",
    "text": "query relayHistoryQuery(\n  $sessionId: ID!\n) {\n  session(id: $sessionId) {\n    messages(last: 50) {\n      nodes {\n        __typename\n        id\n        ... on UserMessage {\n          content\n        }\n        ... on AssistantMessage {\n          content\n        }\n      }\n    }\n    id\n  }\n}\n"
  }
};
})();

(node as any).hash = "ced9caee050f71e38ef176f7ef85dfb1";

export default node;
