/** The session store cannot be used; the message is one line that names the problem and the file or setting. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
