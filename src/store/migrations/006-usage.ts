/** What turns (as JSON) and sessions have cost, and the newest intent: the runtime's journal has none of it. */
export const usage = `
alter table turns add column usage text;

create table session_usage (
  session_id         text    primary key references sessions (id) on delete cascade,
  input_tokens       integer not null default 0,
  output_tokens      integer not null default 0,
  cache_read_tokens  integer not null default 0,
  cache_write_tokens integer not null default 0,
  premium_requests   real,
  context_tokens     integer,
  context_limit      integer
) strict;

create table intents (
  session_id      text    primary key references sessions (id) on delete cascade,
  turn_message_id text,
  intent          text    not null,
  occurred_at     integer not null
) strict;
`;
