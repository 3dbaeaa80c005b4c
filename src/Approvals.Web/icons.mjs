// Writes the style sheet of the icons that pages really use: node icons.mjs <folder of the svg files> <style sheet>.
// The whole icon font is 850 KB and its style sheet 210 KB; these are a few KB. An icon is a mask in the colour of its text.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [icons, target] = process.argv.slice(2);
const root = dirname(fileURLToPath(import.meta.url));

const names = new Set();
for (const file of readdirSync(root, { recursive: true })) {
  if (!/^(Pages|Files|Forms|Diagram|wwwroot[\\/]js)[\\/].*\.(cshtml|cs|js)$/.test(file)) continue;
  const text = readFileSync(join(root, file), "utf8");
  for (const [, name] of text.matchAll(/\bti-([a-z0-9]+(?:-[a-z0-9]+)*)/g)) names.add(name);
  // A name that is put in by an expression stands in quotes somewhere in the same file, or in the navigation.
  if (text.includes("ti-@") || file.endsWith("Navigation.cs"))
    for (const [, name] of text.matchAll(/"([a-z0-9]+(?:-[a-z0-9]+)*)"/g)) names.add(name);
}

const rules = [];
for (const name of [...names].sort()) {
  const file = join(icons, `${name}.svg`);
  if (!existsSync(file)) continue;
  const paths = [...readFileSync(file, "utf8").matchAll(/<(?:path|circle|rect|line|polyline|ellipse)[^>]*>/g)]
    .map(([shape]) => shape.replace(/\s+/g, " ")).filter(shape => !shape.includes('stroke="none"')).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`;
  const data = svg.replaceAll('"', "'").replaceAll("#", "%23").replaceAll("<", "%3C").replaceAll(">", "%3E");
  rules.push(`.ti-${name}{--icon:url("data:image/svg+xml,${data}")}`);
}

mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `/* Tabler Icons, MIT licence, https://github.com/tabler/tabler-icons; written by icons.mjs */
.ti{display:inline-block;width:1em;height:1em;flex:none;vertical-align:-.125em;background:currentColor;print-color-adjust:exact;-webkit-mask:var(--icon) center/contain no-repeat;mask:var(--icon) center/contain no-repeat}
@media (forced-colors:active){.ti{background:CanvasText}}
${rules.join("\n")}
`);
