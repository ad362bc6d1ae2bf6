import type { Viewer } from '../auth/viewer.ts';
import { Rate, type RateOptions } from './rate.ts';
import { Slots, type SlotsOptions } from './slots.ts';

/** Who asks, and from where. */
export interface Caller {
  readonly viewer: Pick<Viewer, 'id'>;
  /** As `ipOf` gives it. */
  readonly ip: string;
}

interface Limits {
  readonly viewer: number | null;
  readonly ip: number | null;
}

/** Slots of a viewer, and of an IP address. */
export class CallerSlots {
  readonly ofViewer: Slots;
  readonly ofIp: Slots;

  constructor({ viewer, ip }: Limits, { what }: Pick<SlotsOptions, 'what'>) {
    this.ofViewer = new Slots({ limit: viewer, what });
    this.ofIp = new Slots({ limit: ip, what: `${what} from this address` });
  }

  /** Both or none. @throws Failure RATE_LIMITED */
  take({ viewer, ip }: Caller): () => void {
    const leaveIp = this.ofIp.take(ip);
    try {
      const leaveViewer = this.ofViewer.take(viewer.id);
      return () => {
        leaveViewer();
        leaveIp();
      };
    } catch (error) {
      leaveIp();
      throw error;
    }
  }
}

/** Rates of a viewer, and of an IP address. */
export class CallerRate {
  readonly ofViewer: Rate;
  readonly ofIp: Rate;

  constructor({ viewer, ip }: Limits, { what, seconds }: Omit<RateOptions, 'limit'>) {
    this.ofViewer = new Rate({ limit: viewer, seconds, what });
    this.ofIp = new Rate({ limit: ip, seconds, what: `${what} from this address` });
  }

  /** Both or none. @throws Failure RATE_LIMITED, and LIMIT_EXCEEDED for more than ever fits */
  async use({ viewer, ip }: Caller, points = 1): Promise<() => Promise<void>> {
    const ofIp = await this.ofIp.use(ip, points);
    try {
      const ofViewer = await this.ofViewer.use(viewer.id, points);
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
