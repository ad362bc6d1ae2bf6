export interface ChatServerOptions {
  readonly dataDir: string;
  readonly modelUrl: string;
}

export interface ChatServerOffer {
  /** @returns the address for clients */
  readonly open: (options: ChatServerOptions) => Promise<string>;
}
