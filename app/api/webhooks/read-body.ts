/** The whole body as text, or null as soon as it is larger than the limit: it is never held in full then. */
export async function readBody(request: Request, limitBytes: number): Promise<string | null> {
  if (Number(request.headers.get("content-length")) > limitBytes) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limitBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
