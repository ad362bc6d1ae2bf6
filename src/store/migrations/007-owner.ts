/** Whose a session is; none for those of a gateway that asks nobody who they are, and for those made elsewhere. */
export const owner = `
alter table sessions add column owner text;
create index sessions_of_owner on sessions (owner, updated_at desc, id);
`;
