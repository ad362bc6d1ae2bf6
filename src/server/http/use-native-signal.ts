import type { Plugin } from 'graphql-yoga';

/**
 * Replaces the signal of each HTTP request by one of Node's own. The server library's signal is a ponyfill that passes
 * `instanceof AbortSignal` but has none of its internals: since Node 24, `AbortSignal.any` throws on it.
 * This plugin must be the first one, so that no other code sees the ponyfill.
 */
export function useNativeSignal(): Plugin {
  return {
    onRequest: ({ request }) => {
      Object.defineProperty(request, 'signal', { value: followSignal(request.signal) });
    },
  };
}

function followSignal(source: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort(source.reason);
  };
  if (source.aborted) abort();
  else source.addEventListener('abort', abort, { once: true });
  return controller.signal;
}
