import { EventEmitter } from 'node:events';

import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';

import { Admission } from '../../../src/admission/admission.ts';
import { acceptCaller, type Authentication } from '../../../src/auth/authentication.ts';
import { localViewer } from '../../../src/auth/viewer.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { SocketAuthentication } from '../../../src/server/websocket/socket-authentication.ts';
import { SocketConnection } from '../../../src/server/websocket/socket-connection.ts';

/** The part of `ws` that a connection uses. */
class FakeSocket extends EventEmitter {
  readonly OPEN = WebSocket.OPEN;
  readonly closeCodes: number[] = [];
  readyState: number = WebSocket.OPEN;
  isTerminated = false;
  pings = 0;

  send(_frame: string, sent: (error: Error) => void): void {
    sent(new Error('write EPIPE'));
  }

  ping(): void {
    this.pings++;
  }

  close(code: number): void {
    this.closeCodes.push(code);
    this.leave();
  }

  terminate(): void {
    this.isTerminated = true;
  }

  leave(): void {
    this.readyState = WebSocket.CLOSED;
    this.emit('close');
  }
}

interface Connected {
  readonly socket: FakeSocket;
  readonly connection: SocketConnection;
  readonly acquireIpSlot: () => boolean;
  readonly acceptInit: () => Promise<boolean>;
}

function connect(authenticate = async (): Promise<Authentication> => acceptCaller(localViewer)) {
  const { limits } = loadConfig({ LIMIT_SOCKETS: '1', LIMIT_SOCKETS_PER_IP: '1' });
  const admission = new Admission(limits);
  const authentication = new SocketAuthentication({ admission, authenticate });
  const open = (): Connected => {
    const socket = new FakeSocket();
    const ip = '10.0.0.1';
    const connection = new SocketConnection(socket as unknown as WebSocket, {
      ip,
      logger: pino({ level: 'silent' }),
    });
    return {
      socket,
      connection,
      acquireIpSlot: () => connection.acquireSlot(() => admission.sockets.perIp.acquire(ip)),
      acceptInit: () => authentication.acceptInit(connection, {}),
    };
  };
  return { ...open(), open };
}

describe('a WebSocket connection', () => {
  it('reports no error to the sender of a frame that could not be written', async () => {
    const { connection } = connect();
    await expect(connection.send('frame')).resolves.toBeUndefined();
  });

  it('aborts its operations and releases its slots when the socket closes', async () => {
    const { socket, connection, acquireIpSlot, acceptInit, open } = connect();
    expect([acquireIpSlot(), await acceptInit()]).toEqual([true, true]);
    const signal = connection.startOperation('1');
    expect(open().acquireIpSlot()).toBe(false);
    socket.leave();
    expect(signal.aborted).toBe(true);
    const next = open();
    expect([next.acquireIpSlot(), await next.acceptInit()]).toEqual([true, true]);
    next.socket.leave();
  });

  it('leaves no timer behind when the socket closes during authentication', async () => {
    vi.useFakeTimers();
    const expiring = acceptCaller(localViewer, Date.now() + 60_000);
    const { socket, acceptInit } = connect(async () => expiring);
    const accepted = acceptInit();
    socket.leave();
    expect(await accepted).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('terminates a socket whose peer does not reply to a ping', () => {
    vi.useFakeTimers();
    const { socket } = connect();
    vi.advanceTimersByTime(12_000);
    socket.emit('pong');
    vi.advanceTimersByTime(12_000);
    expect(socket).toMatchObject({ pings: 2, isTerminated: false });
    vi.advanceTimersByTime(12_000);
    expect(socket.isTerminated).toBe(true);
    socket.leave();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});
