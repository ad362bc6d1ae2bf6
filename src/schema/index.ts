import './scalars.ts';
import './node.ts';
import './runtime.ts';
import './session.ts';
import './session-changes.ts';
import './session-usage.ts';
import './subagent.ts';
import './agent-event.ts';
import './session-mutations.ts';
import './send-message.ts';
import './turn-mutations.ts';
import './update-session.ts';
import './session-credentials.ts';
import './session-remote.ts';
import './fork-session.ts';
import './session-subscriptions.ts';
import './request.ts';
import './request-event.ts';
import './request-mutations.ts';
import './model.ts';
import './profile.ts';
import './viewer.ts';

import { specifiedDirectives } from 'graphql';

import { auditMutations } from './audited-mutations.ts';
import { builder } from './builder.ts';
import { deferDirective } from './defer.ts';

export const schema = auditMutations(
  builder.toSchema({ directives: [...specifiedDirectives, deferDirective] }),
);
