import { NothingOpen } from "./nothing-open.tsx";

export default function InboxPage() {
  return <NothingOpen />;
}
