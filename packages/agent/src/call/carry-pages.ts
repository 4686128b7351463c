import type { Page, PageRequest, RestExecutor } from "@longarm/shared/rest";
import type { FrameSender } from "./frame-sender.ts";

/**
 * Follows the pages and sends each, as permits and credit allow. The executor here always fetches one page ahead, so page n is
 * taken from it only once n + 1 pages are permitted: no page is ever fetched without a permit.
 */
export async function carryPages(
  executor: RestExecutor,
  request: PageRequest,
  to: { sender: FrameSender; signal: AbortSignal },
): Promise<void> {
  const { sender, signal } = to;
  if (!(await sender.permitted(2))) return;
  let taken = 0;
  for await (const page of executor.pages({ ...request, pagesAhead: 1 }, signal)) {
    if (page.kind === "failure")
      return sender.send({ kind: "failure", delivery: page.delivery, error: page.error.toBody(), record: page.record });
    await sendPage(page, sender);
    taken += 1;
    if (isLast(page) || !(await sender.permitted(taken + 2))) return;
  }
}

function isLast(page: Page): boolean {
  return page.next === null || page.status < 200 || page.status > 299;
}

async function sendPage(page: Page, sender: FrameSender): Promise<void> {
  const head = { status: page.status, headers: page.headers };
  const end = { record: page.record, next: page.next, last: isLast(page) };
  if (sender.hasCreditFor(page.body.length)) return sender.send({ kind: "whole", head, body: page.body, end });
  sender.send({ kind: "head", head });
  await sender.sendBytes(page.body);
  sender.send({ kind: "end", end });
}
