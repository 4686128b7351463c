function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

const longestName = 128;
const mostMeant = 3;

/** The candidates that `name` was most likely meant to be, nearest first, three at most; none when none is near. */
export function meantByName(name: string, candidates: readonly string[]): readonly string[] {
  if (name.length > longestName) return [];
  const most = Math.ceil(name.length / 3);
  const lower = name.toLowerCase();
  const ranked = candidates.map((candidate) => ({ candidate, distance: editDistance(lower, candidate.toLowerCase()) }));
  const near = ranked.filter(({ distance }) => distance <= most).toSorted((a, b) => a.distance - b.distance);
  const least = near[0]?.distance ?? 0;
  // What is much farther than the nearest is noise beside it.
  return near
    .filter(({ distance }) => distance <= least + 1)
    .slice(0, mostMeant)
    .map(({ candidate }) => candidate);
}
