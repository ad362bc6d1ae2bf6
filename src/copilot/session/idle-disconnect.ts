import type { SessionRecord } from '../../store/session-store.ts';
import { InactivityTimer } from '../../timing/inactivity-timer.ts';
import type { SessionLink } from '../link/session-link.ts';
import type { SessionServices } from '../services.ts';

/** The part of a session that decides about its idle timeout. */
interface IdleSession {
  readonly id: string;
  readonly isNeeded: boolean;
  readonly isAttached: boolean;
  disconnect(): Promise<void>;
}

interface IdleDisconnectOptions {
  readonly session: IdleSession;
  readonly link: SessionLink;
  readonly services: SessionServices;
}

/**
 * The idle timeout of one session (`SESSION_IDLE_DISCONNECT`). A session without activity is detached from the runtime,
 * unless it is needed or must stay attached. When it is detached and not needed, `onSessionUnused` releases it.
 */
export class IdleDisconnect {
  readonly #options: IdleDisconnectOptions;
  readonly #timer: InactivityTimer;

  constructor(options: IdleDisconnectOptions) {
    this.#options = options;
    this.#timer = new InactivityTimer(options.services.settings.idleDisconnectMs, () => {
      this.#handleInactive();
    });
  }

  /** Starts the timeout, or starts it again from zero. */
  touch(): void {
    this.#timer.touch();
  }

  stop(): void {
    this.#timer.stop();
  }

  #handleInactive(): void {
    const { session, services } = this.#options;
    if (session.isNeeded) {
      this.#timer.touch();
      return;
    }
    this.#disconnectIfIdle().catch((error: unknown) => {
      services.logger.warn(
        { err: error, sessionId: session.id },
        'failed to disconnect idle session',
      );
      this.#timer.touch();
    });
  }

  async #disconnectIfIdle(): Promise<void> {
    const { session, link, services } = this.#options;
    await link.waitForPendingAttach();
    const record = await services.store.find(session.id);
    const staysAttached = session.isAttached && record !== undefined && mustStayAttached(record);
    if (!session.isNeeded && !staysAttached) await session.disconnect();
    if (session.isNeeded || session.isAttached) this.#timer.touch();
    else services.onSessionUnused(session.id);
  }
}

/** Returns whether the session stays attached although it is not in use. */
function mustStayAttached(record: SessionRecord): boolean {
  // Users who steer the session from GitHub reach it only while it is attached.
  if (record.remoteMode === 'on') return true;
  // The runtime forgets a detached cloud session, and finds it again with its own account only.
  return record.location === 'cloud' && record.gitHubAccount !== 'server';
}
