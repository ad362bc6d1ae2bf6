import { CallerConcurrencyLimiter, CallerRateLimiter } from './caller-limiters.ts';
import { InFlight } from './in-flight.ts';
import type { CallerLimits, LimitsConfig } from './limits.ts';
import { TurnSlots } from './turn-slots.ts';

const SECOND = 1;
const MINUTE = 60;
const HOUR = 3_600;

/**
 * What each viewer and each IP address may have at once (concurrency: a slot is acquired and released) or use per
 * time window (rate: points are consumed). A limit of null is off. Behind one IP address there may be many viewers, and
 * one viewer may use many addresses, so both are counted; an IPv6 address counts as its /64 network.
 */
export class Admission {
  readonly limits: LimitsConfig;
  readonly sockets: CallerConcurrencyLimiter;
  readonly subscriptions: CallerConcurrencyLimiter;
  readonly turns: CallerConcurrencyLimiter;
  readonly turnSlots = new TurnSlots();
  readonly sessionsBeingCreated = new InFlight();
  readonly operations: CallerRateLimiter;
  readonly promptBytes: CallerRateLimiter;
  readonly sessionCreations: CallerRateLimiter;

  constructor(limits: LimitsConfig) {
    const pickLimits = (kind: keyof CallerLimits) => ({
      viewer: limits.viewer[kind],
      ip: limits.ip[kind],
    });
    this.limits = limits;
    this.sockets = new CallerConcurrencyLimiter(pickLimits('sockets'), {
      resourceName: 'WebSockets',
    });
    this.subscriptions = new CallerConcurrencyLimiter(pickLimits('subscriptions'), {
      resourceName: 'subscriptions',
    });
    this.turns = new CallerConcurrencyLimiter(pickLimits('turns'), {
      resourceName: 'running and queued turns',
    });
    this.operations = new CallerRateLimiter(pickLimits('operationsPerSecond'), {
      resourceName: 'operations per second',
      windowSeconds: SECOND,
    });
    this.promptBytes = new CallerRateLimiter(pickLimits('promptBytesPerMinute'), {
      resourceName: 'bytes of prompts and attachments per minute',
      windowSeconds: MINUTE,
    });
    this.sessionCreations = new CallerRateLimiter(pickLimits('sessionsPerHour'), {
      resourceName: 'new sessions per hour',
      windowSeconds: HOUR,
    });
  }
}
