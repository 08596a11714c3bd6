// Compile the style sheets and copy what is vendored. Each result names the hash of its sources, which
// tests/architecture/test_assets.py computes again.
import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = join(here, "../src/congdoan/ui/static/ui");

const hash = createHash("sha256");
for (const name of readdirSync(join(here, "scss")).sort()) {
  hash.update(name).update("\0").update(readFileSync(join(here, "scss", name))).update("\0");
}
const digest = hash.digest("hex");

for (const name of ["congdoan", "desk"]) {
  const { css } = compile(join(here, "scss", `${name}.scss`), {
    style: "compressed",
    loadPaths: [join(here, "node_modules")],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  const text = css.replace(/^\uFEFF/, "").replace(/^@charset "UTF-8";/, "");
  writeFileSync(join(target, "css", `${name}.css`), `@charset "UTF-8";/* sources sha256:${digest} */\n${text}\n`);
}

copyFileSync(join(here, "node_modules/htmx.org/dist/htmx.min.js"), join(target, "vendor/htmx.min.js"));
copyFileSync(join(here, "node_modules/htmx.org/LICENSE"), join(target, "vendor/htmx.LICENSE.txt"));
copyFileSync(join(here, "node_modules/bootstrap/LICENSE"), join(target, "vendor/bootstrap.LICENSE.txt"));
