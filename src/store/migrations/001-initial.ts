/**
 * Times are milliseconds since 1970; labels and errors are JSON; the folded columns serve the
 * search.
 */
export const initial = `
create table sessions (
  id                text    primary key,
  id_folded         text    not null,
  profile           text    not null,
  model             text,
  reasoning_effort  text,
  title             text,
  title_folded      text,
  title_chosen      integer not null,
  instructions      text,
  labels            text    not null,
  repository_owner  text,
  repository_name   text,
  repository_branch text,
  has_messages      integer not null,
  created_at        integer not null,
  updated_at        integer not null
) strict;

create index sessions_by_activity on sessions (updated_at desc, id);

create table notices (
  session_id  text    not null references sessions (id) on delete cascade,
  info_type   text    not null,
  message     text    not null,
  tip         text,
  url         text,
  occurred_at integer not null,
  primary key (session_id, info_type)
) strict;

create table turns (
  session_id  text    not null references sessions (id) on delete cascade,
  message_id  text    not null,
  state       text    not null,
  queued_at   integer not null,
  started_at  integer,
  finished_at integer,
  reply_id    text,
  error       text,
  primary key (session_id, message_id)
) strict;

create index turns_by_age on turns (session_id, queued_at);
create index turns_open on turns (queued_at) where state in ('QUEUED', 'RUNNING');
`;
