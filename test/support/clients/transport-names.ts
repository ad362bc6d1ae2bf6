export const transports = ['HTTP', 'SSE', 'WebSocket'] as const;
export const streamingTransports = ['SSE', 'WebSocket'] as const;
export type Transport = (typeof transports)[number];
