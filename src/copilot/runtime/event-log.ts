import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

type Read = CopilotSession['rpc']['eventLog']['read'];

/** What the runtime has of an attached session, also what it does not keep. */
export interface EventLog {
  readonly read: (...options: Parameters<Read>) => ReturnType<Read>;
}

/** @param told what each event says here; undefined: nothing */
export function translatedLog(
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
