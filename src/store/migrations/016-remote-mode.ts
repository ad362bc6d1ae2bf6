/** How a session is to be shown on GitHub: the runtime forgets it with each detach. */
export const remoteMode = `
alter table sessions add column remote_mode text not null default 'off';
`;
