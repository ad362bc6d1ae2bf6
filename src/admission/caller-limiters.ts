import type { Viewer } from '../auth/viewer.ts';
import { ConcurrencyLimiter, type ConcurrencyLimiterOptions } from './concurrency-limiter.ts';
import { RateLimiter, type RateLimiterOptions } from './rate-limiter.ts';

export interface Caller {
  readonly viewer: Pick<Viewer, 'id'>;
  /** IP address or network, as `getClientIp` returns it. */
  readonly ip: string;
}

/** Null for no limit. */
interface ViewerAndIpLimits {
  readonly viewer: number | null;
  readonly ip: number | null;
}

/** Limits how many of a resource a viewer, and an IP address, may have at once. */
export class CallerConcurrencyLimiter {
  readonly perViewer: ConcurrencyLimiter;
  readonly perIp: ConcurrencyLimiter;

  constructor(
    { viewer, ip }: ViewerAndIpLimits,
    { resourceName }: Pick<ConcurrencyLimiterOptions, 'resourceName'>,
  ) {
    this.perViewer = new ConcurrencyLimiter({ limit: viewer, resourceName });
    this.perIp = new ConcurrencyLimiter({
      limit: ip,
      resourceName: `${resourceName} from this IP address`,
    });
  }

  /**
   * Acquires a slot of the viewer and one of the IP address, or none.
   *
   * @returns a function that releases both
   * @throws {GatewayError} RATE_LIMITED
   */
  acquire({ viewer, ip }: Caller): () => void {
    const releaseIp = this.perIp.acquire(ip);
    try {
      const releaseViewer = this.perViewer.acquire(viewer.id);
      return () => {
        releaseViewer();
        releaseIp();
      };
    } catch (error) {
      releaseIp();
      throw error;
    }
  }
}

/** Limits how much of a resource a viewer, and an IP address, may use per time window. */
export class CallerRateLimiter {
  readonly perViewer: RateLimiter;
  readonly perIp: RateLimiter;

  constructor(
    { viewer, ip }: ViewerAndIpLimits,
    { resourceName, windowSeconds }: Omit<RateLimiterOptions, 'limit'>,
  ) {
    this.perViewer = new RateLimiter({ limit: viewer, windowSeconds, resourceName });
    this.perIp = new RateLimiter({
      limit: ip,
      windowSeconds,
      resourceName: `${resourceName} from this IP address`,
    });
  }

  /**
   * Consumes points of the viewer and of the IP address, or none.
   *
   * @returns a function that refunds both
   * @throws {GatewayError} RATE_LIMITED, or LIMIT_EXCEEDED when the points exceed the limit of a whole window
   */
  async consume({ viewer, ip }: Caller, points = 1): Promise<() => Promise<void>> {
    const refundIp = await this.perIp.consume(ip, points);
    try {
      const refundViewer = await this.perViewer.consume(viewer.id, points);
      return async () => {
        await refundViewer();
        await refundIp();
      };
    } catch (error) {
      await refundIp();
      throw error;
    }
  }
}
