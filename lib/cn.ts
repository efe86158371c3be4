import { clsx, type ClassValue } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

/** Our own names, so that the merge can tell a size from a colour. */
const merge = extendTailwindMerge({
  extend: { theme: { text: ["2xs"], shadow: ["low", "pop", "overlay"] } },
});

/** Joins class names; of two that set the same property, the later one stays. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
