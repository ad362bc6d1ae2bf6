/**
 * @generated SignedSource<<ff443790a8bf5941f37605fdba15e6fa>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type relayCreateSessionMutation$variables = {
  sessionId: string;
};
export type relayCreateSessionMutation$data = {
  readonly createSession: {
    readonly session: {
      readonly cursor: string | null | undefined;
      readonly id: string;
    };
  } | null | undefined;
};
export type relayCreateSessionMutation = {
  response: relayCreateSessionMutation$data;
  variables: relayCreateSessionMutation$variables;
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
    "alias": null,
    "args": [
      {
        "fields": [
          {
            "kind": "Literal",
            "name": "ifExists",
            "value": "RESUME"
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
    "concreteType": "CreateSessionPayload",
    "kind": "LinkedField",
    "name": "createSession",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Session",
        "kind": "LinkedField",
        "name": "session",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "id",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "cursor",
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
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "relayCreateSessionMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "relayCreateSessionMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "cacheID": "c46892fd4cf40cc6461881c056daafe1",
    "id": null,
    "metadata": {},
    "name": "relayCreateSessionMutation",
    "operationKind": "mutation",
    "text": "mutation relayCreateSessionMutation(\n  $sessionId: ID!\n) {\n  createSession(input: {sessionId: $sessionId, ifExists: RESUME}) {\n    session {\n      id\n      cursor\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "fcd21336d137713e20890ff3e1354aff";

export default node;
