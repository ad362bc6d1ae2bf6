import type { WebSocket } from 'ws';

import type { Authenticate } from '../../auth/authenticate.ts';
import type { Accepted, Authentication } from '../../auth/authentication.ts';
import { atTime } from '../operations/schedule-at.ts';

/** graphql-ws clients connect again after this code, and ask for fresh credentials before. */
const FORBIDDEN = 4403;

/** Who is asking over a socket: told by `connectionParams`, and checked again for each operation. */
export class SocketCallers {
  readonly #authenticate: Authenticate;

  constructor(authenticate: Authenticate) {
    this.#authenticate = authenticate;
  }

  /** The socket lives as long as the credentials: its subscriptions are then cut, which is not completed. */
  async connect(socket: WebSocket, params: unknown): Promise<Authentication> {
    const caller = await this.#check(params);
    if (caller.kind === 'accepted') closeAt(caller, socket);
    return caller;
  }

  /** Closes the socket when the credentials do not count any more. */
  async caller(socket: WebSocket, params: unknown): Promise<Authentication> {
    const caller = await this.#check(params);
    if (caller.kind === 'refused') socket.close(FORBIDDEN, 'Forbidden');
    return caller;
  }

  #check(params: unknown): Promise<Authentication> {
    const { authorization } = (params ?? {}) as { authorization?: unknown };
    return this.#authenticate(authorization);
  }
}

function closeAt({ expiresAt }: Accepted, socket: WebSocket): void {
  const takeBack = atTime(expiresAt, () => {
    socket.close(FORBIDDEN, 'Credentials expired');
  });
  socket.once('close', takeBack);
}
