export {
  readControllerConfiguration,
  runController,
  startController,
  type ControllerConfiguration,
  type ControllerSources,
  type RunningController,
} from "./main.ts";
