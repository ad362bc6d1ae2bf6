/**
 * What agents asked, without what was asked, and how it ended: the runtime's journal has no questions, and of a
 * refusal it does not say whose it was. Open turns wait for input as well.
 */
export const requests = `
create table requests (
  session_id      text    not null references sessions (id) on delete cascade,
  request_id      text    not null,
  turn_message_id text,
  agent_id        text,
  requested_at    integer not null,
  expires_at      integer,
  resolution      text,
  resolved_at     integer,
  primary key (session_id, request_id)
) strict;

create index requests_open on requests (session_id) where resolved_at is null;

drop index turns_open;
create index turns_open on turns (queued_at) where state in ('QUEUED', 'RUNNING', 'WAITING_FOR_INPUT');
`;
