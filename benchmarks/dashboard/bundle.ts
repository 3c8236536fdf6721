import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** The page's script with the part of the chart library that it uses, as one classic script. */
export async function bundle(): Promise<string> {
  const bundled = await rolldown({
    input: fileURLToPath(new URL("app/main.ts", import.meta.url)),
    platform: "browser",
    // The library asks which build it is part of.
    transform: { define: { "process.env.NODE_ENV": '"production"' } },
  });
  try {
    const { output } = await bundled.generate({ format: "iife", minify: true });
    return output[0].code;
  } finally {
    await bundled.close();
  }
}
