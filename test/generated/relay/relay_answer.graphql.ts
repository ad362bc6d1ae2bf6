/**
 * @generated SignedSource<<c7eea9bdb3188113dc8814053b4d3f47>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
export type TurnState = "ABORTED" | "COMPLETED" | "FAILED" | "QUEUED" | "RUNNING" | "WAITING_FOR_INPUT" | "%future added value";
import type { FragmentRefs } from "relay-runtime";
export type relay_answer$data = {
  readonly finishedTurn: {
    readonly id: string;
    readonly reply: {
      readonly content: string;
      readonly id: string;
    } | null | undefined;
    readonly state: TurnState;
  } | null | undefined;
  readonly " $fragmentType": "relay_answer";
};
export type relay_answer$key = {
  readonly " $data"?: relay_answer$data;
  readonly " $fragmentSpreads": FragmentRefs<"relay_answer">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
};
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "relay_answer",
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "Turn",
      "kind": "LinkedField",
      "name": "finishedTurn",
      "plural": false,
      "selections": [
        (v0/*:: as any*/),
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
            (v0/*:: as any*/),
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
  "type": "SendMessagePayload",
  "abstractKey": null
};
})();

(node as any).hash = "efd56201df8eb783d1dc2c5ca5754418";

export default node;
