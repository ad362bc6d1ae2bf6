/** Which message each client's own id of a message became; none while the outcome is not known. */
export const sends = `
create table sends (
  session_id        text    not null references sessions (id) on delete cascade,
  client_message_id text    not null,
  message_id        text,
  cursor            text    not null,
  sent_at           integer not null,
  primary key (session_id, client_message_id)
) strict;
`;
