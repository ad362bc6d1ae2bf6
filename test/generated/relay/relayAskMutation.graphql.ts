/**
 * @generated SignedSource<<7874471d529ddf9c8821b7541897a222>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type TurnState = "ABORTED" | "COMPLETED" | "FAILED" | "QUEUED" | "RUNNING" | "WAITING_FOR_INPUT" | "%future added value";
export type relayAskMutation$variables = {
  prompt: string;
  sessionId: string;
};
export type relayAskMutation$data = {
  readonly sendMessage: {
    readonly turn: {
      readonly id: string;
      readonly state: TurnState;
    };
    readonly " $fragmentSpreads": FragmentRefs<"relay_answer">;
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
v2 = [
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
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "state",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "concreteType": "Turn",
  "kind": "LinkedField",
  "name": "turn",
  "plural": false,
  "selections": [
    (v3/*:: as any*/),
    (v4/*:: as any*/)
  ],
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "relayAskMutation",
    "selections": [
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "concreteType": "SendMessagePayload",
        "kind": "LinkedField",
        "name": "sendMessage",
        "plural": false,
        "selections": [
          (v5/*:: as any*/),
          {
            "kind": "Defer",
            "selections": [
              {
                "args": null,
                "kind": "FragmentSpread",
                "name": "relay_answer"
              }
            ]
          }
        ],
        "storageKey": null
      }
    ],
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
    "selections": [
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "concreteType": "SendMessagePayload",
        "kind": "LinkedField",
        "name": "sendMessage",
        "plural": false,
        "selections": [
          (v5/*:: as any*/),
          {
            "if": null,
            "kind": "Defer",
            "label": "relayAskMutation$defer$answer",
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Turn",
                "kind": "LinkedField",
                "name": "finishedTurn",
                "plural": false,
                "selections": [
                  (v3/*:: as any*/),
                  (v4/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "AssistantMessage",
                    "kind": "LinkedField",
                    "name": "reply",
                    "plural": false,
                    "selections": [
                      (v3/*:: as any*/),
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
            ]
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "d9e126cf1eb08d42e96341849af322b5",
    "id": null,
    "metadata": {},
    "name": "relayAskMutation",
    "operationKind": "mutation",
    "text": "mutation relayAskMutation(\n  $sessionId: ID!\n  $prompt: String!\n) {\n  sendMessage(input: {sessionId: $sessionId, prompt: $prompt}) {\n    turn {\n      id\n      state\n    }\n    ...relay_answer @defer(label: \"relayAskMutation$defer$answer\")\n  }\n}\n\nfragment relay_answer on SendMessagePayload {\n  finishedTurn {\n    id\n    state\n    reply {\n      id\n      content\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "7995286b8d4b2aabac7d402bc55c2fbb";

export default node;
