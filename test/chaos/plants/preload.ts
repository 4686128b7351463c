// Loaded by a process of the product before anything else: plants the bug that its environment names.
import { plant } from "../../simulator/bugs/plant-in-source.ts";
import { plants, plantVariable } from "./plants.ts";

const bug = plants[process.env[plantVariable] ?? ""];
if (!bug) throw new Error(`${plantVariable} names no bug: ${process.env[plantVariable]}`);
plant(bug);
