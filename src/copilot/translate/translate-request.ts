import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Change } from './change.ts';
import { permissionBody } from './permission-details.ts';
import { resolutionOf } from './permission-policy.ts';
import { sessionApprovalOf } from './session-approval.ts';

type DataOf<T extends RuntimeEvent['type']> = Extract<RuntimeEvent, { type: T }>['data'];

/** Of what the agent asks people for, and of how that ended. */
export const requestTranslations = {
  'permission.requested': permissionRequested,
  'permission.completed': permissionCompleted,
  'user_input.requested': userInputRequested,
  'user_input.completed': userInputCompleted,
  'elicitation.requested': elicitationRequested,
  'elicitation.completed': elicitationCompleted,
  'external_tool.requested': externalToolRequested,
  'external_tool.completed': ({ requestId }) => [{ type: 'tool-answered', requestId }],
} satisfies { [T in RuntimeEvent['type']]?: (data: DataOf<T>) => Change[] };

function permissionRequested(data: DataOf<'permission.requested'>): Change[] {
  if (data.resolvedByHook) return [];
  const { requestId, permissionRequest } = data;
  return [
    {
      type: 'request',
      requestId,
      callId: permissionRequest.toolCallId ?? null,
      body: permissionBody(permissionRequest),
      sessionApproval: sessionApprovalOf(permissionRequest),
    },
  ];
}

function permissionCompleted({ requestId, result }: DataOf<'permission.completed'>): Change[] {
  return [
    {
      type: 'request-resolved',
      requestId,
      resolution: resolutionOf(result),
      feedback: ('feedback' in result ? result.feedback : undefined) ?? null,
    },
  ];
}

function userInputRequested(data: DataOf<'user_input.requested'>): Change[] {
  const { requestId, question, choices = [] } = data;
  // Without choices there is nothing else to answer.
  const allowFreeform = data.allowFreeform !== false || choices.length === 0;
  return [
    {
      type: 'request',
      requestId,
      callId: data.toolCallId ?? null,
      body: { kind: 'user_input', question, choices, allowFreeform },
      sessionApproval: null,
    },
  ];
}

function userInputCompleted(data: DataOf<'user_input.completed'>): Change[] {
  const { requestId, answer = null } = data;
  return [{ type: 'request-resolved', requestId, resolution: 'ANSWERED', feedback: answer }];
}

/** One with an address asks for nothing but whether it was opened. */
const NO_FIELDS = { type: 'object', properties: {} };

function elicitationRequested(data: DataOf<'elicitation.requested'>): Change[] {
  const { requestId, message, url = null } = data;
  const requestedSchema = { ...(data.requestedSchema ?? NO_FIELDS) };
  const mcpServer = data.elicitationSource ?? null;
  return [
    {
      type: 'request',
      requestId,
      callId: data.toolCallId ?? null,
      body: { kind: 'elicitation', message, requestedSchema, mcpServer, url },
      sessionApproval: null,
    },
  ];
}

const resolutions = {
  accept: 'ANSWERED',
  decline: 'DECLINED',
  cancel: 'CANCELLED',
} as const;

function elicitationCompleted(data: DataOf<'elicitation.completed'>): Change[] {
  const { requestId, action = 'cancel' } = data;
  return [{ type: 'request-resolved', requestId, resolution: resolutions[action], feedback: null }];
}

function externalToolRequested(data: DataOf<'external_tool.requested'>): Change[] {
  const { requestId, toolCallId, toolName } = data;
  return [
    {
      type: 'request',
      requestId,
      callId: toolCallId,
      body: { kind: 'client_tool', toolName, arguments: data.arguments ?? null },
      sessionApproval: null,
    },
  ];
}
