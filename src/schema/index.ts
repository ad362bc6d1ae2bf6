import './scalars.ts';
import './node.ts';
import './viewer.ts';
import './status.ts';
import './profile.ts';
import './model.ts';
import './session.ts';
import './subagent.ts';
import './request.ts';
import './agent-events.ts';
import './session-mutations.ts';
import './message-mutations.ts';
import './turn-mutations.ts';
import './request-mutations.ts';
import './session-subscriptions.ts';

import { specifiedDirectives } from 'graphql';

import { auditMutations } from './audit-mutations.ts';
import { builder } from './builder.ts';
import { deferDirective } from './defer-directive.ts';

export const schema = auditMutations(
  builder.toSchema({ directives: [...specifiedDirectives, deferDirective] }),
);
