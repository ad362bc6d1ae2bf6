/** Whose GitHub account a session uses; its token is kept nowhere. */
export const gitHubAccount = `
alter table sessions add column github_account text not null default 'server';
`;
