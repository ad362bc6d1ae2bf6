/** Returns the server-sent events of OpenAI's chat completions. */
export function formatCompletionStream(text: string, model: string): string {
  const chunk = { id: 'x', object: 'chat.completion.chunk', created: 1, model };
  const choices = [
    { index: 0, delta: { role: 'assistant', content: text }, finish_reason: null },
    { index: 0, delta: {}, finish_reason: 'stop' },
  ];
  const events = choices.map(
    (choice) => `data: ${JSON.stringify({ ...chunk, choices: [choice] })}`,
  );
  return [...events, 'data: [DONE]', ''].join('\n\n');
}

/** Returns the server-sent events of OpenAI's responses. */
export function formatResponsesStream(text: string, model: string): string {
  const part = { type: 'output_text', text, annotations: [] };
  const item = { id: 'msg_1', type: 'message', role: 'assistant' };
  const done = { ...item, status: 'completed', content: [part] };
  const response = { id: 'resp_1', object: 'response', created_at: 1, model, output: [] };
  const usage = {
    input_tokens: 3,
    output_tokens: 5,
    total_tokens: 8,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  };
  const position = { item_id: 'msg_1', output_index: 0, content_index: 0 };
  return formatEvents([
    ['response.created', { response: { ...response, status: 'in_progress' } }],
    ['response.output_item.added', { output_index: 0, item: { ...item, content: [] } }],
    ['response.content_part.added', { ...position, part: { ...part, text: '' } }],
    ['response.output_text.delta', { ...position, delta: text }],
    ['response.output_text.done', { ...position, text }],
    ['response.output_item.done', { output_index: 0, item: done }],
    [
      'response.completed',
      { response: { ...response, status: 'completed', output: [done], usage } },
    ],
  ]);
}

/** Returns the server-sent events of Anthropic's messages. */
export function formatAnthropicStream(text: string, model: string): string {
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model, content: [] };
  const usage = { input_tokens: 3, output_tokens: 1 };
  return formatEvents([
    ['message_start', { message: { ...message, stop_reason: null, stop_sequence: null, usage } }],
    ['content_block_start', { index: 0, content_block: { type: 'text', text: '' } }],
    ['content_block_delta', { index: 0, delta: { type: 'text_delta', text } }],
    ['content_block_stop', { index: 0 }],
    [
      'message_delta',
      { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 5 } },
    ],
    ['message_stop', {}],
  ]);
}

function formatEvents(events: readonly (readonly [type: string, content: object])[]): string {
  return events
    .map(([type, content], index) => {
      const event = { type, sequence_number: index, ...content };
      return `event: ${type}\ndata: ${JSON.stringify(event)}\n\n`;
    })
    .join('');
}
