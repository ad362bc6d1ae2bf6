import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

type ReadEventLog = CopilotSession['rpc']['eventLog']['read'];

/** The runtime's event log of an attached session: the journal, and recent ephemeral events. */
export interface EventLog {
  readonly read: (...options: Parameters<ReadEventLog>) => ReturnType<ReadEventLog>;
}

/** Returns a log that maps each event; events that `mapEvent` maps to undefined are left out. */
export function mapEventLog(
  { rpc }: CopilotSession,
  mapEvent: (event: RuntimeEvent) => RuntimeEvent | undefined,
): EventLog {
  return {
    read: async (options) => {
      const page = await rpc.eventLog.read(options);
      const events = page.events.map(mapEvent).filter((event) => event !== undefined);
      return { ...page, events };
    },
  };
}
