/** The turn of a message that started none of its own, but joined the running one. */
export const sendTurns = `
alter table sends add column turn_message_id text;
update sends set turn_message_id = message_id;
`;
