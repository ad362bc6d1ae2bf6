: "${GATEWAY:=http://127.0.0.1:4000/graphql}" "${SESSION:=first-session}"

post() {
  curl --silent --show-error --header 'content-type: application/json' "$@" "$GATEWAY"
}

create_session() {
  post --data '{
    "query": "mutation ($id: ID!) { createSession(input: { sessionId: $id, ifExists: RESUME }) { session { id cursor } } }",
    "variables": { "id": "'"$SESSION"'" }
  }'
}

# ask PROMPT: waits for the answer. The prompt is inserted into JSON: escape its quotes.
ask() {
  post --data '{
    "query": "mutation ($id: ID!, $prompt: String!) { sendMessage(input: { sessionId: $id, prompt: $prompt }) { finishedTurn { state reply { id content } } } }",
    "variables": { "id": "'"$SESSION"'", "prompt": "'"$1"'" }
  }'
}

# watch SECONDS [CURSOR]: continues after the event with this id.
watch() {
  post --no-buffer --max-time "$1" --header 'accept: text/event-stream' \
    ${2:+--header "last-event-id: $2"} --data '{
    "query": "subscription ($id: ID!) { messageDelta(sessionId: $id) { cursor messageId kind offset text state } }",
    "variables": { "id": "'"$SESSION"'" }
  }'
}

read_history() {
  post --data '{
    "query": "query ($id: ID!) { session(id: $id) { messages(last: 50) { nodes { __typename id ... on AssistantMessage { content } } } } }",
    "variables": { "id": "'"$SESSION"'" }
  }'
}
