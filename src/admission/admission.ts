import { CallerConcurrencyLimiter,CallerRateLimiter } from './caller-limiters.ts';
import { InFlight } from './in-flight.ts';
import type { CallerLimits, LimitsConfig } from './limits.ts';
import { TurnSlots } from './turn-slots.ts';

const SECOND = 1;
const MINUTE = 60;
const HOUR = 3_600;

/** What each viewer, and each IP address, may have at once or use in a time. */
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
    const of = (kind: keyof CallerLimits) => ({
      viewer: limits.viewer[kind],
      ip: limits.ip[kind],
    });
    this.limits = limits;
    this.sockets = new CallerConcurrencyLimiter(of('sockets'), { resourceName: 'sockets' });
    this.subscriptions = new CallerConcurrencyLimiter(of('subscriptions'), {
      resourceName: 'subscriptions',
    });
    this.turns = new CallerConcurrencyLimiter(of('turns'), {
      resourceName: 'turns that run or wait',
    });
    this.operations = new CallerRateLimiter(of('operationsPerSecond'), {
      resourceName: 'operations in a second',
      windowSeconds: SECOND,
    });
    this.promptBytes = new CallerRateLimiter(of('promptBytesPerMinute'), {
      resourceName: 'bytes of prompts and attachments in a minute',
      windowSeconds: MINUTE,
    });
    this.sessionCreations = new CallerRateLimiter(of('sessionsPerHour'), {
      resourceName: 'new sessions in an hour',
      windowSeconds: HOUR,
    });
  }
}
