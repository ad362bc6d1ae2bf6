/** Up to which time, by the runtime's clock, its model calls are in the sums. */
export const countedCalls = `
alter table session_usage add column counted_at integer;
update session_usage set counted_at = unixepoch() * 1000;
`;
