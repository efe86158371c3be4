import { cva, type VariantProps } from "class-variance-authority";
import { cn } from "@/lib/cn.ts";
import { initialsOf, toneOf } from "./initials.ts";

const avatarStyle = cva(
  "inline-grid shrink-0 select-none place-items-center overflow-hidden font-semibold text-avatar-ink",
  {
    variants: {
      size: { sm: "size-6 text-2xs", md: "size-8 text-xs", lg: "size-10 text-sm" },
      shape: { round: "rounded-full", square: "rounded-md" },
    },
    defaultVariants: { size: "md", shape: "round" },
  },
);

const grounds = [
  "bg-avatar-1",
  "bg-avatar-2",
  "bg-avatar-3",
  "bg-avatar-4",
  "bg-avatar-5",
  "bg-avatar-6",
  "bg-avatar-7",
  "bg-avatar-8",
];

type AvatarProps = VariantProps<typeof avatarStyle> & { name: string; className?: string };

/** Initials on a colour that is always the same for the same name. The name itself stands beside it, so this is decoration. */
export function Avatar({ name, size, shape, className }: AvatarProps) {
  return (
    <span aria-hidden className={cn(avatarStyle({ size, shape }), grounds[toneOf(name, grounds.length)], className)}>
      {initialsOf(name)}
    </span>
  );
}
