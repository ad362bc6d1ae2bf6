/** What makes positions in a session's events safe over restarts. */
export const positions = `
alter table sessions add column rewinds integer not null default 0;

create table unfinished (
  session_id text not null references sessions (id) on delete cascade,
  kind       text not null,
  text_id    text not null,
  primary key (session_id, kind, text_id)
) strict;
`;
