// Makes the world of the browser tests anew. usage: node prepare.mjs FOLDER
import { rmSync } from "node:fs";

import { prepareWorld } from "./house/world.mjs";

const [folder] = process.argv.slice(2);
rmSync(folder, { recursive: true, force: true });
await prepareWorld(folder);
