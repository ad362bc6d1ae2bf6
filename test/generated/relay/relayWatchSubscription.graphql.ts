/**
 * @generated SignedSource<<4bebaffd66545e4694bbd3b874a6a534>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type DeltaKind = "CONTENT" | "REASONING" | "%future added value";
export type DeltaState = "COMPLETE" | "DISCARDED" | "STREAMING" | "%future added value";
export type relayWatchSubscription$variables = {
  after?: string | null | undefined;
  sessionId: string;
};
export type relayWatchSubscription$data = {
  readonly messageDelta: {
    readonly cursor: string;
    readonly kind: DeltaKind;
    readonly messageId: string;
    readonly offset: number;
    readonly state: DeltaState;
    readonly text: string;
  };
};
export type relayWatchSubscription = {
  response: relayWatchSubscription$data;
  variables: relayWatchSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "after"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "sessionId"
},
v2 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "after",
        "variableName": "after"
      },
      {
        "kind": "Variable",
        "name": "sessionId",
        "variableName": "sessionId"
      }
    ],
    "concreteType": "MessageDelta",
    "kind": "LinkedField",
    "name": "messageDelta",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "cursor",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "messageId",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "kind",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "offset",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "text",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "state",
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "relayWatchSubscription",
    "selections": (v2/*:: as any*/),
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "relayWatchSubscription",
    "selections": (v2/*:: as any*/)
  },
  "params": {
    "cacheID": "a27ed6596d51b985cc791c6136657476",
    "id": null,
    "metadata": {},
    "name": "relayWatchSubscription",
    "operationKind": "subscription",
    "text": "subscription relayWatchSubscription(\n  $sessionId: ID!\n  $after: Cursor\n) {\n  messageDelta(sessionId: $sessionId, after: $after) {\n    cursor\n    messageId\n    kind\n    offset\n    text\n    state\n  }\n}\n"
  }
};
})();

(node as any).hash = "c353226f0457fbd04298a9838d8314c4";

export default node;
