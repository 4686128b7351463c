import { findPlacedFaults } from "@longarm/shared/schema";
import type { FastifyInstance } from "fastify";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import Value from "typebox/value";
import { invalidRequest } from "./invalid-request.ts";

const parts: Readonly<Record<string, string>> = { querystring: "query" };

/**
 * Checks requests against their schemas: bodies as they are, without coercion, defaults or trimming; query and path values
 * converted from their text. Answers are written as they are: their schemas only document them.
 */
export function checkRequests(app: FastifyInstance): void {
  app.setValidatorCompiler<TSchema>(({ schema, httpPart = "body" }) => {
    const compiled = Compile(schema);
    return (given: unknown) => {
      // Headers are texts by nature, and most queries are: what fits as it is has nothing to be converted.
      if (compiled.Check(given)) return { value: given };
      const value = httpPart === "body" ? given : Value.Convert(schema, given);
      if (compiled.Check(value)) return { value };
      return { error: invalidRequest(findPlacedFaults(parts[httpPart] ?? httpPart, schema, value)) };
    };
  });
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
}
