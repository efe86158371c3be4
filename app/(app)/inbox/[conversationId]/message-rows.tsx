import type { ReactVirtualizer } from "@tanstack/react-virtual";
import { MessageItem } from "./message-item.tsx";
import type { ThreadItem } from "./thread-items.ts";

type MessageRowsProps = {
  items: readonly ThreadItem[];
  virtual: ReactVirtualizer<HTMLDivElement, HTMLDivElement>;
  lit: string | null;
};

/** The messages in sight. A short thread stands at the bottom, where the next message will be. */
export function MessageRows({ items, virtual, lit }: MessageRowsProps) {
  return (
    <div className="flex min-h-full flex-col justify-end">
      <div className="relative shrink-0" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const item = items[index];
          return item === undefined ? null : (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              <MessageItem item={item} isLit={lit === item.message._id} isLast={index === items.length - 1} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
