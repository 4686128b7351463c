import { LongarmError } from "@longarm/shared";
import type { Page, PageRequest, RestExecutor } from "@longarm/shared/rest";
import type { FrameSender } from "./frame-sender.ts";

/** Follows the pages and sends each, as credit allows. No page is fetched without a permit of the controller's: page n needs n of them. */
export async function carryPages(
  executor: RestExecutor,
  request: PageRequest,
  to: { sender: FrameSender; signal: AbortSignal },
): Promise<void> {
  const { sender, signal } = to;
  let asked = 0;
  const permit = async (): Promise<void> => {
    asked += 1;
    if (!(await sender.permitted(asked))) throw new LongarmError("cancelled", "Nobody waits for the next page any more.");
  };
  for await (const page of executor.pages({ ...request, pagesAhead: 1, permit }, signal)) {
    if (page.kind === "failure")
      return sender.send({ kind: "failure", delivery: page.delivery, error: page.error.toBody(), record: page.record });
    await sendPage(page, sender);
    if (isLast(page)) return;
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
