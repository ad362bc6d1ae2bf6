import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { SessionRecord } from '../../store/session-store.ts';

type SessionLocation = Pick<SessionRecord, 'id' | 'workingDirectory'>;

/** The working directories of sessions. */
export class Workspaces {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Returns the working directory, created if it is the session's own; null: that of the runtime. */
  async ensureDirectory({ id, workingDirectory }: SessionLocation): Promise<string | null> {
    if (workingDirectory === 'runtime') return null;
    if (workingDirectory !== 'fresh') return workingDirectory;
    const directory = this.#buildDirectoryPath(id);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return directory;
  }

  /** Removes the session's own working directory. */
  async removeDirectory({ id, workingDirectory }: SessionLocation): Promise<void> {
    if (workingDirectory !== 'fresh') return;
    await rm(this.#buildDirectoryPath(id), { recursive: true, force: true });
  }

  /** Uses a hash of the id: two ids may differ in case only, which some file systems ignore. */
  #buildDirectoryPath(id: string): string {
    return join(this.#root, createHash('sha256').update(id).digest('hex').slice(0, 32));
  }
}
