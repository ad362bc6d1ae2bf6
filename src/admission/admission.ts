import { CallerRate, CallerSlots } from './budget.ts';
import type { CallerLimits, LimitsConfig } from './limits.ts';
import { OpenTurns } from './open-turns.ts';
import { UnderWay } from './under-way.ts';

const SECOND = 1;
const MINUTE = 60;
const HOUR = 3_600;

/** What each viewer, and each IP address, may have at once or use in a time. */
export class Admission {
  readonly limits: LimitsConfig;
  readonly sockets: CallerSlots;
  readonly subscriptions: CallerSlots;
  readonly turns: CallerSlots;
  readonly openTurns = new OpenTurns();
  readonly newSessions = new UnderWay();
  readonly operations: CallerRate;
  readonly promptBytes: CallerRate;
  readonly sessionsMade: CallerRate;

  constructor(limits: LimitsConfig) {
    const of = (kind: keyof CallerLimits) => ({
      viewer: limits.viewer[kind],
      ip: limits.ip[kind],
    });
    this.limits = limits;
    this.sockets = new CallerSlots(of('sockets'), { what: 'sockets' });
    this.subscriptions = new CallerSlots(of('subscriptions'), { what: 'subscriptions' });
    this.turns = new CallerSlots(of('turns'), { what: 'turns that run or wait' });
    this.operations = new CallerRate(of('operationsPerSecond'), {
      what: 'operations in a second',
      seconds: SECOND,
    });
    this.promptBytes = new CallerRate(of('promptBytesPerMinute'), {
      what: 'bytes of prompts and attachments in a minute',
      seconds: MINUTE,
    });
    this.sessionsMade = new CallerRate(of('sessionsPerHour'), {
      what: 'new sessions in an hour',
      seconds: HOUR,
    });
  }
}
