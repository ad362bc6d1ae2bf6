/** Sessions that are there already work in the runtime's own folder. */
export const workingDirectory = `
alter table sessions add column working_directory text not null default 'runtime';
`;
