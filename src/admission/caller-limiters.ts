import type { Viewer } from '../auth/viewer.ts';
import { ConcurrencyLimiter, type ConcurrencyLimiterOptions } from './concurrency-limiter.ts';
import { RateLimiter, type RateLimiterOptions } from './rate-limiter.ts';

/** Who asks, and from where. */
export interface Caller {
  readonly viewer: Pick<Viewer, 'id'>;
  /** As `ipOf` gives it. */
  readonly ip: string;
}

interface ViewerAndIpLimits {
  readonly viewer: number | null;
  readonly ip: number | null;
}

/** Slots of a viewer, and of an IP address. */
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
      resourceName: `${resourceName} from this address`,
    });
  }

  /** Both or none. @throws Failure RATE_LIMITED */
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

/** Rates of a viewer, and of an IP address. */
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
      resourceName: `${resourceName} from this address`,
    });
  }

  /** Both or none. @throws Failure RATE_LIMITED, and LIMIT_EXCEEDED for more than ever fits */
  async consume({ viewer, ip }: Caller, points = 1): Promise<() => Promise<void>> {
    const ofIp = await this.perIp.consume(ip, points);
    try {
      const ofViewer = await this.perViewer.consume(viewer.id, points);
      return async () => {
        await ofViewer();
        await ofIp();
      };
    } catch (error) {
      await ofIp();
      throw error;
    }
  }
}
