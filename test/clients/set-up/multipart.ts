/** Yields the parts of a `multipart/mixed` response as they arrive, or the only part of another response. */
export async function* readParts<Part>(response: Response): AsyncGenerator<Part> {
  const type = response.headers.get('content-type') ?? '';
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1];
  if (boundary === undefined || !response.body) {
    yield (await response.json()) as Part;
    return;
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  // JSON contains no line breaks, so a boundary cannot occur in a part.
  let rest = '\r\n';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split(`\r\n--${boundary}`);
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const body = part.slice(part.indexOf('\r\n\r\n')).trim();
      if (body !== '') yield JSON.parse(body) as Part;
    }
  }
}
