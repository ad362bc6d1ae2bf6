import type { RequestResolution } from '../../events/pending-request.ts';
import type { Change } from './change.ts';
import { toPermissionDetails } from './permission-details.ts';
import { toSessionApproval } from './session-approval.ts';
import type { EventData, Translations } from './translation.ts';

/** Translations of the requests that clients resolve, and of their resolutions. */
export const requestTranslations = {
  'permission.requested': translatePermissionRequest,
  'permission.completed': translatePermissionCompletion,
  'user_input.requested': translateUserInputRequest,
  'user_input.completed': translateUserInputCompletion,
  'elicitation.requested': translateElicitationRequest,
  'elicitation.completed': translateElicitationCompletion,
  'external_tool.requested': translateExternalToolRequest,
  'external_tool.completed': ({ requestId }) => [{ type: 'client-tool-resolved', requestId }],
} satisfies Translations;

function translatePermissionRequest(data: EventData<'permission.requested'>): Change[] {
  if (data.resolvedByHook) return [];
  const { requestId, permissionRequest } = data;
  return [
    {
      type: 'request-created',
      requestId,
      modelToolCallId: permissionRequest.toolCallId ?? null,
      details: toPermissionDetails(permissionRequest),
      sessionApproval: toSessionApproval(permissionRequest),
    },
  ];
}

function translatePermissionCompletion({
  requestId,
  result,
}: EventData<'permission.completed'>): Change[] {
  return [
    {
      type: 'request-resolved',
      requestId,
      resolution: toRequestResolution(result),
      feedback: ('feedback' in result ? result.feedback : undefined) ?? null,
    },
  ];
}

function translateUserInputRequest(data: EventData<'user_input.requested'>): Change[] {
  const { requestId, question, choices = [] } = data;
  // Without choices, a free-form answer is the only possible one.
  const allowFreeform = data.allowFreeform !== false || choices.length === 0;
  return [
    {
      type: 'request-created',
      requestId,
      modelToolCallId: data.toolCallId ?? null,
      details: { kind: 'user_input', question, choices, allowFreeform },
      sessionApproval: null,
    },
  ];
}

function translateUserInputCompletion(data: EventData<'user_input.completed'>): Change[] {
  const { requestId, answer = null } = data;
  return [{ type: 'request-resolved', requestId, resolution: 'ANSWERED', feedback: answer }];
}

/** An elicitation with a URL has no form: the answer only says whether the page was opened. */
const EMPTY_SCHEMA = { type: 'object', properties: {} };

function translateElicitationRequest(data: EventData<'elicitation.requested'>): Change[] {
  const { requestId, message, url = null } = data;
  const requestedSchema = { ...(data.requestedSchema ?? EMPTY_SCHEMA) };
  const mcpServer = data.elicitationSource ?? null;
  return [
    {
      type: 'request-created',
      requestId,
      modelToolCallId: data.toolCallId ?? null,
      details: { kind: 'elicitation', message, requestedSchema, mcpServer, url },
      sessionApproval: null,
    },
  ];
}

const resolutionsByAction = {
  accept: 'ANSWERED',
  decline: 'DECLINED',
  cancel: 'CANCELLED',
} as const;

function translateElicitationCompletion(data: EventData<'elicitation.completed'>): Change[] {
  const { requestId, action = 'cancel' } = data;
  return [
    {
      type: 'request-resolved',
      requestId,
      resolution: resolutionsByAction[action],
      feedback: null,
    },
  ];
}

function translateExternalToolRequest(data: EventData<'external_tool.requested'>): Change[] {
  const { requestId, toolCallId, toolName } = data;
  return [
    {
      type: 'request-created',
      requestId,
      modelToolCallId: toolCallId,
      details: { kind: 'client_tool', toolName, arguments: data.arguments ?? null },
      sessionApproval: null,
    },
  ];
}

const resolutionsByResultKind: Readonly<Record<string, RequestResolution>> = {
  approved: 'APPROVED',
  'approved-for-session': 'APPROVED_FOR_SESSION',
  'approved-for-location': 'APPROVED_FOR_SESSION',
  'denied-interactively-by-user': 'REJECTED',
  cancelled: 'CANCELLED',
};

/** The `permission.completed` event does not say who rejected: any other kind counts as a decision of the policy. */
function toRequestResolution(result: { readonly kind: string }): RequestResolution {
  return resolutionsByResultKind[result.kind] ?? 'BY_POLICY';
}
