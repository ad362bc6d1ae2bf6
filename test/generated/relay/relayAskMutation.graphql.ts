/**
 * @generated SignedSource<<0895cfc25ca485a2c3c1230c75fa75db>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type TurnState = "ABORTED" | "COMPLETED" | "FAILED" | "QUEUED" | "RUNNING" | "WAITING_FOR_INPUT" | "%future added value";
export type relayAskMutation$variables = {
  prompt: string;
  sessionId: string;
};
export type relayAskMutation$data = {
  readonly sendMessage: {
    readonly finishedTurn: {
      readonly id: string;
      readonly reply: {
        readonly content: string;
        readonly id: string;
      } | null | undefined;
      readonly state: TurnState;
    } | null | undefined;
  } | null | undefined;
};
export type relayAskMutation = {
  response: relayAskMutation$data;
  variables: relayAskMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "prompt"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "sessionId"
},
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
    "args": [
      {
        "fields": [
          {
            "kind": "Variable",
            "name": "prompt",
            "variableName": "prompt"
          },
          {
            "kind": "Variable",
            "name": "sessionId",
            "variableName": "sessionId"
          }
        ],
        "kind": "ObjectValue",
        "name": "input"
      }
    ],
    "concreteType": "SendMessagePayload",
    "kind": "LinkedField",
    "name": "sendMessage",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Turn",
        "kind": "LinkedField",
        "name": "finishedTurn",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "state",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "AssistantMessage",
            "kind": "LinkedField",
            "name": "reply",
            "plural": false,
            "selections": [
              (v2/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "content",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
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
    "name": "relayAskMutation",
    "selections": (v3/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "relayAskMutation",
    "selections": (v3/*:: as any*/)
  },
  "params": {
    "cacheID": "9ea73b57d4c258dbb931b9a7ecc0ff30",
    "id": null,
    "metadata": {},
    "name": "relayAskMutation",
    "operationKind": "mutation",
    "text": "mutation relayAskMutation(\n  $sessionId: ID!\n  $prompt: String!\n) {\n  sendMessage(input: {sessionId: $sessionId, prompt: $prompt}) {\n    finishedTurn {\n      id\n      state\n      reply {\n        id\n        content\n      }\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "9a60f9f318c0c0451c4de33365105e94";

export default node;
