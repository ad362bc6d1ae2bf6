import type { IncomingMessage } from 'node:http';

import type { WebSocket } from 'ws';

import type { Admission } from '../../admission/admission.ts';
import type { Authentication } from '../../auth/authentication.ts';
import { getClientIp } from '../../net/client-ip.ts';
import { scheduleAt } from '../operations/schedule-at.ts';

/** graphql-ws clients connect again by themselves after these codes, the first time after a second or two. */
const TRY_AGAIN_LATER = 1013;
const SERVICE_RESTART = 1012;

interface SocketLimitsOptions {
  readonly admission: Admission;
  readonly trustedProxyCount: number;
}

/** Who may have how many sockets, and for how long. One too many is closed before it has done anything. */
export class SocketLimits {
  readonly #options: SocketLimitsOptions;
  readonly #ips = new WeakMap<WebSocket, string>();

  constructor(options: SocketLimitsOptions) {
    this.#options = options;
  }

  getIp(socket: WebSocket): string {
    return this.#ips.get(socket) ?? '';
  }

  /** @returns false: it was closed */
  admitSocket(socket: WebSocket, request: IncomingMessage): boolean {
    const { admission, trustedProxyCount } = this.#options;
    const ip = getClientIp(request, trustedProxyCount);
    this.#ips.set(socket, ip);
    return this.#acquireOrClose(socket, () => admission.sockets.perIp.acquire(ip));
  }

  /** @returns false: nobody is to be served over it */
  async admitViewer(socket: WebSocket, check: Promise<Authentication>): Promise<boolean> {
    const caller = await check;
    if (caller.kind === 'refused') return false;
    const { sockets, limits } = this.#options.admission;
    const endsAt = limits.maxStreamMs === null ? null : Date.now() + limits.maxStreamMs;
    const takeBack = scheduleAt(endsAt, () => {
      socket.close(SERVICE_RESTART, 'Lifetime reached');
    });
    socket.once('close', takeBack);
    return this.#acquireOrClose(socket, () => sockets.perViewer.acquire(caller.viewer.id));
  }

  /** @param check who it is: what that costs is limited, too */
  async admitOperation(
    socket: WebSocket,
    check: () => Promise<Authentication>,
  ): Promise<Authentication | Error> {
    const { operations } = this.#options.admission;
    try {
      await operations.perIp.consume(this.getIp(socket));
      const caller = await check();
      if (caller.kind === 'accepted') await operations.perViewer.consume(caller.viewer.id);
      return caller;
    } catch (error) {
      return error as Error;
    }
  }

  #acquireOrClose(socket: WebSocket, take: () => () => void): boolean {
    // One that has gone meanwhile says so no more.
    if (socket.readyState !== socket.OPEN) return false;
    try {
      socket.once('close', take());
      return true;
    } catch {
      // Nobody else listens to it.
      socket.on('error', () => undefined);
      socket.close(TRY_AGAIN_LATER, 'Too many sockets');
      return false;
    }
  }
}
