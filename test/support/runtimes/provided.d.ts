export type ProvidedRuntime =
  | { readonly kind: 'bundled' }
  | { readonly kind: 'external'; readonly url: string; readonly token: string };

declare module 'vitest' {
  export interface ProvidedContext {
    /** The runtime that this project's tests run on. */
    runtime: ProvidedRuntime;
    /** The program file of the gateway, in projects that start it as a separate process. */
    gatewayProgram: string;
  }
}
