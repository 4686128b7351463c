export { type CompiledMap, compileMap, type FieldSource, type Misfit } from "./compile.ts";
export { type ApplyMap, applyMapSchema } from "./map-schema.ts";
export * from "./people.ts";
export { type GroupIds } from "./plan-user.ts";
export { type Plan, plan, plannedOf, Planner } from "./planner.ts";
export { type ApplyAction, applyActions, type Counts, countSteps, type Step } from "./steps.ts";
export { type Allowances, type Bounds, judge, type ThresholdName, thresholdNames, type ThresholdVerdict } from "./thresholds.ts";
