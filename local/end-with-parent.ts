/** Preloaded (`--import`) into a program that is not ours: it ends with the process that started it, even one that was killed. */
process.once("disconnect", () => process.exit(0));
