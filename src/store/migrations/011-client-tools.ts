/** Tools that clients run themselves, as JSON. */
export const clientTools = `
alter table sessions add column client_tools text not null default '[]';
`;
