/** An answer of one part, or its parts as they come (`multipart/mixed`). */
export async function* partsOf<Part>(response: Response): AsyncGenerator<Part> {
  const type = response.headers.get('content-type') ?? '';
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1];
  if (boundary === undefined || !response.body) {
    yield (await response.json()) as Part;
    return;
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  // JSON has no line break of its own: what looks like a boundary is one.
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
