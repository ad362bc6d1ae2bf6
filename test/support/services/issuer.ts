import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { exportJWK, generateKeyPair, SignJWT } from 'jose';

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** An OpenID Connect issuer with a discovery document, keys and signed tokens. */
export class Issuer implements AsyncDisposable {
  readonly #server: Server;
  #keys: readonly Key[] = [];
  /** The number of requests for the keys. */
  keyReads = 0;

  static async start(): Promise<Issuer> {
    const issuer = new Issuer();
    await issuer.rotate();
    issuer.#server.listen(0, '127.0.0.1');
    await once(issuer.#server, 'listening');
    return issuer;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request.url ?? '').then((body) => response.end(JSON.stringify(body)));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get env(): NodeJS.ProcessEnv {
    return { AUTH: 'jwt', JWT_ISSUER: this.url, JWT_AUDIENCE: 'the-gateway' };
  }

  /** Replaces the signing key. The old key is no longer published. */
  async rotate(): Promise<void> {
    const pair = await generateKeyPair('RS256', { extractable: true });
    this.#keys = [{ kid: `key-${this.#keys.length}-${Date.now()}`, ...pair }];
  }

  /** Creates a token that is valid for a minute. `claims` replace the default claims. */
  createToken(claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const [key] = this.#keys;
    if (!key) throw new Error('the issuer has no key; call rotate() first');
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      iss: this.url,
      aud: 'the-gateway',
      sub: 'alice',
      exp: now + 60,
      ...claims,
    };
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', kid: key.kid })
      .sign(key.privateKey);
  }

  /** Creates a forged token that is signed with the public key as an HMAC secret. */
  async forgeToken(): Promise<string> {
    const [jwk] = await this.#published();
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ iss: this.url, aud: 'the-gateway', sub: 'alice', exp: now + 60 })
      .setProtectedHeader({ alg: 'HS256', kid: jwk?.kid ?? '' })
      .sign(new TextEncoder().encode(JSON.stringify(jwk)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(path: string): Promise<unknown> {
    if (path === '/.well-known/openid-configuration') {
      return { issuer: this.url, jwks_uri: `${this.url}/keys` };
    }
    this.keyReads++;
    return { keys: await this.#published() };
  }

  #published() {
    return Promise.all(
      this.#keys.map(async ({ kid, publicKey }) => ({ ...(await exportJWK(publicKey)), kid })),
    );
  }
}
