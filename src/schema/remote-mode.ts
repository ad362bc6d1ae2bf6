import { builder } from './builder.ts';

export const RemoteModeRef = builder.enumType('RemoteMode', {
  description: 'Whether and how a local session is seen on GitHub web and mobile.',
  values: {
    OFF: { value: 'off', description: 'Not at all.' },
    EXPORT: { value: 'export', description: 'To be read.' },
    ON: { value: 'on', description: 'To be read and steered.' },
  } as const,
});
