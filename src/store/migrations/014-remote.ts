/** Where a session runs, and can be seen on GitHub: the runtime tells it once. */
export const remote = `
alter table sessions add column location text not null default 'local';
alter table sessions add column remote_url text;
alter table sessions add column remote_steerable integer not null default 0;
`;
