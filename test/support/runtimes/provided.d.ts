export type ProvidedRuntime =
  | { readonly kind: 'bundled' }
  | { readonly kind: 'external'; readonly url: string; readonly token: string };

declare module 'vitest' {
  export interface ProvidedContext {
    /** The runtime that this project's tests run on. */
    runtime: ProvidedRuntime;
    /** File that starts the gateway, where a project runs it as a process of its own. */
    gatewayProgram: string;
  }
}
