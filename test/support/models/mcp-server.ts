import { createInterface } from 'node:readline';

interface Message {
  readonly id?: number;
  /** The method of a request, absent in responses. */
  readonly method?: string;
  readonly params?: {
    readonly protocolVersion?: string;
    readonly name?: string;
    readonly arguments?: { readonly text?: string };
  };
  readonly result?: unknown;
  readonly error?: unknown;
}

/** The requests that tools send to their client. */
const methods: Readonly<Record<string, string>> = {
  ask: 'elicitation/create',
  sample: 'sampling/createMessage',
};

const tools = ['say', 'shout', ...Object.keys(methods)].map((name) => ({
  name,
  description: `Will ${name} a text`,
  inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
}));

/** Tool calls that wait for a response of the client, by the id of the request. */
const asking = new Map<number, number>();
let newest = 1_000;

/**
 * An MCP server over stdio. Its tools `say` and `shout` return their text and ECHO_TOKEN; `ask` and `sample` forward
 * their arguments to the client and return its response.
 */
function receive({ id, method, params, result, error }: Message): void {
  if (id === undefined) return;
  const asks = method === 'tools/call' ? methods[params?.name ?? ''] : undefined;
  if (asks) ask(id, asks, params?.arguments);
  else if (method !== undefined) send({ id, result: createResult(method, params) });
  else if (asking.has(id))
    send({ id: asking.get(id), result: createTextResult(JSON.stringify(result ?? { error })) });
}

function ask(call: number, method: string, params: object | undefined): void {
  newest += 1;
  asking.set(newest, call);
  send({ id: newest, method, params });
}

function createResult(method: string, params: Message['params']): object {
  if (method === 'initialize') {
    const serverInfo = { name: 'echo', version: '1.0.0' };
    return {
      protocolVersion: params?.protocolVersion,
      serverInfo,
      capabilities: { tools: {} },
    };
  }
  if (method !== 'tools/call') return { tools };
  return createTextResult(
    `${params?.name ?? ''}: ${params?.arguments?.text ?? ''} (${process.env['ECHO_TOKEN'] ?? ''})`,
  );
}

function createTextResult(text: string): object {
  return { content: [{ type: 'text', text }] };
}

function send(message: object): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

createInterface({ input: process.stdin }).on('line', (line) => {
  receive(JSON.parse(line) as Message);
});
