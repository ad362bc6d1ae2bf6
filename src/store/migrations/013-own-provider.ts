/** The model provider that a client brought, as JSON; its key is kept nowhere. */
export const ownProvider = `
alter table sessions add column own_provider text not null default 'null';
`;
