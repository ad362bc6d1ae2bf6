import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { SessionRecord } from '../../store/session-store.ts';

type SessionLocation = Pick<SessionRecord, 'id' | 'workingDirectory'>;

/** The folders that the tools of sessions work in. */
export class Workspaces {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** A session's own folder is made when it is not there. Null: the runtime's own. */
  async ensureDirectory({ id, workingDirectory }: SessionLocation): Promise<string | null> {
    if (workingDirectory === 'runtime') return null;
    if (workingDirectory !== 'fresh') return workingDirectory;
    const folder = this.#buildDirectoryPath(id);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Removes what is the session's own. */
  async removeDirectory({ id, workingDirectory }: SessionLocation): Promise<void> {
    if (workingDirectory !== 'fresh') return;
    await rm(this.#buildDirectoryPath(id), { recursive: true, force: true });
  }

  /** Not by its name: two names may differ in case only, which some file systems ignore. */
  #buildDirectoryPath(id: string): string {
    return join(this.#root, createHash('sha256').update(id).digest('hex').slice(0, 32));
  }
}
