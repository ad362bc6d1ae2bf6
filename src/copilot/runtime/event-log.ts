import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

type ReadEventLog = CopilotSession['rpc']['eventLog']['read'];

/** What the runtime has of an attached session, also what it does not keep. */
export interface EventLog {
  readonly read: (...options: Parameters<ReadEventLog>) => ReturnType<ReadEventLog>;
}

/** @param told what each event says here; undefined: nothing */
export function mapEventLog(
  { rpc }: CopilotSession,
  told: (event: RuntimeEvent) => RuntimeEvent | undefined,
): EventLog {
  return {
    read: async (options) => {
      const page = await rpc.eventLog.read(options);
      const events = page.events.map(told).filter((event) => event !== undefined);
      return { ...page, events };
    },
  };
}
