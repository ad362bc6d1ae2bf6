import type { WebSocket } from 'ws';

import type { AcceptedCaller, Authentication } from '../../auth/authentication.ts';
import type { Authenticator } from '../../auth/authenticator.ts';
import { scheduleAt } from '../operations/schedule-at.ts';

/** graphql-ws clients connect again after this code, and ask for fresh credentials before. */
const FORBIDDEN = 4403;

/** Who is asking over a socket: told by `connectionParams`, and checked again for each operation. */
export class SocketAuthenticator {
  readonly #authenticate: Authenticator;

  constructor(authenticate: Authenticator) {
    this.#authenticate = authenticate;
  }

  /** The socket lives as long as the credentials: its subscriptions are then cut, which is not completed. */
  async authenticateConnection(socket: WebSocket, params: unknown): Promise<Authentication> {
    const caller = await this.#authenticateParams(params);
    if (caller.kind === 'accepted') closeOnExpiry(caller, socket);
    return caller;
  }

  /** Closes the socket when the credentials do not count any more. */
  async authenticateOperation(socket: WebSocket, params: unknown): Promise<Authentication> {
    const caller = await this.#authenticateParams(params);
    if (caller.kind === 'refused') socket.close(FORBIDDEN, 'Forbidden');
    return caller;
  }

  #authenticateParams(params: unknown): Promise<Authentication> {
    const { authorization } = (params ?? {}) as { authorization?: unknown };
    return this.#authenticate(authorization);
  }
}

function closeOnExpiry({ expiresAt }: AcceptedCaller, socket: WebSocket): void {
  const takeBack = scheduleAt(expiresAt, () => {
    socket.close(FORBIDDEN, 'Credentials expired');
  });
  socket.once('close', takeBack);
}
