import { createInterface } from 'node:readline';

interface Call {
  readonly id?: number;
  readonly method: string;
  readonly params: {
    readonly protocolVersion: string;
    readonly name: string;
    readonly arguments: { readonly text: string };
  };
}

const tools = ['say', 'shout'].map((name) => ({
  name,
  description: `Will ${name} a text`,
  inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
}));

/** An MCP server over stdio with the tools `say` and `shout`, which also tell what is in ECHO_TOKEN. */
function resultOf({ method, params }: Call): object {
  if (method === 'initialize') {
    const { protocolVersion } = params;
    const serverInfo = { name: 'echo', version: '1.0.0' };
    return { protocolVersion, serverInfo, capabilities: { tools: {} } };
  }
  if (method !== 'tools/call') return { tools };
  const text = `${params.name}: ${params.arguments.text} (${process.env['ECHO_TOKEN'] ?? ''})`;
  return { content: [{ type: 'text', text }] };
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const call = JSON.parse(line) as Call;
  if (call.id === undefined) return;
  const answer = { jsonrpc: '2.0', id: call.id, result: resultOf(call) };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
