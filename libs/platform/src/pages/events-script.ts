/** What a browser that sends a body and a token needs: its own `EventSource` can do neither. */
export const eventsScript = `
/** Server-sent events, one by one; what is none of them is left out. */
const eventsOf = async function* (response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = '', read = await reader.read(); !read.done; read = await reader.read()) {
    const parts = (rest + read.value).split('\\n\\n');
    rest = parts.pop();
    for (const part of parts) {
      const [, event, data] = /^(?:id: .*\\n)?event: (.*)\\ndata: (.*)$/.exec(part) || [];
      if (event) yield { event, data: JSON.parse(data) };
    }
  }
};
`;
