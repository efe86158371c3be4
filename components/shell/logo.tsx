import { cn } from "@/lib/cn.ts";

/** A speech bubble that is a Q. */
function LogoMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className={cn("size-6 text-brand", className)}>
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M12 1.5A10.5 10.5 0 0 1 22.5 12v8.75a1.75 1.75 0 0 1-1.75 1.75H12a10.5 10.5 0 0 1 0-21Zm0 6.25a4.25 4.25 0 1 0 0 8.5 4.25 4.25 0 0 0 0-8.5Z"
      />
    </svg>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2", className)}>
      <LogoMark />
      <span className="text-lg font-semibold tracking-tight">Qify</span>
    </span>
  );
}
