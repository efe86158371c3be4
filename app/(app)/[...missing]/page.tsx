import { notFound } from "next/navigation";

/** An address that is nowhere still shows inside the frame, so that one finds the way back. */
export default function MissingPage() {
  notFound();
}
