import { WebSocket } from 'ws';

// Node 20 has none of its own; the set-ups are written for browsers and for Node 22.
Object.assign(globalThis, { WebSocket });
