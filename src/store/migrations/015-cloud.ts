/**
 * Of sessions on GitHub's machines: whether their worker is still awaited, what waits for it, and which message of
 * ours each of its own is. What waits is gone as soon as it is sent.
 */
export const cloud = `
alter table sessions add column is_starting integer not null default 0;

create table held_messages (
  session_id text    not null references sessions (id) on delete cascade,
  message_id text    not null,
  prompt     text    not null,
  held_at    integer not null,
  expires_at integer not null,
  primary key (session_id, message_id)
) strict;

create table worker_messages (
  session_id text not null references sessions (id) on delete cascade,
  worker_id  text not null,
  message_id text not null,
  primary key (session_id, worker_id)
) strict;
`;
