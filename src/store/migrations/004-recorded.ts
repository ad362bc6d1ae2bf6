/** The newest events of the runtime's journal that the gateway has seen, as JSON. */
export const recorded = `
create table recorded (
  session_id text primary key references sessions (id) on delete cascade,
  events     text not null
) strict;
`;
