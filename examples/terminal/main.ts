import { parseArgs } from 'node:util';

import { Chat, openSession } from './chat.ts';
import { Gateway } from './gateway.ts';
import { Screen } from './screen.ts';

const defaultUrl = 'ws://127.0.0.1:4000/graphql';
const keys =
  'While the agent works, a line steers it, and Esc or /stop stops it. Ctrl-C leaves; the agent goes on.';
const usage = `A chat with the agent in the terminal.

  npm run example:terminal -- [--url ${defaultUrl}] [--session id]

${keys}
`;

const { url, session: asked, help } = readArguments();
if (help) {
  process.stdout.write(usage);
  process.exit(0);
}

let chat: Chat | undefined;
let sessionId = asked;
const screen = new Screen({ onEscape: () => void chat?.stop(), onLeave: () => void leave(0) });
const gateway = new Gateway(url.replace(/^http/, 'ws'), {
  onLost: () => {
    screen.line('[connection lost; trying again]');
  },
  onBack: () => {
    screen.line('[connected again]');
  },
});
try {
  const session = await openSession(gateway, sessionId);
  sessionId = session.id;
  screen.line(`Session ${sessionId}. To come back to it: ${comeBack(sessionId)}`);
  screen.line(keys);
  chat = new Chat({ gateway, screen, session, ended: fail });
} catch (error) {
  fail(`${url}: ${error instanceof Error ? error.message : String(error)}`);
}

function fail(why: string): void {
  screen.line(`[${why}]`);
  void leave(1);
}

async function leave(code: number): Promise<void> {
  screen.close();
  if (chat?.isBusy) process.stdout.write('The turn goes on in the gateway. ');
  if (sessionId !== undefined && code === 0) {
    process.stdout.write(`To come back: ${comeBack(sessionId)}\n`);
  }
  await gateway.leave();
  process.exit(code);
}

function comeBack(id: string): string {
  const address = url === defaultUrl ? '' : ` --url ${url}`;
  return `npm run example:terminal --${address} --session ${id}`;
}

function readArguments(): { url: string; session: string | undefined; help: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        url: { type: 'string', default: defaultUrl },
        session: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    return { ...values, session: values.session };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}
