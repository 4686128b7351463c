/** An agent's labels on one line. */
export function shownLabels(labels: Readonly<Record<string, string | readonly string[]>>): string {
  const shown = Object.entries(labels).map(([name, value]) => `${name}=${[value].flat().join(",")}`);
  return shown.join(" ") || "–";
}
