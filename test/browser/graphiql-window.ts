import type { BrowserContext, Page } from 'playwright-core';

import { waitUntil } from '../support/assertions/until.ts';

/** What the windows did beside what they show. */
export interface Traffic {
  readonly urls: string[];
  readonly subprotocols: string[];
  readonly pageErrors: string[];
  /** What the browser refused to do for the page's policy. */
  readonly violations: string[];
}

/** GraphiQL as a person uses it: by its tabs, its run button and what its two panels show. */
export class GraphiqlWindow {
  readonly #page: Page;
  /** Operations that the page sent. */
  #sent = 0;

  static async open(context: BrowserContext, url: string, traffic: Traffic) {
    const page = await context.newPage();
    await record(page, traffic);
    await page.goto(url);
    await page.getByRole('tablist').waitFor();
    return new GraphiqlWindow(page);
  }

  private constructor(page: Page) {
    this.#page = page;
    page.on('request', (request) => {
      // A subscription over SSE is asked for with GET.
      const asked = request.postData() ?? new URL(request.url()).searchParams.get('query');
      if (asked !== null && !asked.includes('IntrospectionQuery')) this.#sent++;
    });
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => {
        if (payload.toString().includes('"type":"subscribe"')) this.#sent++;
      });
    });
  }

  tabs(): Promise<string[]> {
    return this.#page.locator('.graphiql-tab-button').allInnerTexts();
  }

  async choose(tab: string): Promise<void> {
    await this.#page.getByRole('tablist').getByRole('button', { name: tab, exact: true }).click();
    await this.#shows('.graphiql-tab-active', tab);
    await this.#shows('.graphiql-query-editor .view-lines', ` ${tab} {`);
  }

  /** Into the header that each tab has ready for it. */
  async enterToken(token: string): Promise<void> {
    const { keyboard } = this.#page;
    await this.#page.locator('.graphiql-editor-tool .view-line', { hasText: 'Bearer' }).click();
    await keyboard.press('End');
    await keyboard.press('ArrowLeft');
    await keyboard.insertText(token);
  }

  /** Another text in the place of a part of the document. */
  async replace(part: string, by: string): Promise<void> {
    const editor = this.#page.locator('.graphiql-query-editor');
    const document = (await linesOf(this.#page, '.graphiql-query-editor')).join('\n');
    await editor.locator('.view-lines').click();
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.insertText(document.replace(part, by));
  }

  /** GraphiQL notices a moment later which operation a tab has; until then it sends nothing. */
  async run(): Promise<void> {
    const before = this.#sent;
    const wasSent = (): boolean => this.#sent > before;
    const wasRefused = async (): Promise<boolean> =>
      !(await this.isRunning()) && (await this.shown()).includes('Cannot infer operation');
    while (!wasSent()) {
      await this.#page.getByRole('button', { name: 'Execute query' }).click();
      await waitUntil(async () => wasSent() || (await wasRefused()), {
        what: () => 'the operation to be sent',
      });
    }
  }

  async isRunning(): Promise<boolean> {
    return this.#page.getByRole('button', { name: 'Stop query' }).isVisible();
  }

  /** The visible part of the answer, without line breaks. */
  async shown(): Promise<string> {
    return (await linesOf(this.#page, '.result-window')).join('').replace(/\s+/g, ' ').trim();
  }

  /** Resolves with the answer once it has all of this. */
  async answer(...parts: string[]): Promise<string> {
    let shown = '';
    return waitUntil(
      async () => {
        shown = await this.shown();
        return parts.every((part) => shown.includes(part)) && shown;
      },
      { what: () => `${parts.join(' and ')} in the answer, which is: ${shown}` },
    );
  }

  /** By what the lines need: the editor's own scrollbar comes only when it has measured them. */
  async isTooWide(): Promise<boolean> {
    const editor = this.#page.locator('.graphiql-query-editor');
    const shown = await editor.locator('.scrollbar.horizontal').first().boundingBox();
    const widths = await editor
      .locator('.view-line > span')
      .evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect().width));
    return Math.max(...widths) > (shown?.width ?? 0);
  }

  async resize(width: number, height: number): Promise<void> {
    await this.#page.setViewportSize({ width, height });
  }

  async #shows(selector: string, text: string): Promise<void> {
    await this.#page.locator(selector).filter({ hasText: text }).waitFor();
  }
}

/** The editor keeps its lines in any order and puts each where it belongs. */
async function linesOf(page: Page, panel: string): Promise<string[]> {
  const lines = await page.locator(`${panel} .view-line`).evaluateAll((elements) =>
    elements.map((element) => ({
      top: Number.parseInt(element.style.top),
      text: element.textContent,
    })),
  );
  return lines.sort((a, b) => a.top - b.top).map(({ text }) => text.replaceAll('\u00a0', ' '));
}

async function record(
  page: Page,
  { urls, subprotocols, pageErrors, violations }: Traffic,
): Promise<void> {
  page.on('request', (request) => urls.push(request.url()));
  page.on('websocket', (socket) => urls.push(socket.url()));
  page.on('pageerror', (error) => pageErrors.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text());
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.webSocketHandshakeResponseReceived', ({ response }) => {
    subprotocols.push(response.headers['Sec-WebSocket-Protocol'] ?? '');
  });
}
