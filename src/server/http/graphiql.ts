import { createHash } from 'node:crypto';

import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { GraphiQLOptions } from 'graphql-yoga';

import { graphiqlTabs } from './graphiql-tabs.ts';

// An empty bearer token, for the user to complete in each tab.
const CREDENTIALS = JSON.stringify({ authorization: 'Bearer ' }, null, 2);

function createGraphiqlOptions(isAuthDisabled: boolean): GraphiQLOptions {
  return {
    title: 'Copilot GraphQL gateway',
    // GraphiQL sends the headers of a tab after `connection_init`, too late to authenticate a WebSocket.
    subscriptionsProtocol: isAuthDisabled ? 'WS' : 'SSE',
    defaultTabs: graphiqlTabs.map((query) =>
      isAuthDisabled ? { query } : { query, headers: CREDENTIALS },
    ),
    defaultEditorToolsVisibility: isAuthDisabled ? false : 'headers',
    // GraphiQL subscribes over SSE with GET, which CSRF prevention rejects without a custom header.
    additionalHeaders: { 'x-graphql-yoga-csrf': 'graphiql' },
    // Tokens are not stored: they are gone when the window closes.
    shouldPersistHeaders: false,
    favicon: 'data:,',
  };
}

// GraphiQL leaves the offsets of drag-and-drop on its tabs and hides them only while a tab lacks the focus: the first
// press on a tab would move it away from the pointer, and the tab would not be chosen.
const FIXED_TABS = '<style>.graphiql-tab.graphiql-tab { transform: none !important }</style>';

const INLINE_SCRIPT = /<script>(.*)<\/script>/s;

/** The page of GraphiQL, complete in one response, and its content security policy. */
export class GraphiqlPage {
  readonly options: GraphiQLOptions;
  #html: string | undefined;
  #contentSecurityPolicy: string | undefined;

  constructor({ isAuthDisabled }: { readonly isAuthDisabled: boolean }) {
    this.options = createGraphiqlOptions(isAuthDisabled);
  }

  /** Nine megabytes, so it is rendered on the first request and then kept. */
  get html(): string {
    this.#html ??= renderGraphiQL(this.options).replace('</head>', `${FIXED_TABS}</head>`);
    return this.#html;
  }

  /** Allows the page's one script, its inline styles, and web workers whose source is a blob of the page. */
  get contentSecurityPolicy(): string {
    this.#contentSecurityPolicy ??= [
      "default-src 'none'",
      `script-src 'sha256-${hashScript(INLINE_SCRIPT.exec(this.html)?.[1] ?? '')}'`,
      'worker-src blob:',
      "style-src 'unsafe-inline'",
      'font-src data:',
      'img-src data:',
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; ');
    return this.#contentSecurityPolicy;
  }
}

function hashScript(script: string): string {
  return createHash('sha256').update(script).digest('base64');
}
