/**
 * Times are in Unix milliseconds. Labels, client tools, providers, errors, usage of turns and recorded events are JSON.
 * Columns named `..._folded` hold case-folded text for the search. Nothing of a session outlives its row in `sessions`.
 */
export const initial = `
create table sessions (
  id                text    primary key,
  id_folded         text    not null,
  owner             text,
  profile           text    not null,
  model             text,
  reasoning_effort  text,
  title             text,
  title_folded      text,
  title_chosen      integer not null,
  instructions      text,
  labels            text    not null,
  client_tools      text    not null,
  repository_owner  text,
  repository_name   text,
  repository_branch text,
  working_directory text    not null,
  github_account    text    not null,
  own_provider      text    not null,
  location          text    not null,
  is_starting       integer not null,
  remote_mode       text    not null,
  remote_url        text,
  remote_steerable  integer not null,
  has_messages      integer not null,
  rewinds           integer not null,
  created_at        integer not null,
  updated_at        integer not null
) strict;

create index sessions_by_activity on sessions (updated_at desc, id);
create index sessions_of_owner on sessions (owner, updated_at desc, id);

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
  usage       text,
  primary key (session_id, message_id)
) strict;

create index turns_by_age on turns (session_id, queued_at);
create index turns_open on turns (queued_at) where state in ('QUEUED', 'RUNNING', 'WAITING_FOR_INPUT');

-- Requests of the agent without their content, and how they were resolved: the journal of the runtime has no
-- requests, and does not say who rejected one.
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

-- The message id of each client message id; null while the outcome of the send is unknown. The turn is another one
-- than the message's own when the message steered a running turn.
create table sends (
  session_id        text    not null references sessions (id) on delete cascade,
  client_message_id text    not null,
  message_id        text,
  turn_message_id   text,
  cursor            text    not null,
  sent_at           integer not null,
  primary key (session_id, client_message_id)
) strict;

-- Texts without a final, which clients may hold in part (S15 in docs/streaming.md).
create table unfinished (
  session_id text not null references sessions (id) on delete cascade,
  kind       text not null,
  text_id    text not null,
  primary key (session_id, kind, text_id)
) strict;

-- The newest journal events that the gateway has seen: a killed runtime loses events that it had not written yet.
create table recorded (
  session_id text primary key references sessions (id) on delete cascade,
  events     text not null
) strict;

-- Sums of the usage of a session, which the journal does not have. counted_at is the time, by the clock of the
-- runtime, up to which model calls are included.
create table session_usage (
  session_id         text    primary key references sessions (id) on delete cascade,
  input_tokens       integer not null default 0,
  output_tokens      integer not null default 0,
  cache_read_tokens  integer not null default 0,
  cache_write_tokens integer not null default 0,
  premium_requests   real,
  context_tokens     integer,
  context_limit      integer,
  counted_at         integer
) strict;

create table intents (
  session_id      text    primary key references sessions (id) on delete cascade,
  turn_message_id text,
  intent          text    not null,
  occurred_at     integer not null
) strict;

-- Messages that wait for the worker of a cloud session; removed as soon as they are sent.
create table held_messages (
  session_id text    not null references sessions (id) on delete cascade,
  message_id text    not null,
  prompt     text    not null,
  held_at    integer not null,
  expires_at integer not null,
  primary key (session_id, message_id)
) strict;

-- The gateway's message id of each message id of a cloud worker.
create table worker_messages (
  session_id text not null references sessions (id) on delete cascade,
  worker_id  text not null,
  message_id text not null,
  primary key (session_id, worker_id)
) strict;
`;
