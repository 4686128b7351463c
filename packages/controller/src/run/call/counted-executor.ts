import { readRateLimit, type RestExecutor } from "@longarm/shared/rest";
import { budgetTermsOf } from "../../decide/budget/terms.ts";
import type { Budgets } from "../../ports/budgets.ts";
import type { Connection } from "../../ports/connection-store.ts";

/** An executor for what a person waits for: its calls count in the target's budget, but wait for nothing. */
export function countedExecutor(
  executor: RestExecutor,
  { budgets, connection }: { readonly budgets: Budgets; readonly connection: Connection },
): RestExecutor {
  const common = { baseUrl: connection.baseUrl, terms: budgetTermsOf(connection.budget), lane: "interactive" } as const;
  return {
    send: async (request, signal) => {
      const { method, path } = request;
      const grant = budgets.tryTake({ ...common, method, path });
      const answer = await executor.send(request, signal);
      if (answer.kind === "response") {
        grant?.answered(answer.status, readRateLimit(answer.headers));
      } else if (answer.delivery === "not_sent") grant?.unused();
      else grant?.unanswered();
      return answer;
    },
    pages: (request, signal) => executor.pages(request, signal),
  };
}
