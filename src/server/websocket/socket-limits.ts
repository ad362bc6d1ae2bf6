import type { IncomingMessage } from 'node:http';

import type { WebSocket } from 'ws';

import type { Admission } from '../../admission/admission.ts';
import type { Authentication } from '../../auth/authentication.ts';
import { ipOf } from '../../net/client-ip.ts';
import { atTime } from '../operations/schedule-at.ts';

/** graphql-ws clients connect again by themselves after these codes, the first time after a second or two. */
const TRY_AGAIN_LATER = 1013;
const SERVICE_RESTART = 1012;

interface SocketAdmissionOptions {
  readonly admission: Admission;
  readonly trustedProxies: number;
}

/** Who may have how many sockets, and for how long. One too many is closed before it has done anything. */
export class SocketAdmission {
  readonly #options: SocketAdmissionOptions;
  readonly #ips = new WeakMap<WebSocket, string>();

  constructor(options: SocketAdmissionOptions) {
    this.#options = options;
  }

  ipOf(socket: WebSocket): string {
    return this.#ips.get(socket) ?? '';
  }

  /** @returns false: it was closed */
  open(socket: WebSocket, request: IncomingMessage): boolean {
    const { admission, trustedProxies } = this.#options;
    const ip = ipOf(request, trustedProxies);
    this.#ips.set(socket, ip);
    return this.#take(socket, () => admission.sockets.ofIp.take(ip));
  }

  /** @returns false: nobody is to be served over it */
  async connect(socket: WebSocket, check: Promise<Authentication>): Promise<boolean> {
    const caller = await check;
    if (caller.kind === 'refused') return false;
    const { sockets, limits } = this.#options.admission;
    const endsAt = limits.streamMs === null ? null : Date.now() + limits.streamMs;
    const takeBack = atTime(endsAt, () => {
      socket.close(SERVICE_RESTART, 'Lifetime reached');
    });
    socket.once('close', takeBack);
    return this.#take(socket, () => sockets.ofViewer.take(caller.viewer.id));
  }

  /** @param check who it is: what that costs is limited, too */
  async operation(
    socket: WebSocket,
    check: () => Promise<Authentication>,
  ): Promise<Authentication | Error> {
    const { operations } = this.#options.admission;
    try {
      await operations.ofIp.use(this.ipOf(socket));
      const caller = await check();
      if (caller.kind === 'accepted') await operations.ofViewer.use(caller.viewer.id);
      return caller;
    } catch (error) {
      return error as Error;
    }
  }

  #take(socket: WebSocket, take: () => () => void): boolean {
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
