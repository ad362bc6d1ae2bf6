import { startBenchGateway } from '../support/bench-gateway.ts';
import { answerCalls } from '../support/child.ts';
import type { ChatServerOffer } from './chat-server.ts';

answerCalls({
  open: async (options) => (await startBenchGateway(options)).url,
} satisfies ChatServerOffer);
